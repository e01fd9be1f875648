import uuid
from collections.abc import Sequence

from sqlalchemy import select

from app.database import session
from app.enums import Role
from app.models import Officer, RoleGrant


def normalised_email(email: str) -> str:
    return email.strip().lower()


def officer_by_email(email: str) -> Officer | None:
    return session.scalar(select(Officer).where(Officer.email == normalised_email(email)))


def who_may_sign_in(email: str) -> Officer | None:
    officer = officer_by_email(email)
    if officer is None or not officer.active or officer.is_example or officer.password is None:
        return None
    return officer


def officer_by_id(officer_id: uuid.UUID) -> Officer | None:
    return session.get(Officer, officer_id)


def active_administrators() -> Sequence[Officer]:
    """The longest-serving first: whom to ask for access."""
    return session.scalars(
        select(Officer)
        .join(RoleGrant, RoleGrant.officer_id == Officer.id)
        .where(
            RoleGrant.role == Role.ADMINISTRATOR,
            RoleGrant.consultation_id.is_(None),
            Officer.active,
            ~Officer.is_example,
        )
        .order_by(Officer.created_at, Officer.id)
    ).all()


def anyone_can_sign_in() -> bool:
    found = select(Officer.id).where(~Officer.is_example).limit(1)
    return session.scalar(found) is not None
