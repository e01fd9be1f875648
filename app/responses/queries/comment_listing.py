"""The list of comments behind any number."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select

from app.consultations.queries.passages import passages_shown
from app.counting.behind import CommentFilter, comments_behind
from app.counting.flags import has_standing_flag
from app.counting.frame import frame
from app.counting.standing import Respondent
from app.counting.suggestions import suggested_comments_behind
from app.database import session
from app.enums import Channel, CommentSource, RespondentKind
from app.models import Comment, Response
from app.responses.marked import Piece, pieces
from app.responses.queries.codings import Decided, decided
from app.responses.queries.pages import FIRST, KeyPage, Place, cut_by_key, key_page, length
from app.responses.queries.search import comment_matches

ANY_THEME = "any"


@dataclass(frozen=True, kw_only=True)
class CommentList:
    """What was asked for. `counted` alone decides the number that a page elsewhere shows."""

    counted: CommentFilter = field(default_factory=CommentFilter)
    words: str = ""
    suggested: str | None = None  # a theme's code, or ANY_THEME: suggested, and not decided
    at_least: float | None = None  # the probability of that suggestion
    flag: str | None = None
    place: Place = FIRST


@dataclass(frozen=True, kw_only=True)
class CommentRow:
    """`reference` and who: of the respondent whose comment counts."""

    id: uuid.UUID
    reference: str
    kind: RespondentKind
    organisation_name: str | None
    area: str | None
    channel: Channel
    source: CommentSource
    question_id: uuid.UUID | None
    about: str  # the paragraph, where it is on one
    pieces: tuple[Piece, ...]
    decided: Decided


def comments_page(consultation_id: uuid.UUID, asked: CommentList) -> KeyPage[CommentRow]:
    """The same number of queries however many rows, and one more where there are comments on paragraphs."""
    chosen = comments_asked_for(consultation_id, asked)
    total = length(chosen)
    cut = cut_by_key(chosen.with_only_columns(Comment, Respondent), Comment.id, asked.place)
    found = key_page(session.execute(cut).all(), lambda row: row[0].id, asked.place, total)
    so_far = decided(frame(consultation_id), [comment.id for comment, _ in found.items])
    passages = passages_shown(consultation_id, [comment.passage_id for comment, _ in found.items])
    about = {passage.id: passage.title for passage in passages.values()}
    rows = [_row(comment, who, so_far[comment.id], about) for comment, who in found.items]
    return KeyPage(rows, total, found.first, found.before, found.after)


def comments_asked_for(consultation_id: uuid.UUID, asked: CommentList) -> Select[Any]:
    """Their ids; Comment and Respondent are joined."""
    chosen = comments_behind(consultation_id, asked.counted)
    if asked.suggested:
        theme = None if asked.suggested == ANY_THEME else asked.suggested
        suggested = suggested_comments_behind(consultation_id, theme=theme, at_least=asked.at_least)
        chosen = chosen.where(Comment.id.in_(suggested))
    if asked.flag:
        chosen = chosen.where(has_standing_flag(asked.flag))
    return chosen.where(comment_matches(asked.words)) if asked.words.strip() else chosen


def _row(comment: Comment, who: Response, so_far: Decided, about: dict[uuid.UUID, str]) -> CommentRow:
    return CommentRow(
        id=comment.id,
        reference=who.reference,
        kind=who.kind,
        organisation_name=who.organisation_name,
        area=who.area,
        channel=who.channel,
        source=comment.source,
        question_id=comment.question_id,
        about=about[comment.passage_id] if comment.passage_id else "",
        pieces=pieces(comment.redacted_text, so_far.quotes),
        decided=so_far,
    )
