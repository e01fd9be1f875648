import uuid
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models import OfficerSession


def touch_session(own: Session, *, session_id: uuid.UUID, now: datetime) -> None:
    """Note that the officer was here, in a transaction of its own: `own` is not the page's session."""
    own.execute(
        update(OfficerSession)
        .where(OfficerSession.id == session_id, OfficerSession.last_seen_at < now)
        .values(last_seen_at=now)
    )
