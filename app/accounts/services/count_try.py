from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from app.accounts.tries import WINDOW
from app.database import session
from app.models import Lockout

KEPT = timedelta(days=1)


def count_try(limits: Mapping[str, int], *, now: datetime) -> bool:
    """Count a try against each subject before it is judged, so that parallel tries cannot pass the limit.

    False when a subject has had its fill; such a try is not counted, so waiting always helps.
    """
    session.execute(delete(Lockout).where(Lockout.at < now - KEPT))
    counted = session.execute(
        select(Lockout.subject, func.count())
        .where(Lockout.subject.in_(limits), Lockout.at > now - WINDOW)
        .group_by(Lockout.subject)
    )
    made = {subject: tries for subject, tries in counted}
    if any(made.get(subject, 0) >= limit for subject, limit in limits.items()):
        return False
    session.add_all(Lockout(subject=subject, at=now) for subject in limits)
    return True


def forget_tries(subjects: Collection[str]) -> None:
    """After a success, or when an administrator lets someone back in."""
    session.execute(delete(Lockout).where(Lockout.subject.in_(subjects)))
