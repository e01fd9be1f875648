"""What became of one response, as its sender may know it: never a flag, a suspicion or an officer."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.consultations.queries.passages import PassageShown, passages_shown
from app.counting.behind import standing_coding
from app.counting.frame import frame
from app.counting.standing import Standing, responses_that_stand, stands
from app.database import session
from app.enums import DispositionValue, ExclusionReason
from app.models import (
    MAIN_LAYER,
    Coding,
    Comment,
    Disposition,
    Exclusion,
    Petition,
    Reading,
    Response,
)
from app.reporting.queries.own_themes import OwnThemes, Recorded, partners_answers
from app.reporting.queries.releases import Release, published_release
from app.responses.queries.choices import title_of


@dataclass(frozen=True)
class CommentOutcome:
    about: str
    passage: PassageShown | None  # where it is about one paragraph
    text: str
    themes: tuple[Recorded, ...]
    disposition: DispositionValue


@dataclass(frozen=True)
class Outcome:
    """A time is None until it has come; `comments` is empty until a report is published."""

    standing: Standing
    reason: ExclusionReason | None
    has_comments: bool
    undecided: int
    read_at: datetime | None
    read_together: bool  # decided with others alike, and not opened one by one
    grouped_at: datetime | None
    published_at: datetime | None
    answered_at: datetime | None
    comments: tuple[CommentOutcome, ...]

    @property
    def counts(self) -> bool:
        """A reply that was combined is left out, and its comments count with the other's."""
        return self.standing is Standing.INCLUDED or self.reason is ExclusionReason.COMBINED


def outcome_of(response: Response) -> Outcome:
    standing, exclusion = _standing(response)
    reason = exclusion.reason if exclusion and standing is Standing.EXCLUDED else None
    comments = _current_comments(response.id)
    decided = _dispositions([comment.id for comment in comments])
    undecided = sum(1 for comment in comments if comment.id not in decided)
    read = _read([comment.id for comment in comments], decided)
    everything = bool(comments) and not undecided
    release = published_release(response.consultation_id)
    counts = standing is Standing.INCLUDED or reason is ExclusionReason.COMBINED
    shown = _shown(response, comments, decided, release) if release and counts else ()
    answers = [theme.answer.at for one in shown for theme in one.themes if theme.answer]
    return Outcome(
        standing=standing,
        reason=reason,
        has_comments=bool(comments),
        undecided=undecided,
        read_at=max(read.values()) if comments and len(read) == len(comments) else None,
        read_together=everything and len(read) < len(comments),
        grouped_at=max(row.created_at for row in decided.values()) if everything else None,
        published_at=release.published_at if release and counts and _was_in(response, release) else None,
        answered_at=max(answers) if answers else None,
        comments=shown,
    )


def _standing(response: Response) -> tuple[Standing, Exclusion | None]:
    query = responses_that_stand(response.consultation_id, None).with_only_columns(stands, Exclusion)
    standing, exclusion = session.execute(query.where(Response.id == response.id)).one()
    return Standing(standing), exclusion


def _current_comments(response_id: uuid.UUID) -> Sequence[Comment]:
    query = select(Comment).where(Comment.response_id == response_id, Comment.is_current)
    return session.scalars(query.order_by(Comment.number)).all()


def _dispositions(comment_ids: list[uuid.UUID]) -> dict[uuid.UUID, Disposition]:
    query = select(Disposition).where(
        Disposition.comment_id.in_(comment_ids),
        Disposition.layer == MAIN_LAYER,
        Disposition.value != DispositionValue.UNDECIDED,
    )
    return {row.comment_id: row for row in session.scalars(query)}


def _read(comment_ids: list[uuid.UUID], decided: dict[uuid.UUID, Disposition]) -> dict[uuid.UUID, datetime]:
    """When each was read whole, or decided on its own page."""
    query = (
        select(Reading.comment_id, func.min(Reading.read_at))
        .where(Reading.comment_id.in_(comment_ids), Reading.read_at.is_not(None))
        .group_by(Reading.comment_id)
    )
    singly = {one: row.created_at for one, row in decided.items() if row.batch_id is None}
    return singly | {comment_id: at for comment_id, at in session.execute(query) if at is not None}


def _was_in(response: Response, release: Release) -> bool:
    return response.sent_at is not None and response.sent_at <= release.frozen_at


def _shown(
    response: Response,
    comments: Sequence[Comment],
    decided: dict[uuid.UUID, Disposition],
    release: Release,
) -> tuple[CommentOutcome, ...]:
    of = frame(response.consultation_id)
    codings = _codings([comment.id for comment in comments])
    counted = _was_counted(response, release)
    themes = OwnThemes(of, release, partners_answers(of), counted=counted)
    passages = passages_shown(response.consultation_id, [comment.passage_id for comment in comments])
    return tuple(
        CommentOutcome(
            about=title_of(comment.question) if comment.question else "",
            passage=passages.get(comment.passage_id) if comment.passage_id else None,
            text=comment.text,
            themes=themes.of(codings[comment.id]) if comment.id in decided else (),
            disposition=decided[comment.id].value if comment.id in decided else DispositionValue.UNDECIDED,
        )
        for comment in comments
    )


def _codings(comment_ids: list[uuid.UUID]) -> dict[uuid.UUID, list[Coding]]:
    query = select(Coding).where(Coding.comment_id.in_(comment_ids), standing_coding()).order_by(Coding.id)
    found: dict[uuid.UUID, list[Coding]] = defaultdict(list)
    for coding in session.scalars(query):
        found[coding.comment_id].append(coding)
    return found


def _was_counted(response: Response, release: Release) -> bool:
    """Whether the frozen numbers hold this respondent: sent, not left out then, and not a petition."""
    left_out = select(Exclusion.id).where(
        Exclusion.response_id == response.id,
        Exclusion.reason != ExclusionReason.COMBINED,
        Exclusion.created_at <= release.frozen_at,
        Exclusion.reversed_at > release.frozen_at,
    )
    petition = select(Petition.id).where(Petition.response_id == response.id)
    return (
        _was_in(response, release)
        and session.scalar(left_out.limit(1)) is None
        and session.scalar(petition) is None
    )
