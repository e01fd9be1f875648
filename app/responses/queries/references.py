import uuid

from sqlalchemy import select

from app.database import session
from app.models import Response


def references_in(consultation_id: uuid.UUID) -> set[str]:
    return set(session.scalars(select(Response.reference).where(Response.consultation_id == consultation_id)))
