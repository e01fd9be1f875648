"""Comments that officers coded and that the run in use would code otherwise. Reading them changes nothing."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Exists, Select, case, exists, or_, select

from app.counting.behind import comments_behind, standing_coding
from app.counting.frame import frame
from app.counting.suggestions import current_run
from app.database import session
from app.enums import Decision
from app.models import Coding, Comment, Response, Suggestion, SuggestionDecision
from app.responses.queries.codings import CodedTheme, decided
from app.responses.queries.pages import A_PAGE
from app.themes.queries.cards import percent

WINDOW, WINDOWS = 2000, 4  # coded comments looked through for one page
Survivors = Mapping[uuid.UUID, Any]  # by the id of a theme the one that it is by now


@dataclass(frozen=True)
class WouldSuggest:
    code: str
    label: str
    percent: int
    new: bool  # officers did not code it


@dataclass(frozen=True, kw_only=True)
class CodedOtherwise:
    id: uuid.UUID
    reference: str
    text: str
    coded: tuple[CodedTheme, ...]
    suggested: tuple[WouldSuggest, ...]

    @property
    def suggested_codes(self) -> frozenset[str]:
        return frozenset(one.code for one in self.suggested)


@dataclass(frozen=True)
class OtherwisePage:
    """`after`: the comment behind which to look further; None at the end."""

    items: list[CodedOtherwise]
    after: uuid.UUID | None


def coded_otherwise(consultation_id: uuid.UUID, *, after: uuid.UUID | None = None) -> OtherwisePage:
    """In the order in which they came, from behind `after`. What an officer dismissed is decided, and no
    difference. Looks through so many coded comments at most, however few of them differ."""
    of = frame(consultation_id)
    survivors = {row.id: of.survivor(row) for row in of.rows}
    chosen = _chosen(consultation_id, {key: theme.id for key, theme in survivors.items() if theme.id != key})
    ids: list[uuid.UUID] = []
    last = after
    for _ in range(WINDOWS):
        window = _coded_comments(consultation_id, last)
        among = chosen.where(Comment.id.in_(window)).order_by(Comment.id).limit(A_PAGE + 1 - len(ids))
        ids += session.scalars(among)
        last = window[-1] if len(window) == WINDOW else None
        if len(ids) > A_PAGE:
            ids = ids[:A_PAGE]
            last = ids[-1]
            break
        if last is None:
            break
    return OtherwisePage(_rows(consultation_id, ids, survivors), last)


def _coded_comments(consultation_id: uuid.UUID, after: uuid.UUID | None) -> list[uuid.UUID]:
    """The next ones, whether they count or not."""
    query = select(Comment.id).where(
        Comment.consultation_id == consultation_id,
        Comment.is_current,
        exists().where(Coding.comment_id == Comment.id, standing_coding()),
    )
    if after is not None:
        query = query.where(Comment.id > after)
    return list(session.scalars(query.order_by(Comment.id).limit(WINDOW)))


def _chosen(consultation_id: uuid.UUID, merged: dict[uuid.UUID, uuid.UUID]) -> Select[uuid.UUID]:
    run = current_run(consultation_id).scalar_subquery()

    def of(theme: Any) -> ColumnElement[uuid.UUID]:
        return case(merged, value=theme, else_=theme) if merged else theme

    def suggested(*more: Any) -> Exists:
        return exists().where(
            Suggestion.comment_id == Comment.id, Suggestion.run_id == run, Suggestion.assigned, *more
        )

    def coded(*more: Any) -> Exists:
        return exists().where(Coding.comment_id == Comment.id, standing_coding(), *more)

    dismissed = exists().where(
        SuggestionDecision.comment_id == Comment.id,
        SuggestionDecision.decision == Decision.DISMISSED,
        of(SuggestionDecision.theme_id) == of(Suggestion.theme_id),
    )
    same = of(Coding.theme_id) == of(Suggestion.theme_id)
    more = suggested(~coded(same).correlate(Comment, Suggestion), ~dismissed)
    less = coded(~suggested(same).correlate(Comment, Coding))
    read = exists().where(Suggestion.comment_id == Comment.id, Suggestion.run_id == run)
    return comments_behind(consultation_id).where(coded(), read, or_(more, less))


def _rows(consultation_id: uuid.UUID, ids: list[uuid.UUID], survivors: Survivors) -> list[CodedOtherwise]:
    so_far = decided(frame(consultation_id), ids)
    query = (
        select(Comment.id, Comment.redacted_text, Response.reference)
        .join(Response, Response.id == Comment.response_id)
        .where(Comment.id.in_(ids))
        .order_by(Comment.id)
    )
    found = _suggested(consultation_id, ids, survivors)
    rows = []
    for key, text, reference in session.execute(query):
        coded = so_far[key].themes
        codes = {one.code for one in coded}
        said = tuple(
            WouldSuggest(theme.code, theme.label, percent(chance), theme.code not in codes)
            for theme, chance in found.get(key, ())
        )
        rows.append(CodedOtherwise(id=key, reference=reference, text=text, coded=coded, suggested=said))
    return rows


def _suggested(
    consultation_id: uuid.UUID, ids: list[uuid.UUID], survivors: Survivors
) -> dict[uuid.UUID, list[tuple[Any, float]]]:
    run = current_run(consultation_id).scalar_subquery()
    query = (
        select(Suggestion.comment_id, Suggestion.theme_id, Suggestion.probability)
        .where(Suggestion.comment_id.in_(ids), Suggestion.run_id == run, Suggestion.assigned)
        .order_by(Suggestion.rank)
    )
    found: dict[uuid.UUID, list[tuple[Any, float]]] = {}
    for comment_id, theme_id, chance in session.execute(query):
        theme = survivors[theme_id]
        if theme.id not in {one.id for one, _ in found.setdefault(comment_id, [])}:
            found[comment_id].append((theme, chance))
    return found
