from sqlalchemy import exists, select

from app.database import session
from app.models import Consultation


def any_consultation() -> bool:
    return bool(session.scalar(select(exists().where(Consultation.id.is_not(None)))))
