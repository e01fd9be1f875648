"""The mail that goes out, as administrators see it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.database import session
from app.enums import MailState
from app.models import Consultation, OutboxMail

SHOWN = 100
WRONG = (MailState.FAILED, MailState.UNSURE)


@dataclass(frozen=True, kw_only=True)
class Mail:
    kind: str
    about: str
    consultation: str
    state: MailState
    attempts: int
    written_at: datetime
    send_after: datetime
    sent_at: datetime | None
    trouble: str
    address: str
    subject: str
    body: str


@dataclass(frozen=True)
class Outbox:
    """`wrong` are those that were not, or perhaps not, sent. The newest come first in both."""

    counts: dict[MailState, int]
    wrong: list[Mail]
    others: list[Mail]


def outbox() -> Outbox:
    counted = session.execute(select(OutboxMail.state, func.count()).group_by(OutboxMail.state))
    return Outbox(
        counts=dict.fromkeys(MailState, 0) | {state: number for state, number in counted},
        wrong=_newest(wrong=True),
        others=_newest(wrong=False),
    )


def _newest(*, wrong: bool) -> list[Mail]:
    match = OutboxMail.state.in_(WRONG) if wrong else OutboxMail.state.not_in(WRONG)
    rows = session.execute(
        select(OutboxMail, Consultation.title)
        .outerjoin(Consultation, Consultation.id == OutboxMail.consultation_id)
        .where(match)
        .order_by(OutboxMail.created_at.desc(), OutboxMail.id.desc())
        .limit(SHOWN)
    )
    return [
        Mail(
            kind=row.kind,
            about=row.about,
            consultation=title or "",
            state=row.state,
            attempts=row.attempts,
            written_at=row.created_at,
            send_after=row.send_after,
            sent_at=row.sent_at,
            trouble=row.trouble,
            address=row.address,
            subject=row.subject,
            body=row.body,
        )
        for row, title in rows
    ]
