"""The officer's front door."""
