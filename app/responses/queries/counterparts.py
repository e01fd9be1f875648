import uuid

from sqlalchemy import or_, select

from app.database import session
from app.models import Exclusion, Response


def counterparts(response_id: uuid.UUID) -> list[str]:
    """References of replies that officers called the same as this one, or combined with it: they may hold the
    same words."""
    pairs = select(Exclusion.response_id, Exclusion.stays_id).where(
        Exclusion.stays_id.is_not(None),
        or_(Exclusion.response_id == response_id, Exclusion.stays_id == response_id),
    )
    found = {one for pair in session.execute(pairs) for one in pair} - {response_id}
    query = select(Response.reference).where(Response.id.in_(found)).order_by(Response.reference)
    return list(session.scalars(query))
