from datetime import datetime

from sqlalchemy import delete, exists, select

from app.database import session
from app.models import UsedChallenge


def any_to_forget(*, now: datetime) -> bool:
    return bool(session.scalar(select(exists().where(UsedChallenge.expires_at < now))))


def forget_challenges(*, now: datetime) -> None:
    """Those that have expired: they count for nothing anyway."""
    session.execute(delete(UsedChallenge).where(UsedChallenge.expires_at < now))
