import uuid

from sqlalchemy import select

from app.database import session
from app.enums import Stage
from app.models import Consultation


def consultation_by_slug(slug: str) -> Consultation | None:
    return session.scalar(select(Consultation).where(Consultation.slug == slug))


def consultation_by_id(consultation_id: uuid.UUID) -> Consultation | None:
    return session.get(Consultation, consultation_id)


def consultations_shown() -> list[Consultation]:
    """All that the public may see in the list, the one that closes first at the top."""
    shown = (Stage.OPEN, Stage.CLOSED, Stage.SIGNED_OFF, Stage.REPORTED)
    found = select(Consultation).where(Consultation.stage.in_(shown)).order_by(Consultation.closes_at)
    return list(session.scalars(found))
