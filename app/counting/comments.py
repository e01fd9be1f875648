"""How many comments there are, how far officers have decided them, and who wrote them."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Executable, Select, and_, case, distinct, func, select

from app.counting.behind import ON_PARAGRAPHS, CommentFilter, comment_is_decided
from app.counting.standing import Respondent, is_petition, responses_apart
from app.counting.two_queries import comments_in_two_queries
from app.database import session
from app.enums import DispositionValue
from app.models import MAIN_LAYER, Comment, Disposition, Passage, Question


@dataclass(frozen=True)
class CommentProgress:
    """decided + undecided = comments; all of the included."""

    comments: int
    decided: int

    @property
    def undecided(self) -> int:
        return self.comments - self.decided


@dataclass(frozen=True)
class DispositionCount:
    value: DispositionValue
    comments: int


@dataclass(frozen=True)
class PeopleWhoCommented:
    """Distinct respondents, petitions left out: the bases of the shares of themes."""

    commented: int
    read: int  # with at least one decided comment


@dataclass(frozen=True)
class QuestionCount:
    progress: CommentProgress
    people: PeopleWhoCommented

    def plus(self, comments: int, decided: int, commented: int, read: int) -> "QuestionCount":
        progress, people = self.progress, self.people
        return QuestionCount(
            CommentProgress(progress.comments + comments, progress.decided + decided),
            PeopleWhoCommented(people.commented + commented, people.read + read),
        )


_NOTHING = QuestionCount(CommentProgress(0, 0), PeopleWhoCommented(0, 0))


def comment_progress(consultation_id: uuid.UUID) -> CommentProgress:
    """What officers see on every comment they read: so the joins are made for the few that need them.

    All current comments, less those of responses that may not count, plus those of them that do.
    """
    comments, decided = _current(consultation_id)
    apart = Comment.response_id.in_(responses_apart(consultation_id))
    here = and_(Comment.consultation_id == consultation_id, Comment.is_current)
    doubtful = _comments_and_decided(select(Comment.id).where(here, apart))
    if not doubtful[0]:
        return CommentProgress(comments, decided)
    _, others = comments_in_two_queries(consultation_id)
    counted = _comments_and_decided(others)
    return CommentProgress(comments - doubtful[0] + counted[0], decided - doubtful[1] + counted[1])


def _current(consultation_id: uuid.UUID) -> tuple[int, int]:
    """Current comments, and those decided: asked of each comment, or of all the others and taken from all
    that is decided, whichever are fewer."""
    here = and_(Comment.consultation_id == consultation_id, Comment.is_current)
    found = select(func.coalesce(func.sum(case((here, 1), else_=0)), 0), func.count(Comment.id))
    comments, every = session.execute(found).one()
    if every - comments > comments:
        return comments, _decided(here)
    decided = select(func.count()).where(
        Disposition.layer == MAIN_LAYER, Disposition.value != DispositionValue.UNDECIDED
    )
    elsewhere = _decided(~here) if every > comments else 0
    return comments, (session.scalar(decided) or 0) - elsewhere


def _decided(which: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).where(which, comment_is_decided())) or 0


def _comments_and_decided(chosen: Select[uuid.UUID]) -> tuple[int, int]:
    """Of a select on few comments."""
    decided = case((comment_is_decided(), 1), else_=0)
    query = chosen.with_only_columns(func.count(), func.sum(decided))
    comments, of_them = session.execute(query).one()
    return comments, of_them or 0


def progress_by_question(consultation_id: uuid.UUID) -> dict[str | None, CommentProgress]:
    """By the question's key; None: passages, letters, events. Those without a comment are not there."""
    found: dict[str | None, CommentProgress] = {}
    for query in _with_disposition(consultation_id, CommentFilter()):
        apart = query.outerjoin(Question, Question.id == Comment.question_id)
        _add(found, apart.with_only_columns(Question.key, *_progress).group_by(Question.key))
    return found


