"""Codings that stand on one comment, with whose they are and the words that carry them."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.counting.behind import standing_coding
from app.counting.frame import Frame, FrameRow
from app.database import session
from app.enums import CodingSource, Stance
from app.models import (
    Coding,
    Comment,
    Officer,
)
from app.responses.hidden import shown_words
from app.themes.quotes import Span


@dataclass(frozen=True, kw_only=True)
class CodingShown:
    id: uuid.UUID
    code: str
    label: str
    stance: Stance
    officer_id: uuid.UUID
    officer: str
    at: datetime
    source: CodingSource
    quotes: tuple[str, ...]
    spans: tuple[Span, ...]  # in the text as it was sent
    whole: bool  # the quote is the whole comment


def codings_shown(comment: Comment, of: Frame) -> tuple[list[Coding], list[CodingShown]]:
    query = (
        select(Coding, Officer.name)
        .join(Officer, Officer.id == Coding.officer_id)
        .where(Coding.comment_id == comment.id, standing_coding())
        .options(selectinload(Coding.quotes))
        .order_by(Coding.id)
    )
    themes = {row.id: of.survivor(row) for row in of.rows}
    rows = session.execute(query).all()
    return [coding for coding, _ in rows], [
        _coding_shown(coding, officer, themes[coding.theme_id], comment) for coding, officer in rows
    ]


def _coding_shown(coding: Coding, officer: str, theme: FrameRow, comment: Comment) -> CodingShown:
    spans = tuple((quote.start, quote.end) for quote in coding.quotes)
    return CodingShown(
        id=coding.id,
        code=theme.code,
        label=theme.label,
        stance=coding.stance,
        officer_id=coding.officer_id,
        officer=officer,
        at=coding.created_at,
        source=coding.source,
        quotes=tuple(shown_words(comment, start, end) for start, end in spans),
        spans=spans,
        whole=(0, len(comment.text)) in spans,
    )
