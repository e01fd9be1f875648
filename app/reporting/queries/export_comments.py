"""The rows of the table of coded comments, in blocks, so that their number costs neither memory nor a long
query."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from app.consultations.queries.passages import PassageShown, passages_shown
from app.counting.behind import comments_behind, has_been_read, standing_coding
from app.counting.frame import Frame, FrameRow, frame
from app.counting.standing import Respondent, Sender, in_a_campaign
from app.database import session
from app.enums import DispositionValue, Publication, RespondentKind
from app.models import MAIN_LAYER, Coding, Comment, Disposition, Officer, Question, Response
from app.reporting.files.writing import Row
from app.responses.hidden import shown_words
from app.responses.queries.choices import QuestionChoices, Words, question_choices, words
from app.themes.files.codings_file import QUOTES_APART

BLOCK: Final = 500
Coded = dict[uuid.UUID, list[tuple[Coding, str]]]


@dataclass(frozen=True)
class _Around:
    """What all rows need: read once."""

    of: Frame
    themes: dict[uuid.UUID, FrameRow]
    labels: Words
    choices: QuestionChoices
    keys: dict[uuid.UUID, str]
    zone: ZoneInfo


def comment_rows(consultation_id: uuid.UUID, *, zone: str) -> Iterator[list[Row]]:
    """A block of rows at a time. Five queries a block at most."""
    around, after = _around(consultation_id, zone), uuid.UUID(int=0)
    while True:
        found = session.execute(_block(consultation_id, after)).all()
        if not found:
            return
        ids = [comment.id for comment, *_ in found]
        outcomes, coded = _outcomes(ids), _coded(ids)
        passages = passages_shown(consultation_id, [comment.passage_id for comment, *_ in found])
        yield [
            row
            for comment, sender, who, campaign, read in found
            for row in _rows(
                _about(comment, sender, who, campaign, around, passages),
                comment,
                outcomes.get(comment.id, DispositionValue.UNDECIDED),
                coded.get(comment.id, []),
                read,
                around,
            )
        ]
        after = ids[-1]


def _around(consultation_id: uuid.UUID, zone: str) -> _Around:
    of, choices = frame(consultation_id), question_choices(consultation_id)
    asked = select(Question.id, Question.key).where(Question.consultation_id == consultation_id)
    keys = {question_id: key for question_id, key in session.execute(asked)}
    themes = {row.id: of.survivor(row) for row in of.rows}
    return _Around(of, themes, words(consultation_id), choices, keys, ZoneInfo(zone))


def _block(consultation_id: uuid.UUID, after: uuid.UUID) -> Select[Comment, str, Response, bool, bool]:
    return (
        comments_behind(consultation_id)
        .with_only_columns(Comment, Sender.reference, Respondent, in_a_campaign(), has_been_read())
        .where(Comment.id > after)
        .order_by(Comment.id)
        .limit(BLOCK)
    )


def _outcomes(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, DispositionValue]:
    query = select(Disposition.comment_id, Disposition.value).where(
        Disposition.comment_id.in_(ids), Disposition.layer == MAIN_LAYER
    )
    return {comment_id: value for comment_id, value in session.execute(query)}


def _coded(ids: Sequence[uuid.UUID]) -> Coded:
    query = (
        select(Coding, Officer.name)
        .join(Officer, Officer.id == Coding.officer_id)
        .where(Coding.comment_id.in_(ids), standing_coding())
        .options(selectinload(Coding.quotes))
        .order_by(Coding.id)
    )
    found: Coded = {}
    for coding, officer in session.execute(query):
        found.setdefault(coding.comment_id, []).append((coding, officer))
    return found


def _title(comment: Comment, around: _Around, passages: Mapping[uuid.UUID, PassageShown]) -> str:
    if comment.passage_id:
        return passages[comment.passage_id].title
    return around.choices.by_id.get(comment.question_id, "") if comment.question_id else ""


def _about(
    comment: Comment,
    sender: str,
    who: Response,
    campaign: bool,
    around: _Around,
    passages: Mapping[uuid.UUID, PassageShown],
) -> list[str]:
    """The columns that are the same for each theme of a comment."""
    organisation = who.kind is RespondentKind.ORGANISATION
    named = organisation and who.publication is Publication.NAMED
    question = comment.question_id
    return [
        f"{sender}.{comment.number}",
        who.reference,
        around.keys.get(question, "") if question else "",
        _title(comment, around, passages),
        who.kind.value,
        (who.organisation_name or "") if named else "",
        around.labels.type(who.organisation_type) if organisation and who.organisation_type else "",
        around.labels.area(who.area) if who.area else "",
        who.channel.value,
        _day(who.sent_at, around),
        _yes(who.late),
        _yes(campaign),
        who.publication.value,
        comment.redacted_text,
    ]


def _rows(
    about: list[str],
    comment: Comment,
    outcome: DispositionValue,
    coded: Sequence[tuple[Coding, str]],
    read: bool,
    around: _Around,
) -> Iterator[Row]:
    if not coded:
        yield [*about, outcome.value, "", "", "", "", "", "", "", _yes(read)]
    for coding, officer in coded:
        theme = around.themes[coding.theme_id]
        quotes = (shown_words(comment, quote.start, quote.end) for quote in coding.quotes)
        yield [
            *about,
            outcome.value,
            theme.code,
            theme.label,
            coding.stance.value,
            QUOTES_APART.join(quotes),
            officer,
            _day(coding.created_at, around),
            coding.source.value,
            _yes(read),
        ]


def _day(at: datetime | None, around: _Around) -> str:
    return at.astimezone(around.zone).date().isoformat() if at else ""


def _yes(value: bool) -> str:
    return "yes" if value else ""
