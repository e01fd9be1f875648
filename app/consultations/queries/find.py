import uuid

from sqlalchemy import select

from app.database import session
from app.models import Consultation


def consultation_by_slug(slug: str) -> Consultation | None:
    return session.scalar(select(Consultation).where(Consultation.slug == slug))


def consultation_by_id(consultation_id: uuid.UUID) -> Consultation | None:
    return session.get(Consultation, consultation_id)
