"""How many comments there are, how far officers have decided them, and who wrote them."""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Select, and_, case, distinct, func, select

from app.counting.behind import ON_PARAGRAPHS, CommentFilter, comment_is_decided, comments_behind
from app.counting.standing import Respondent, comments_not_plain
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


def comment_progress(consultation_id: uuid.UUID) -> CommentProgress:
    """What officers see on every comment they read: so the joins are made for the few that need them.

    All current comments, less those of responses that may not count, plus those of them that do.
    """
    current = Comment.is_current, Comment.consultation_id == consultation_id
    every = _comments_and_decided(select(Comment.id).where(*current))
    not_plain = comments_not_plain(consultation_id)
    doubtful = _comments_and_decided(not_plain)
    if not doubtful[0]:
        return CommentProgress(*every)
    among = comments_behind(consultation_id, CommentFilter()).where(Comment.id.in_(not_plain))
    counted = _comments_and_decided(among)
    return CommentProgress(every[0] - doubtful[0] + counted[0], every[1] - doubtful[1] + counted[1])


def _comments_and_decided(chosen: Select[uuid.UUID]) -> tuple[int, int]:
    """Of a select on Comment."""
    comments, undecided = (
        session.scalar(one.with_only_columns(func.count())) or 0
        for one in (chosen, chosen.where(~comment_is_decided()))
    )
    return comments, comments - undecided


def progress_by_question(consultation_id: uuid.UUID) -> dict[str | None, CommentProgress]:
    """By the question's key; None: passages, letters, events. Those without a comment are not there."""
    query = (
        _with_disposition(consultation_id, CommentFilter())
        .outerjoin(Question, Question.id == Comment.question_id)
        .with_only_columns(Question.key, func.count(), func.count(Disposition.id))
        .group_by(Question.key)
    )
    return {key: CommentProgress(comments, decided) for key, comments, decided in session.execute(query)}


def progress_on_paragraphs(consultation_id: uuid.UUID) -> dict[uuid.UUID, CommentProgress]:
    """Of comments on paragraphs of the document, by the id of their section."""
    query = (
        _with_disposition(consultation_id, CommentFilter(question=ON_PARAGRAPHS))
        .join(Passage, Passage.id == Comment.passage_id)
        .with_only_columns(Passage.section_id, func.count(), func.count(Disposition.id))
        .group_by(Passage.section_id)
    )
    return {
        section: CommentProgress(comments, decided) for section, comments, decided in session.execute(query)
    }


def by_disposition(consultation_id: uuid.UUID) -> list[DispositionCount]:
    """Every outcome in its order, undecided first."""
    query = _with_disposition(consultation_id, CommentFilter()).with_only_columns(
        Disposition.value, func.count()
    )
    found: dict[DispositionValue, int] = defaultdict(int)
    for value, count in session.execute(query.group_by(Disposition.value)):
        found[value or DispositionValue.UNDECIDED] += count
    return [DispositionCount(value, found[value]) for value in DispositionValue]


def people_who_commented(consultation_id: uuid.UUID) -> PeopleWhoCommented:
    """Anywhere."""
    query = _with_disposition(consultation_id, CommentFilter(petition=False))
    return PeopleWhoCommented(*session.execute(query.with_only_columns(*_people)).one())


def people_who_commented_by_question(consultation_id: uuid.UUID) -> dict[str | None, PeopleWhoCommented]:
    query = (
        _with_disposition(consultation_id, CommentFilter(petition=False))
        .outerjoin(Question, Question.id == Comment.question_id)
        .with_only_columns(Question.key, *_people)
        .group_by(Question.key)
    )
    return {key: PeopleWhoCommented(commented, read) for key, commented, read in session.execute(query)}


def count_comments(consultation_id: uuid.UUID, chosen: CommentFilter) -> int:
    """The length of the list that this filter gives."""
    behind = comments_behind(consultation_id, chosen).subquery()
    return session.scalar(select(func.count()).select_from(behind)) or 0


_people = (
    func.count(distinct(Respondent.id)),
    func.count(distinct(case((Disposition.id.is_not(None), Respondent.id)))),
)


def _with_disposition(consultation_id: uuid.UUID, chosen: CommentFilter) -> Select[uuid.UUID]:
    """One row a comment; Disposition is NULL while it is undecided."""
    return comments_behind(consultation_id, chosen).outerjoin(
        Disposition,
        and_(
            Disposition.comment_id == Comment.id,
            Disposition.layer == MAIN_LAYER,
            Disposition.value != DispositionValue.UNDECIDED,
        ),
    )
