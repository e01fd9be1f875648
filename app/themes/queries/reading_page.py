"""One comment as the reading screen shows it: the text in points, themes chosen so far, suggestions."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from app.cleaning.queries.letters import letter_of
from app.consultations.queries.documents import current_document, section_texts
from app.counting.frame import frame
from app.database import session
from app.enums import DispositionValue, FlagSource, Stance
from app.models import Comment, Discussion, Flag, Officer, Reading, Response, Theme
from app.responses.hidden import to_shown, to_stored
from app.responses.queries.codings import CodedTheme, decided
from app.themes.marks import ReadingPiece, reading
from app.themes.points import points_of
from app.themes.queries.comment_codings import CodingShown
from app.themes.queries.comment_suggestions import SuggestionShown
from app.themes.queries.comment_whole import CommentWhole, comment_whole, marks
from app.themes.queries.fitting import may_not_fit
from app.themes.queries.frame import all_themes, in_use, resolved
from app.themes.quotes import Span
from app.themes.wanted import Wanted, WantedTheme, from_draft

NUMBERED = 9  # suggestions, one for each key
SIMILAR = 3
FIRST_WORDS = 70  # characters
AGAIN = "~"  # between a code and the number of its second card


@dataclass(frozen=True)
class Point:
    number: int
    span: Span  # in the text as it was sent
    pieces: tuple[ReadingPiece, ...]
    words: str  # the first of them


@dataclass(frozen=True, kw_only=True)
class Card:
    """A theme chosen for the comment. `stands`: it is stored already, by whom and when."""

    key: str
    code: str
    label: str
    stance: Stance | None
    proposed: bool
    quotes: tuple[Span, ...]
    words: tuple[str, ...]
    whole: bool
    retired: bool
    stands: CodingShown | None


@dataclass(frozen=True)
class Note:
    officer: str
    at: datetime
    text: str
    flagged: bool


@dataclass(frozen=True)
class Similar:
    id: uuid.UUID
    reference: str
    text: str
    themes: tuple[CodedTheme, ...]


@dataclass(frozen=True, kw_only=True)
class ReadingPage:
    """`moved`: codes of the draft that were merged since, and where they are now. `open_with`: the other
    officer who has the comment open."""

    whole: CommentWhole
    wanted: Wanted
    is_draft: bool
    cards: tuple[Card, ...]
    suggestions: tuple[SuggestionShown, ...]
    points: tuple[Point, ...]
    themes: tuple[Theme, ...]
    moved: tuple[tuple[str, str], ...]
    notes: tuple[Note, ...]
    handling: frozenset[str]
    handling_shown: frozenset[str]
    open_with: str | None
    similar: tuple[Similar, ...]
    bid: Any
    may_not_fit: bool  # late, and the software finds nothing in the agreed frame for it

    @property
    def everything(self) -> Span:
        return all_of(self.whole)

    @property
    def flagged(self) -> bool:
        return any(note.flagged for note in self.notes)

    @property
    def chosen(self) -> frozenset[str]:
        return frozenset(card.code for card in self.cards)


def reading_page(
    consultation_id: uuid.UUID,
    comment_id: uuid.UUID,
    *,
    officer_id: uuid.UUID,
    original: bool,
    now: datetime,
    wanted: Wanted | None = None,
) -> ReadingPage | None:
    """`wanted` is what the officer sent; without it their draft, or the comment as it stands."""
    whole = comment_whole(consultation_id, comment_id, original=original)
    if whole is None:
        return None
    draft, open_with = _who_has_it(comment_id, officer_id, now)
    handling = _handling(comment_id)
    asked = wanted or (from_draft(draft) if draft else _standing(whole, handling))
    rows = all_themes(consultation_id)
    survivors = resolved(rows)
    by_code = {theme.code: survivors[theme.id] for theme in rows}
    undecided = whole.disposition is DispositionValue.UNDECIDED
    merged = {one.code: by_code[one.code].code for one in asked.themes if one.code in by_code}
    return ReadingPage(
        whole=whole,
        wanted=asked,
        is_draft=wanted is None and draft is not None,
        cards=tuple(_cards(whole, asked.themes, by_code)),
        suggestions=_numbered(whole.suggestions, asked.themes),
        points=tuple(_points(whole)),
        themes=tuple(in_use(rows)),
        moved=tuple((old, new) for old, new in merged.items() if old != new),
        notes=_notes(comment_id),
        handling=_as_ticked(asked, handling),
        handling_shown=frozenset(handling),
        open_with=open_with,
        similar=_similar(consultation_id, whole.suggestions),
        bid=_bid(consultation_id, whole.section_key),
        may_not_fit=undecided and may_not_fit(comment_id, whole.response),
    )


def _standing(whole: CommentWhole, handling: Iterable[str]) -> Wanted:
    themes: list[WantedTheme] = []
    for one in whole.codings:
        key = next_key(one.code, {theme.key for theme in themes})
        themes.append(WantedTheme(key=key, code=one.code, stance=one.stance, quotes=one.spans))
    outcome = whole.disposition
    other = outcome not in (DispositionValue.CODED, DispositionValue.UNDECIDED)
    return Wanted(
        stood=whole.state,
        themes=tuple(themes),
        outcome=outcome if other else None,
        refers_to=whole.refers_to,
        handling=tuple(handling),
        handling_shown=tuple(handling),
    )


def next_key(code: str, there: Iterable[str]) -> str:
    """PLA03, then PLA03~2: the second card of a theme."""
    used = set(there)
    keys = (code if number == 1 else f"{code}{AGAIN}{number}" for number in range(1, len(used) + 2))
    return next(key for key in keys if key not in used)


def _numbered(
    suggestions: Sequence[SuggestionShown], wanted: Sequence[WantedTheme]
) -> tuple[SuggestionShown, ...]:
    """The first nine that nobody dismissed, numbered as their keys, each theme once."""
    found: dict[str, SuggestionShown] = {}
    for one in suggestions:
        if one.decision != "dismissed" or one.code in {theme.code for theme in wanted}:
            found.setdefault(one.code, one)
    first = list(found.values())[:NUMBERED]
    return tuple(replace(one, number=number) for number, one in enumerate(first, start=1))


def _cards(whole: CommentWhole, wanted: Sequence[WantedTheme], by_code: dict[str, Theme]) -> Iterable[Card]:
    machine = {one.code: one for one in whole.suggestions}
    standing = {(one.code, one.stance): one for one in whole.codings}
    everything = all_of(whole)
    for one in wanted:
        theme = by_code.get(one.code)
        if theme is None:
            continue
        suggestion = machine.get(theme.code)
        stance = one.stance or (suggestion.stance if suggestion else None)
        span = ((suggestion.start, suggestion.end),) if suggestion else (everything,)
        quotes = one.quotes or span
        yield Card(
            key=one.key,
            code=theme.code,
            label=theme.label,
            stance=stance,
            proposed=one.stance is None and stance is not None,
            quotes=quotes,
            words=tuple(_shown_words(whole, span) for span in quotes),
            whole=everything in quotes,
            retired=theme.retired_at is not None,
            stands=standing.get((theme.code, stance)) if stance else None,
        )


def blank_card(page: ReadingPage) -> Card:
    """For the page's script to fill in."""
    return Card(
        key="__KEY__", code="__CODE__", label="__LABEL__", stance=Stance.NEUTRAL, proposed=True,
        quotes=(page.everything,), words=(), whole=True, retired=False, stands=None,
    )  # fmt: skip


