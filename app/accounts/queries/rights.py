import uuid

from sqlalchemy import or_, select

from app.database import session
from app.enums import Role
from app.models import RoleGrant


def roles_in(officer_id: uuid.UUID, *, consultation_id: uuid.UUID | None) -> frozenset[Role]:
    """The officer's roles in this consultation, with those that hold everywhere."""
    everywhere = RoleGrant.consultation_id.is_(None)
    here = (
        everywhere
        if consultation_id is None
        else or_(everywhere, RoleGrant.consultation_id == consultation_id)
    )
    found = session.scalars(select(RoleGrant.role).where(RoleGrant.officer_id == officer_id, here))
    return frozenset(found)
