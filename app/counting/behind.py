"""The lists behind the numbers: selects of ids. Each count is made over one of these, so that a number and
the list it opens cannot differ.

A number about themes, stances or options leaves petitions out, as its base does; ask for them with
`petition=True`.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Exists, Select, and_, exists, or_, select

from app.counting.answers import answered, chose, question_id
from app.counting.frame import frame
from app.counting.standing import (
    Respondent,
    Standing,
    comments_that_count,
    in_a_campaign,
    is_member_of,
    is_petition,
    responses_that_stand,
)
from app.database import session
from app.enums import (
    AnswerState,
    Channel,
    CodingSource,
    DispositionValue,
    ExclusionReason,
    RespondentKind,
    Stance,
)
from app.models import (
    MAIN_LAYER,
    Coding,
    Comment,
    Disposition,
    Exclusion,
    Reading,
    Response,
)

NOT_GIVEN = "not-given"  # the area or type of those who gave none
NO_QUESTION = "none"  # comments on a passage, in a letter or from an event
ON_PARAGRAPHS = "paragraphs"  # of those, the comments on a passage
UK = ZoneInfo("Europe/London")


@dataclass(frozen=True, kw_only=True)
class CommentFilter:
    """Over the current comments of the included. Empty fields do not narrow."""

    theme: str | None = None  # a code: merged themes and, for a net, the themes under it count with it
    stance: Stance | None = None
    in_bulk: bool | None = None  # the theme came in bulk and nobody has read the comment whole since
    question: str | None = None  # a key, NO_QUESTION or ON_PARAGRAPHS
    disposition: DispositionValue | None = None
    decided: bool | None = None
    kind: RespondentKind | None = None
    area: str | None = None  # an option's key, or NOT_GIVEN
    organisation_type: str | None = None
    channel: Channel | None = None
    campaign: bool | None = None
    in_campaign: uuid.UUID | None = None  # this one
    petition: bool | None = None
    chose: tuple[str, str] | None = None  # (question key, option key) in the same response
    coder: uuid.UUID | None = None  # gave it the theme; where none is asked for, any theme or an outcome
    sent_from: date | None = None  # the first and the last day of sending, in the UK
    sent_to: date | None = None


@dataclass(frozen=True, kw_only=True)
class ResponseFilter:
    standing: Standing | None = None
    reason: ExclusionReason | None = None
    channel: Channel | None = None
    kind: RespondentKind | None = None
    area: str | None = None
    organisation_type: str | None = None
    day: date | None = None  # of sending, in the UK
    petition: bool | None = None
    chose: tuple[str, str] | None = None  # (question key, option key)
    answered: tuple[str, AnswerState] | None = None  # (question key, how)
    comments: CommentFilter | None = None  # whose sender wrote a comment like this


def comments_behind(consultation_id: uuid.UUID, chosen: CommentFilter = CommentFilter()) -> Select[uuid.UUID]:
    """Comment ids. Comment and Respondent are joined, to filter, group or order by."""
    wanted = [*conditions_of(consultation_id, chosen), *_petition(Respondent, _petitions(chosen))]
    return comments_that_count(consultation_id).where(*wanted)


def conditions_of(consultation_id: uuid.UUID, chosen: CommentFilter) -> list[ColumnElement[bool]]:
    """On Comment and Respondent; whether petitions are wanted is not among them."""
    conditions = [
        *_who(Respondent, chosen.channel, chosen.kind, chosen.area, chosen.organisation_type),
        *_what_became_of_it(chosen),
        *_codings(consultation_id, chosen),
        *_sent(chosen.sent_from, chosen.sent_to),
    ]
    if chosen.question is not None:
        conditions.append(_asked(consultation_id, chosen.question))
    if chosen.campaign is not None:
        conditions.append(in_a_campaign() if chosen.campaign else ~in_a_campaign())
    if chosen.in_campaign is not None:
        conditions.append(is_member_of(chosen.in_campaign))
    if chosen.chose is not None:
        conditions.append(chose(consultation_id, Respondent, *chosen.chose))
    return conditions


def _petitions(chosen: CommentFilter) -> bool | None:
    if chosen.petition is None and (chosen.theme or chosen.stance or chosen.chose):
        return False
    return chosen.petition


def responses_behind(
    consultation_id: uuid.UUID, chosen: ResponseFilter = ResponseFilter()
) -> Select[uuid.UUID]:
    """Response ids. Response and its standing Exclusion are joined, to filter, group or order by."""
    conditions = _who(Response, chosen.channel, chosen.kind, chosen.area, chosen.organisation_type)
    if chosen.reason is not None:
        conditions.append(Exclusion.reason == chosen.reason)
    if chosen.day is not None:
        start, end = uk_day(chosen.day)
        conditions.append(and_(Response.sent_at >= start, Response.sent_at < end))
    if chosen.comments is not None:
        wrote = comments_behind(consultation_id, chosen.comments)
        conditions.append(Response.id.in_(wrote.with_only_columns(Respondent.id)))
    if chosen.chose is not None:
        conditions.append(chose(consultation_id, Response, *chosen.chose))
    if chosen.answered is not None:
        conditions.append(answered(consultation_id, *chosen.answered))
    petition = chosen.petition
    if petition is None and (chosen.chose or chosen.answered):
        petition = False
    conditions += _petition(Response, petition)
    return responses_that_stand(consultation_id, chosen.standing).where(*conditions)


def ids(chosen: Select[uuid.UUID]) -> list[uuid.UUID]:
    return list(session.scalars(chosen))


def uk_day(day: date) -> tuple[datetime, datetime]:
    """From its midnight to the next, in UTC."""
    first, last = (datetime.combine(one, time(), UK) for one in (day, day + timedelta(days=1)))
    return first.astimezone(UTC), last.astimezone(UTC)


def _who(
    who: type[Response],
    channel: Channel | None,
    kind: RespondentKind | None,
    area: str | None,
    organisation_type: str | None,
) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if channel is not None:
        conditions.append(who.channel == channel)
    if kind is not None:
        conditions.append(who.kind == kind)
    if area is not None:
        conditions.append(who.area.is_(None) if area == NOT_GIVEN else who.area == area)
    if organisation_type is not None:
        conditions.append(who.kind == RespondentKind.ORGANISATION)
        given = organisation_type != NOT_GIVEN
        column = who.organisation_type
        conditions.append(column == organisation_type if given else column.is_(None))
    return conditions


def _petition(who: type[Response], wanted: bool | None) -> list[ColumnElement[bool]]:
    if wanted is None:
        return []
    petition = is_petition(who.id)
    return [petition if wanted else ~petition]


def _asked(consultation_id: uuid.UUID, key: str) -> ColumnElement[bool]:
    if key == NO_QUESTION:
        return Comment.question_id.is_(None)
    if key == ON_PARAGRAPHS:
        return Comment.passage_id.is_not(None)
    return Comment.question_id == question_id(consultation_id, key)


def _what_became_of_it(chosen: CommentFilter) -> list[ColumnElement[bool]]:
    row = comment_is_decided()
    conditions: list[ColumnElement[bool]] = []
    if chosen.decided is not None:
        conditions.append(row if chosen.decided else ~row)
    if chosen.disposition is DispositionValue.UNDECIDED:
        conditions.append(~row)
    elif chosen.disposition is not None:
        conditions.append(row.where(Disposition.value == chosen.disposition))
    return conditions


def comment_is_decided() -> Exists:
    """An officer gave it themes or another outcome. A condition on Comment."""
    return exists().where(
        Disposition.comment_id == Comment.id,
        Disposition.layer == MAIN_LAYER,
        Disposition.value != DispositionValue.UNDECIDED,
    )


def standing_coding() -> ColumnElement[bool]:
    """An officer's, in the main layer, not removed."""
    return and_(Coding.layer == MAIN_LAYER, Coding.removed_at.is_(None))


