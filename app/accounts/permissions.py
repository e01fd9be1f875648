"""Who may do what: the table of rights, one row a permission."""

from collections.abc import Iterable

from app.enums import Permission, Role

_EVERYONE = frozenset(Role)
_READERS = frozenset({Role.ANALYST, Role.LEAD_ANALYST, Role.MODERATOR, Role.REPORT_EDITOR})
_CODERS = frozenset({Role.ANALYST, Role.LEAD_ANALYST})
_CLEANERS = frozenset({Role.LEAD_ANALYST, Role.MODERATOR})
_LEAD = frozenset({Role.LEAD_ANALYST})
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

HOLDERS: dict[Permission, frozenset[Role]] = {
    Permission.SEE_REPORT: _EVERYONE,
    Permission.SEE_COUNTS: _READERS | _ADMINISTRATOR,
    Permission.READ_REDACTED: _READERS,
    Permission.READ_ORIGINAL: _CLEANERS,
    Permission.KEY_IN: _CODERS | {Role.INPUTTER, Role.MODERATOR},
    Permission.CODE: _CODERS | {Role.MODERATOR},
    Permission.EDIT_FRAME: _LEAD,
    Permission.REDACT: _CLEANERS,
    Permission.EXCLUDE: _CLEANERS,
    Permission.SIGN_OFF: _LEAD,
    Permission.WRITE_REPORT: _LEAD | {Role.REPORT_EDITOR},
    Permission.PUBLISH: _ADMINISTRATOR | {Role.REPORT_EDITOR},
    Permission.SEE_CONTACT: _ADMINISTRATOR | {Role.MODERATOR},
    Permission.SEE_EQUALITY: _CODERS | {Role.REPORT_EDITOR},
    Permission.SET_UP: _ADMINISTRATOR,
    Permission.ADMINISTER: _ADMINISTRATOR,
    # An analyst sees their own entries only; the page narrows the list.
    Permission.SEE_AUDIT: _EVERYONE - {Role.VIEWER, Role.INPUTTER},
}


def allows(roles: Iterable[Role], permission: Permission) -> bool:
    return not HOLDERS[permission].isdisjoint(roles)


def sees_whole_audit(roles: Iterable[Role]) -> bool:
    """False for an analyst, who sees their own entries only."""
    return not (HOLDERS[Permission.SEE_AUDIT] - {Role.ANALYST}).isdisjoint(roles)
