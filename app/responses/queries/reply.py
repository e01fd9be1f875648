"""What a respondent's own pages read: the response behind their link, and what they have answered."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import joinedload

from app.database import session
from app.enums import AnswerState, CommentSource, ResponseStatus
from app.models import Answer, AnswerChoice, Contact, PrivateToken, Response, ResponseVersion
from app.responses.links import code_hash, token_hash

ReplyQuery = Select[Response, ResponseVersion]
GONE = (ResponseStatus.WITHDRAWN, ResponseStatus.ERASED)


@dataclass(frozen=True)
class Given:
    """An answer as it stands. `version` counts its changes; 0 where there is none yet, and no time."""

    state: AnswerState = AnswerState.NONE
    text: str = ""
    choices: tuple[str, ...] = ()
    version: int = 0
    changed_at: datetime | None = None

    @property
    def is_there(self) -> bool:
        return bool(self.text or self.choices)


@dataclass(frozen=True)
class Reply:
    """A response with the version that is being written, or else the one that was sent."""

    response: Response
    version: ResponseVersion

    @property
    def is_sent(self) -> bool:
        """Sent, and not being changed: there is nothing here to write to."""
        return self.version.sent_at is not None

    @property
    def is_draft(self) -> bool:
        """Nothing of it has been sent yet."""
        return self.response.status is ResponseStatus.DRAFT

    @property
    def was_sent(self) -> bool:
        """There is a version that counts, whether or not it is being changed."""
        return self.response.status is ResponseStatus.SENT

    @property
    def is_changing(self) -> bool:
        """A version that was sent counts, and the next one is being written."""
        return self.response.status is ResponseStatus.SENT and not self.is_sent


@dataclass(frozen=True)
class GivenAnswers:
    by_question: Mapping[uuid.UUID, Given]
    letter: Given
    email: str
    email_uses: tuple[str, ...]
    by_passage: Mapping[uuid.UUID, Given] = field(default_factory=dict)

    def to(self, question_id: uuid.UUID) -> Given:
        return self.by_question.get(question_id, Given())

    def about(self, passage_id: uuid.UUID) -> Given:
        return self.by_passage.get(passage_id, Given())


def reply_by_token(token: str, *, key: str) -> Reply | None:
    return _reply(_WITH_TOKEN, token_hash(token, key=key))


def reply_by_code(code: str, *, key: str) -> Reply | None:
    return _reply(_WITH_CODE, code_hash(code, key=key))


def _reply(query: ReplyQuery, hashed: str) -> Reply | None:
    found = session.execute(query, {"hashed": hashed}).first()
    return Reply(found[0], found[1]) if found else None


def _statement(matches: ColumnElement[bool]) -> ReplyQuery:
    return (
        select(Response, ResponseVersion)
        .join(PrivateToken, PrivateToken.response_id == Response.id)
        .join(ResponseVersion, ResponseVersion.response_id == Response.id)
        .where(matches, PrivateToken.ended_at.is_(None), Response.status.not_in(GONE))
        .order_by(ResponseVersion.sent_at.is_not(None), ResponseVersion.number.desc())
        .limit(1)
    )


# Made once: every page of a reply asks.
_WITH_TOKEN = _statement(PrivateToken.token_hash == bindparam("hashed"))
_WITH_CODE = _statement(PrivateToken.code_hash == bindparam("hashed"))
_EMAIL_USES = select(Contact.uses).where(Contact.response_id == bindparam("response"))


def as_sent(reply: Reply) -> Reply:
    """The response with the version that counts, whatever is being written beside it."""
    return Reply(reply.response, session.get_one(ResponseVersion, reply.response.current_version_id))


def withdrawn_by_token(token: str, *, key: str) -> Response | None:
    return _withdrawn(PrivateToken.token_hash == token_hash(token, key=key))


def withdrawn_by_code(code: str, *, key: str) -> Response | None:
    return _withdrawn(PrivateToken.code_hash == code_hash(code, key=key))


def _withdrawn(matches: ColumnElement[bool]) -> Response | None:
    query = select(Response).join(PrivateToken, PrivateToken.response_id == Response.id)
    return session.scalar(query.where(matches, Response.status == ResponseStatus.WITHDRAWN))


def answers_given(reply: Reply) -> GivenAnswers:
    """Two queries, however many answers there are."""
    query = select(Answer).where(Answer.response_version_id == reply.version.id)
    with_choices = query.options(joinedload(Answer.choices).joinedload(AnswerChoice.option))
    rows = session.scalars(with_choices).unique().all()
    contact = session.scalar(select(Contact).where(Contact.response_id == reply.response.id))
    letter = next((row for row in rows if row.source is CommentSource.LETTER), None)
    return GivenAnswers(
        by_question={row.question_id: as_given(row) for row in rows if row.question_id},
        letter=as_given(letter) if letter else Given(),
        email=contact.email if contact else "",
        email_uses=tuple(contact.uses) if contact else (),
        by_passage={row.passage_id: as_given(row) for row in rows if row.passage_id},
    )


def email_uses(response_id: uuid.UUID) -> tuple[str, ...]:
    """What the address of this response may be used for; empty where there is none."""
    return tuple(session.scalar(_EMAIL_USES, {"response": response_id}) or ())


def as_given(row: Answer) -> Given:
    return Given(
        state=row.state,
        text=row.text or "",
        choices=tuple(choice.option.key for choice in row.choices),
        version=row.version,
        changed_at=row.updated_at,
    )
