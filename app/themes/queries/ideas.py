"""Points that coders found the frame to lack, those with one name together."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, distinct, func, select

from app.counting.behind import comments_behind
from app.database import blocks, session
from app.enums import ProposalFate
from app.models import Comment, Officer, Response, ThemeIdea
from app.responses.hidden import shown_words
from app.responses.queries.pages import A_PAGE, Page, within

LAST = 50  # of those dismissed


@dataclass(frozen=True)
class IdeaQuote:
    comment_id: uuid.UUID
    reference: str
    officer: str
    quote: str


@dataclass(frozen=True)
class Idea:
    """`ids`: all that have this label, whoever had the idea. `reason`: why they were dismissed."""

    label: str
    ids: tuple[uuid.UUID, ...]
    quotes: tuple[IdeaQuote, ...]
    reason: str = ""


def ideas_page(consultation_id: uuid.UUID, *, page: int) -> Page[Idea]:
    """Those that wait, on comments that still count; the most named first."""
    found: dict[str, list[uuid.UUID]] = defaultdict(list)
    labels: dict[str, str] = {}
    waiting = _of_fate(consultation_id, ProposalFate.OPEN).with_only_columns(ThemeIdea.id, ThemeIdea.label)
    for idea_id, label in session.execute(waiting.order_by(ThemeIdea.id)):
        name = " ".join(label.casefold().split())
        found[name].append(idea_id)
        labels.setdefault(name, label)
    names = sorted(found, key=lambda name: (-len(found[name]), labels[name].casefold()))
    number = within(page, len(names))
    shown = names[(number - 1) * A_PAGE : number * A_PAGE]
    quotes = _quotes(consultation_id, [key for name in shown for key in found[name]])
    items = [
        Idea(labels[name], tuple(found[name]), tuple(quotes[key] for key in found[name])) for name in shown
    ]
    return Page(items, len(names), number)


def _quotes(consultation_id: uuid.UUID, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, IdeaQuote]:
    query = _of_fate(consultation_id, ProposalFate.OPEN)
    return {
        idea.id: quote
        for block in blocks(ids)
        for idea, quote in _with_quotes(query.where(ThemeIdea.id.in_(block)))
    }


def dismissed_ideas(consultation_id: uuid.UUID) -> list[Idea]:
    """The last ones, each by itself, for a dismissal may have been of some with the same name only."""
    query = _of_fate(consultation_id, ProposalFate.DISMISSED)
    last = query.order_by(ThemeIdea.updated_at.desc(), ThemeIdea.id).limit(LAST)
    return [Idea(idea.label, (idea.id,), (quote,), idea.reason) for idea, quote in _with_quotes(last)]


def _of_fate(consultation_id: uuid.UUID, fate: ProposalFate) -> Select[ThemeIdea, Comment, str, str]:
    return (
        select(ThemeIdea, Comment, Response.reference, Officer.name)
        .join(Comment, Comment.id == ThemeIdea.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .join(Officer, Officer.id == ThemeIdea.officer_id)
        .where(
            ThemeIdea.consultation_id == consultation_id,
            ThemeIdea.fate == fate,
            Comment.id.in_(comments_behind(consultation_id)),
        )
    )


def _with_quotes(query: Select[ThemeIdea, Comment, str, str]) -> list[tuple[ThemeIdea, IdeaQuote]]:
    return [
        (idea, IdeaQuote(idea.comment_id, reference, officer, shown_words(comment, idea.start, idea.end)))
        for idea, comment, reference, officer in session.execute(query)
    ]


def count_ideas(consultation_id: uuid.UUID) -> int:
    labels = func.count(distinct(func.lower(ThemeIdea.label)))
    query = select(labels).where(
        ThemeIdea.consultation_id == consultation_id,
        ThemeIdea.fate == ProposalFate.OPEN,
        ThemeIdea.comment_id.in_(comments_behind(consultation_id)),
    )
    return session.scalar(query) or 0
