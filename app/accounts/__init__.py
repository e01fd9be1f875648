"""Officers, their roles, sign-in sessions and the audit log."""
