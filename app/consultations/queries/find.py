import uuid

from sqlalchemy import bindparam, select

from app.database import session
from app.models import Consultation

# Made once: every page asks, and making it took as long as running it.
_WITH_SLUG = select(Consultation).where(Consultation.slug == bindparam("wanted"))


def consultation_by_slug(slug: str) -> Consultation | None:
    return session.scalar(_WITH_SLUG, {"wanted": slug})


def consultation_by_id(consultation_id: uuid.UUID) -> Consultation | None:
    return session.get(Consultation, consultation_id)
