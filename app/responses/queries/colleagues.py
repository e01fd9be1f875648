"""What colleagues wrote for an organisation's reply: as its lead reads it, and as each of them does."""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, select

from app.database import session
from app.enums import ContributionState, ResponseStatus
from app.models import Contribution, Contributor, Invitation, Response, ResponseVersion
from app.responses.links import code_hash, token_hash
from app.responses.queries.reply import GONE, Given, Reply

KEPT_AFTER_SENDING = timedelta(days=30)  # the pages of the lead and of the colleague say so


@dataclass(frozen=True)
class Tally:
    """How many texts there are, by what the lead has done with them."""

    new: int = 0
    left_out: int = 0
    added: int = 0

    @property
    def any(self) -> bool:
        return bool(self.new or self.left_out or self.added)

    @property
    def not_in(self) -> int:
        return self.new + self.left_out


@dataclass(frozen=True)
class Written:
    """A colleague's text. `question_id` is None for the letter."""

    id: uuid.UUID
    question_id: uuid.UUID | None
    name: str
    text: str
    wording: int
    written_at: datetime
    state: ContributionState
    added_text: str | None

    @property
    def changed_since_added(self) -> bool:
        return self.state is ContributionState.NEW and self.added_text is not None


@dataclass(frozen=True)
class Invited:
    """The reply that an invitation is for, and whether one can still write by it."""

    reply: Reply
    ended: bool


@dataclass(frozen=True)
class Own:
    """A colleague's own name and texts, by question; None stands for the letter."""

    name: str
    texts: Mapping[uuid.UUID | None, Given]
    saved_at: datetime | None

    def to(self, question_id: uuid.UUID | None) -> Given:
        return self.texts.get(question_id, Given())


def open_invitation(response_id: uuid.UUID) -> uuid.UUID | None:
    query = select(Invitation.id).where(Invitation.response_id == response_id, Invitation.ended_at.is_(None))
    return session.scalar(query)


def tally(response_id: uuid.UUID) -> Tally:
    found = Counter(
        session.scalars(select(Contribution.state).where(Contribution.response_id == response_id))
    )
    return Tally(
        new=found[ContributionState.NEW],
        left_out=found[ContributionState.LEFT_OUT],
        added=found[ContributionState.ADDED],
    )


def written_by_colleagues(response_id: uuid.UUID) -> list[Written]:
    """In the order in which they were written."""
    found = session.execute(
        select(Contribution, Contributor.name)
        .join(Contributor, Contributor.id == Contribution.contributor_id)
        .where(Contribution.response_id == response_id)
        .order_by(Contribution.written_at, Contribution.id)
    )
    return [
        Written(
            id=row.id,
            question_id=row.question_id,
            name=name,
            text=row.text,
            wording=row.wording,
            written_at=row.written_at,
            state=row.state,
            added_text=row.added_text,
        )
        for row, name in found
    ]


def invited_by_token(token: str, *, key: str) -> Invited | None:
    return _invited(Invitation.token_hash == token_hash(token, key=key))


def invited_by_code(code: str, *, key: str) -> tuple[uuid.UUID, Invited] | None:
    """With the invitation, from which its link follows. An ended one is not found by its code."""
    matches = Invitation.code_hash == code_hash(code, key=key)
    invitation = session.scalar(select(Invitation.id).where(matches, Invitation.ended_at.is_(None)))
    invited = _invited(matches) if invitation else None
    return (invitation, invited) if invitation and invited else None


def _invited(matches: ColumnElement[bool]) -> Invited | None:
    found = session.execute(
        select(Response, ResponseVersion, Invitation.ended_at)
        .join(Invitation, Invitation.response_id == Response.id)
        .join(ResponseVersion, ResponseVersion.response_id == Response.id)
        .where(matches, Response.status.not_in(GONE))
        .order_by(ResponseVersion.sent_at.is_not(None), ResponseVersion.number.desc())
        .limit(1)
    ).first()
    return Invited(Reply(found[0], found[1]), ended=found[2] is not None) if found else None


def own_texts(response_id: uuid.UUID, *, own_hash: str) -> Own:
    colleague = session.scalar(
        select(Contributor).where(Contributor.response_id == response_id, Contributor.token_hash == own_hash)
    )
    if colleague is None:
        return Own("", {}, None)
    rows = session.scalars(select(Contribution).where(Contribution.contributor_id == colleague.id)).all()
    texts = {row.question_id: Given(text=row.text, version=row.wording) for row in rows}
    return Own(colleague.name, texts, max((row.written_at for row in rows), default=None))


def responses_with_old_invitations(*, now: datetime, at_once: int) -> list[uuid.UUID]:
    """Sent so long ago that what colleagues wrote goes; not while it is being changed."""
    goes = now - KEPT_AFTER_SENDING
    invited = exists().where(Invitation.response_id == Response.id)
    lately = invited.where(Invitation.created_at >= goes)
    changing = exists().where(ResponseVersion.response_id == Response.id, ResponseVersion.sent_at.is_(None))
    wrote = exists().where(Contributor.response_id == Response.id)
    query = (
        select(Response.id)
        .where(
            Response.status == ResponseStatus.SENT,
            Response.sent_at < goes,
            or_(invited, wrote),
            ~lately,
            ~changing,
        )
        .order_by(Response.id)
        .limit(at_once)
    )
    return list(session.scalars(query))
