from sqlalchemy import select

from app.database import session
from app.models import Consultation


def consultation_by_slug(slug: str) -> Consultation | None:
    return session.scalar(select(Consultation).where(Consultation.slug == slug))
