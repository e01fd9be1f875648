"""Two responses beside each other, and in sentences what speaks for and against their being one."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.database import session
from app.enums import CleaningDecision, CleaningKind, QuestionPurpose
from app.models import Answer, AnswerChoice, CleaningItem, Comment, Officer, Question, Response
from app.responses.duration import duration
from app.responses.queries.one import ResponseWhole, response_whole


@dataclass(frozen=True, kw_only=True)
class ItemShown:
    """`earlier` is None where one response alone is asked about."""

    id: uuid.UUID | None
    version: int
    decision: CleaningDecision
    note: str
    officer: str | None
    decided_at: datetime | None
    earlier: ResponseWhole | None
    later: ResponseWhole
    signals: tuple[str, ...]

    @property
    def waits(self) -> bool:
        return self.decision in (CleaningDecision.OPEN, CleaningDecision.LATER)


def pair_shown(consultation_id: uuid.UUID, item_id: uuid.UUID, *, original: bool) -> ItemShown | None:
    query = select(CleaningItem).where(
        CleaningItem.id == item_id, CleaningItem.consultation_id == consultation_id
    )
    item = session.scalar(query)
    if item is None or item.other_id is None:
        return None
    one, other = session.get_one(Response, item.other_id), session.get_one(Response, item.response_id)
    earlier = response_whole(consultation_id, one.reference, original=original)
    later = response_whole(consultation_id, other.reference, original=original)
    if earlier is None or later is None:
        return None
    return _shown(item, earlier, later, tuple(_signals(one, other)))


def single_shown(
    consultation_id: uuid.UUID, reference: str, *, kind: CleaningKind, original: bool
) -> ItemShown | None:
    found = response_whole(consultation_id, reference, original=original)
    if found is None:
        return None
    query = select(CleaningItem).where(
        CleaningItem.response_id == found.response.id, CleaningItem.kind == kind
    )
    item = session.scalar(query)
    if item is not None:
        return _shown(item, None, found, ())
    return ItemShown(
        id=None, version=0, decision=CleaningDecision.OPEN, note="", officer=None, decided_at=None,
        earlier=None, later=found, signals=(),
    )  # fmt: skip


def _shown(
    item: CleaningItem, earlier: ResponseWhole | None, later: ResponseWhole, signals: tuple[str, ...]
) -> ItemShown:
    officer = session.get(Officer, item.officer_id) if item.officer_id else None
    return ItemShown(
        id=item.id, version=item.version, decision=item.decision, note=item.note,
        officer=officer.name if officer else None, decided_at=item.decided_at,
        earlier=earlier, later=later, signals=signals,
    )  # fmt: skip


def _signals(one: Response, other: Response) -> Iterator[str]:
    yield _texts(one, other)
    if one.sent_at and other.sent_at:
        yield f"Sent {duration(other.sent_at - one.sent_at)} apart."
    yield _closed(one, other)
    yield "The same kind of respondent." if one.kind is other.kind else "Different kinds of respondent."
    if one.area or other.area:
        yield "The same area." if one.area == other.area else "Different areas."
    if one.organisation_name and one.organisation_name == other.organisation_name:
        yield "The same name of the organisation."
    if one.channel is not other.channel:
        yield "They came by different channels."


def _texts(one: Response, other: Response) -> str:
    first, second = _words(one), _words(other)
    same = len(set(first) & set(second))
    if first and first == second:
        return "The same text." if len(first) == 1 else f"The same text in all {len(first)} comments."
    if same:
        return f"The same text in {same} of {max(len(first), len(second))} comments."
    return "Nearly the same words."


def _words(response: Response) -> list[str]:
    query = select(Comment.text).where(Comment.response_id == response.id, Comment.is_current)
    return sorted(" ".join(text.split()).casefold() for text in session.scalars(query))


def _closed(one: Response, other: Response) -> str:
    first, second = _chosen(one), _chosen(other)
    both = first.keys() & second.keys()
    if not both:
        return "No question with a choice was answered in both."
    same = sum(first[key] == second[key] for key in both)
    if same == len(both):
        return f"The same answers to the {same} questions with choices." if same > 1 else "The same choice."
    return f"Different answers to {len(both) - same} of {len(both)} questions with choices."


def _chosen(response: Response) -> dict[uuid.UUID | None, frozenset[uuid.UUID]]:
    query = (
        select(Answer.question_id, AnswerChoice.option_id)
        .join(AnswerChoice, AnswerChoice.answer_id == Answer.id)
        .join(Question, Question.id == Answer.question_id)
        .where(
            Answer.response_version_id == response.current_version_id,
            Question.purpose == QuestionPurpose.BID,
        )
    )
    found: dict[uuid.UUID | None, frozenset[uuid.UUID]] = {}
    for question, option in session.execute(query):
        found[question] = found.get(question, frozenset()) | {option}
    return found