def _codings(consultation_id: uuid.UUID, chosen: CommentFilter) -> list[ColumnElement[bool]]:
    about = (chosen.theme, chosen.stance, chosen.in_bulk)
    if chosen.coder is not None and all(one is None for one in about):
        return [or_(_coded(Coding.officer_id == chosen.coder), _said_by(chosen.coder))]
    if all(one is None for one in (*about, chosen.coder)):
        return []
    wanted: list[ColumnElement[bool]] = []
    if chosen.theme is not None:
        wanted.append(Coding.theme_id.in_(frame(consultation_id).under(chosen.theme)))
    if chosen.coder is not None:
        wanted.append(Coding.officer_id == chosen.coder)
    stance = [] if chosen.stance is None else [Coding.stance == chosen.stance]
    of_this_stance = _coded(*wanted, *stance)
    if chosen.in_bulk is None:
        return [of_this_stance]
    # "exists" here: of so many codings PostgreSQL makes no list to look in, and compares them one by one.
    its = (Coding.comment_id == Comment.id, standing_coding(), Coding.source != CodingSource.BULK)
    chosen_singly = exists().where(*its, *wanted)
    if chosen.in_bulk:
        return [of_this_stance, ~chosen_singly, ~has_been_read()]
    return [of_this_stance, or_(chosen_singly, has_been_read())]


def _coded(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Not "exists", where there is a condition: SQLite would ask it of every comment, where it can begin with
    the codings of a theme."""
    if not conditions:
        return exists().where(Coding.comment_id == Comment.id, standing_coding())
    return Comment.id.in_(select(Coding.comment_id).where(standing_coding(), *conditions))


def _said_by(officer_id: uuid.UUID) -> ColumnElement[bool]:
    outcome = (Disposition.layer == MAIN_LAYER, Disposition.value != DispositionValue.UNDECIDED)
    return Comment.id.in_(
        select(Disposition.comment_id).where(Disposition.officer_id == officer_id, *outcome)
    )


def _sent(first: date | None, last: date | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if first is not None:
        conditions.append(Respondent.sent_at >= uk_day(first)[0])
    if last is not None:
        conditions.append(Respondent.sent_at < uk_day(last)[1])
    return conditions


def has_been_read() -> ColumnElement[bool]:
    return exists().where(Reading.comment_id == Comment.id, Reading.read_at.is_not(None))


def calls_for_reading() -> ColumnElement[bool]:
    """Of a coding that stands: it came in bulk or for its theme alone, and nobody has read the comment whole;
    or the comment was asked to be read again, and has not been since."""
    since = exists().where(Reading.comment_id == Coding.comment_id, Reading.read_at > Coding.read_again_at)
    once = exists().where(Reading.comment_id == Coding.comment_id, Reading.read_at.is_not(None))
    unread = and_(Coding.source.in_((CodingSource.BULK, CodingSource.BY_THEME)), ~once)
    return and_(standing_coding(), or_(unread, and_(Coding.read_again_at.is_not(None), ~since)))
