"""What became of a mail that was claimed. Each says False where another sender has taken it over."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update

from app.database import session
from app.enums import MailState
from app.mail.services.claim import Claim
from app.models import OutboxMail

FIRST_PAUSE = timedelta(minutes=1)  # doubled after each attempt
LONGEST_PAUSE = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(hours=24)
BLANK = {"address": "", "body": ""}
UNDER_WAY = (MailState.SENDING, MailState.HANDING_OVER)


def hand_over(claim: Claim, *, lease_seconds: float, now: datetime) -> bool:
    """Written just before the mail server is told that the mail is complete."""
    until = now + timedelta(seconds=lease_seconds)
    return _from(claim, MailState.SENDING, state=MailState.HANDING_OVER, send_after=until)


def sent(claim: Claim, *, now: datetime) -> bool:
    """Also where it was taken for lost meanwhile: the mail server's word counts."""
    known = (MailState.HANDING_OVER, MailState.UNSURE)
    return _from(claim, *known, state=MailState.SENT, sent_at=now, trouble="", **BLANK)


def unsure(claim: Claim, *, trouble: str) -> bool:
    return _from(claim, MailState.HANDING_OVER, state=MailState.UNSURE, trouble=trouble, **BLANK)


def failed(claim: Claim, *, trouble: str) -> bool:
    return _from(claim, *UNDER_WAY, state=MailState.FAILED, trouble=trouble, **BLANK)


def try_again(claim: Claim, *, trouble: str, now: datetime) -> bool:
    """Given up a day after it was written, at the first attempt that fails after that."""
    if now - claim.written_at >= GIVEN_UP_AFTER:
        return failed(claim, trouble=f"Given up after a day. {trouble}")
    return _from(
        claim, *UNDER_WAY, state=MailState.WAITING, send_after=now + pause(claim.attempts), trouble=trouble
    )


def pause(attempts: int) -> timedelta:
    doublings = min(attempts - 1, 10)
    return min(FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def _from(claim: Claim, *states: MailState, **values: Any) -> bool:
    done = session.scalar(
        update(OutboxMail)
        .where(
            OutboxMail.id == claim.mail_id,
            OutboxMail.state.in_(states),
            OutboxMail.attempts == claim.attempts,
        )
        .values(**values)
        .returning(OutboxMail.id)
        .execution_options(synchronize_session=False)
    )
    return done is not None
