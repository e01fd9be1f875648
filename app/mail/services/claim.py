"""Take the next mail that is due, and settle those whose sender has gone."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, case, or_, select, update

from app.database import session
from app.enums import MailKind, MailState
from app.mail.words import Words
from app.models import OutboxMail

STOPPED = "The sending was cut off at its very end"


@dataclass(frozen=True, kw_only=True)
class Claim:
    mail_id: uuid.UUID
    kind: str
    address: str
    words: Words
    attempts: int  # this one included; who holds the newest number may write
    written_at: datetime


def anything_due(*, now: datetime) -> bool:
    """Read before a claim, so that an idle worker takes no write lock."""
    over = and_(OutboxMail.state == MailState.HANDING_OVER, OutboxMail.send_after <= now)
    return session.scalar(select(OutboxMail.id).where(or_(_due(now), over)).limit(1)) is not None


def settle_abandoned(*, now: datetime) -> None:
    """The mail server may have those that were being handed over: they are not sent again."""
    session.execute(
        update(OutboxMail)
        .where(OutboxMail.state == MailState.HANDING_OVER, OutboxMail.send_after <= now)
        .values(state=MailState.UNSURE, trouble=STOPPED, address="", body="")
        .execution_options(synchronize_session=False)
    )


def claim(*, lease_seconds: float, now: datetime) -> Claim | None:
    """One statement decides between senders. A mail whose sender has gone before its end is taken again."""
    next_mail = (
        select(OutboxMail.id)
        .where(_due(now))
        # What somebody waits for goes before news to thousands.
        .order_by(
            case((OutboxMail.kind == MailKind.REPORT, 1), else_=0), OutboxMail.send_after, OutboxMail.id
        )
        .limit(1)
        .with_for_update(skip_locked=True)
        .scalar_subquery()
    )
    row = session.execute(
        update(OutboxMail)
        .where(OutboxMail.id == next_mail)
        .values(
            state=MailState.SENDING,
            attempts=OutboxMail.attempts + 1,
            send_after=now + timedelta(seconds=lease_seconds),
        )
        .returning(
            OutboxMail.id,
            OutboxMail.kind,
            OutboxMail.address,
            OutboxMail.subject,
            OutboxMail.body,
            OutboxMail.attempts,
            OutboxMail.created_at,
        )
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if row is None:
        return None
    return Claim(
        mail_id=row.id,
        kind=row.kind,
        address=row.address,
        words=Words(subject=row.subject, body=row.body),
        attempts=row.attempts,
        written_at=row.created_at,
    )


def _due(now: datetime) -> ColumnElement[bool]:
    return and_(
        OutboxMail.state.in_((MailState.WAITING, MailState.SENDING)),
        OutboxMail.send_after <= now,
    )