def all_of(whole: CommentWhole) -> Span:
    return to_stored(whole.hidden, 0, len(whole.text))


def _shown_words(whole: CommentWhole, span: Span) -> str:
    start, end = to_shown(whole.hidden, *span)
    return whole.text[start:end]


def _points(whole: CommentWhole) -> Iterable[Point]:
    found = marks(whole.hidden, whole.codings, _numbered(whole.suggestions, ()))
    for number, (start, end) in enumerate(points_of(whole.text), start=1):
        cut = {kind: _within(spans, start, end) for kind, spans in found.items()}
        text = whole.text[start:end]
        plain = " ".join(text.split())
        words = plain if len(plain) <= FIRST_WORDS else plain[:FIRST_WORDS].rpartition(" ")[0] + "…"
        span = to_stored(whole.hidden, start, start + len(text.rstrip()))
        yield Point(number, span, reading(text.rstrip(), **cut), words)


def _within(spans: Iterable[tuple[int, int, str]], start: int, end: int) -> list[tuple[int, int, str]]:
    return [
        (max(first, start) - start, min(last, end) - start, label)
        for first, last, label in spans
        if first < end and last > start
    ]


def _who_has_it(
    comment_id: uuid.UUID, officer_id: uuid.UUID, now: datetime
) -> tuple[dict[str, Any] | None, str | None]:
    query = (
        select(Reading, Officer.name)
        .join(Officer, Officer.id == Reading.officer_id)
        .where(Reading.comment_id == comment_id)
        .order_by(Reading.id)
    )
    draft, other = None, None
    for row, name in session.execute(query):
        if row.officer_id == officer_id:
            draft = row.draft
        elif row.reserved_until is not None and row.reserved_until > now:
            other = name
    return draft, other


def _handling(comment_id: uuid.UUID) -> tuple[str, ...]:
    query = select(Flag.code).where(
        Flag.comment_id == comment_id, Flag.source == FlagSource.OFFICER, Flag.settled_at.is_(None)
    )
    return tuple(sorted(session.scalars(query)))


def _as_ticked(asked: Wanted, standing: Iterable[str]) -> frozenset[str]:
    """What the officer ticked or unticked, on the marks as they are by now."""
    ticked, shown = frozenset(asked.handling), frozenset(asked.handling_shown)
    return (frozenset(standing) | (ticked - shown)) - (shown - ticked)


def _notes(comment_id: uuid.UUID) -> tuple[Note, ...]:
    """Those on the letter that it is a part of, too."""
    query = (
        select(Discussion, Officer.name)
        .join(Officer, Officer.id == Discussion.officer_id)
        .where(or_(Discussion.comment_id == comment_id, Discussion.comment_id.in_(letter_of(comment_id))))
        .order_by(Discussion.id)
    )
    return tuple(
        Note(name, row.created_at, row.text, row.flagged and row.settled_at is None)
        for row, name in session.execute(query)
    )


def _similar(consultation_id: uuid.UUID, suggestions: Sequence[SuggestionShown]) -> tuple[Similar, ...]:
    """The coded comments that the suggestions come from."""
    wanted = list(dict.fromkeys(key for one in suggestions for key in one.nearest))[:SIMILAR]
    query = (
        select(Comment.id, Response.reference, Comment.redacted_text)
        .join(Response, Response.id == Comment.response_id)
        .where(Comment.id.in_(wanted), Comment.is_current)
    )
    found = {key: (reference, text) for key, reference, text in session.execute(query)}
    so_far = decided(frame(consultation_id), found)
    return tuple(Similar(key, *found[key], so_far[key].themes) for key in wanted if key in found)


def _bid(consultation_id: uuid.UUID, section_key: str | None) -> Any:
    document = current_document(consultation_id) if section_key else None
    texts = section_texts(document, section_key=section_key) if document else []
    return texts[0] if texts else None