def progress_on_paragraphs(consultation_id: uuid.UUID) -> dict[uuid.UUID, CommentProgress]:
    """Of comments on paragraphs of the document, by the id of their section."""
    found: dict[uuid.UUID, CommentProgress] = {}
    for query in _with_disposition(consultation_id, CommentFilter(question=ON_PARAGRAPHS)):
        apart = query.join(Passage, Passage.id == Comment.passage_id)
        _add(found, apart.with_only_columns(Passage.section_id, *_progress).group_by(Passage.section_id))
    return found


_progress = (func.count(), func.count(Disposition.id))


def _add(found: dict[Any, CommentProgress], query: Executable) -> None:
    for key, comments, decided in session.execute(query):
        there = found.get(key, CommentProgress(0, 0))
        found[key] = CommentProgress(there.comments + comments, there.decided + decided)


def by_disposition(consultation_id: uuid.UUID) -> list[DispositionCount]:
    """Every outcome in its order, undecided first."""
    found: dict[DispositionValue, int] = defaultdict(int)
    for query in _with_disposition(consultation_id, CommentFilter()):
        counts = query.with_only_columns(Disposition.value, func.count()).group_by(Disposition.value)
        for value, count in session.execute(counts):
            found[value or DispositionValue.UNDECIDED] += count
    return [DispositionCount(value, found[value]) for value in DispositionValue]


def people_who_commented(consultation_id: uuid.UUID) -> PeopleWhoCommented:
    """Anywhere."""
    both = comments_in_two_queries(consultation_id, CommentFilter(petition=False))
    return PeopleWhoCommented(_people_behind(*both), people_read(consultation_id))


def people_read(consultation_id: uuid.UUID) -> int:
    """`PeopleWhoCommented.read` alone."""
    both = comments_in_two_queries(consultation_id, CommentFilter(petition=False))
    return _people_behind(*(query.join(Disposition, _its_outcome()) for query in both))


def _people_behind(most: Select[uuid.UUID], others: Select[uuid.UUID]) -> int:
    counts = (
        query.with_only_columns(func.count(distinct(who)))
        for query, who in ((most, Comment.response_id), (others, Respondent.id))
    )
    return sum(session.scalar(count) or 0 for count in counts)


def comments_by_question(consultation_id: uuid.UUID) -> dict[str | None, QuestionCount]:
    """Progress as in `progress_by_question`, and people as in `people_who_commented`."""
    most, others = _with_disposition(consultation_id, CommentFilter())
    no_petition = case((~is_petition(Respondent.id), Respondent.id))
    found: dict[str | None, QuestionCount] = {}
    for query, who in ((most, Comment.response_id), (others, no_petition)):
        people = func.count(distinct(who)), func.count(distinct(case((Disposition.id.is_not(None), who))))
        apart = query.outerjoin(Question, Question.id == Comment.question_id)
        counts = apart.with_only_columns(Question.key, *_progress, *people).group_by(Question.key)
        for key, *counted in session.execute(counts):
            found[key] = found.get(key, _NOTHING).plus(*counted)
    return found


def count_comments(consultation_id: uuid.UUID, chosen: CommentFilter) -> int:
    """The length of the list that this filter gives."""
    counts = (one.with_only_columns(func.count()) for one in comments_in_two_queries(consultation_id, chosen))
    return sum(session.scalar(count) or 0 for count in counts)


def _with_disposition(consultation_id: uuid.UUID, chosen: CommentFilter) -> list[Select[uuid.UUID]]:
    """Two queries that share no comment and no respondent, so that what they count is added. A row a comment;
    Disposition is NULL while it is undecided."""
    return [
        query.outerjoin(Disposition, _its_outcome())
        for query in comments_in_two_queries(consultation_id, chosen)
    ]


def _its_outcome() -> ColumnElement[bool]:
    return and_(
        Disposition.comment_id == Comment.id,
        Disposition.layer == MAIN_LAYER,
        Disposition.value != DispositionValue.UNDECIDED,
    )
