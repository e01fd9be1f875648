import uuid
from datetime import datetime

from app.accounts import actor
from app.accounts.services.record import record
from app.database import session
from app.models import Officer, OfficerSession

LONGEST_DEVICE = 200


def begin_session(
    officer_id: uuid.UUID, *, device: str, now: datetime, renewed_hash: str | None = None
) -> OfficerSession:
    """A row for this sign-in, so that it can be listed and ended.

    Raises LookupError when access has ended meanwhile.
    """
    officer = session.get(Officer, officer_id, with_for_update=True)
    if officer is None or not officer.active or officer.is_example:
        raise LookupError("this officer may not sign in")
    if renewed_hash:
        officer.password = renewed_hash
    begun = OfficerSession(
        officer_id=officer_id, created_at=now, last_seen_at=now, device=device[:LONGEST_DEVICE]
    )
    session.add(begun)
    session.flush()
    record("signed_in", actor=actor.officer(officer_id), now=now, subject="officer", subject_id=officer_id)
    return begun
