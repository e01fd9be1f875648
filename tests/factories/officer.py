import secrets
from typing import Any

from app.database import session
from app.enums import Role
from app.models import Consultation, Officer, RoleGrant


def an_officer(name: str = "R. Ashdown", **given: Any) -> Officer:
    """Without a password: nobody signs in as them unless the test gives one."""
    columns: dict[str, Any] = {
        "email": f"{secrets.token_hex(4)}@example.org",
        "name": name,
        "fs_uniquifier": secrets.token_hex(32),
    }
    officer = Officer(**{**columns, **given})
    session.add(officer)
    session.flush()
    return officer


def a_role(officer: Officer, role: Role, *, consultation: Consultation | None = None) -> RoleGrant:
    """Everywhere, where no consultation is given."""
    grant = RoleGrant(
        officer_id=officer.id, role=role, consultation_id=consultation.id if consultation else None
    )
    session.add(grant)
    session.flush()
    return grant
