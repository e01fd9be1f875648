"""How many comments there are, how far officers have decided them, and who wrote them."""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, distinct, exists, func, select

from app.counting.behind import ON_PARAGRAPHS, CommentFilter, comment_is_decided, comments_behind
from app.counting.standing import Respondent, Sender, comments_not_plain, is_petition, senders_that_count
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
    comments, decided = _current(consultation_id)
    not_plain = comments_not_plain(consultation_id)
    doubtful = _comments_and_decided(not_plain)
    if not doubtful[0]:
        return CommentProgress(comments, decided)
    among = comments_behind(consultation_id, CommentFilter()).where(Comment.id.in_(not_plain))
    counted = _comments_and_decided(among)
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
    """Anywhere. Asked of each respondent, since one of their comments tells as much as all."""
    wrote = exists().where(Comment.response_id == Sender.id, Comment.is_current)
    query = senders_that_count(consultation_id).where(~is_petition(Respondent.id))
    whoever, decided = (case((one, Respondent.id)) for one in (wrote, wrote.where(comment_is_decided())))
    counts = query.with_only_columns(func.count(distinct(whoever)), func.count(distinct(decided)))
    commented, read = session.execute(counts).one()
    return PeopleWhoCommented(commented, read)


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
