"""What the software suggests for one comment, and what officers made of it."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.counting.frame import Frame
from app.database import session
from app.enums import Decision, Stance
from app.models import (
    Comment,
    Consultation,
    Officer,
    Suggestion,
    SuggestionDecision,
)
from app.responses.hidden import shown_words
from app.themes.queries.cards import percent, why
from app.themes.queries.suggestions import Word, in_words, nearest_names


@dataclass(frozen=True, kw_only=True)
class SuggestionShown:
    """`decision` is an officer's, with whose; None while nobody has decided. `coded`: the theme stands."""

    number: int
    id: uuid.UUID
    theme_id: uuid.UUID
    code: str
    label: str
    definition: str
    word: Word
    percent: int
    stance: Stance
    start: int
    end: int
    span: str
    why: str
    nearest: tuple[uuid.UUID, ...]
    coded: bool
    decision: Decision | None
    officer: str | None


def suggestions_shown(
    consultation_id: uuid.UUID, comment: Comment, of: Frame, coded: set[str]
) -> list[SuggestionShown]:
    query = (
        select(Suggestion, SuggestionDecision.decision, Officer.name)
        .join(Consultation, Consultation.current_run_id == Suggestion.run_id)
        .outerjoin(
            SuggestionDecision,
            (SuggestionDecision.comment_id == Suggestion.comment_id)
            & (SuggestionDecision.theme_id == Suggestion.theme_id),
        )
        .outerjoin(Officer, Officer.id == SuggestionDecision.officer_id)
        .where(Consultation.id == consultation_id, Suggestion.comment_id == comment.id)
        .options(joinedload(Suggestion.theme))
        .order_by(Suggestion.rank)
    )
    themes = {row.id: of.survivor(row) for row in of.rows}
    best = {themes[found[0].theme_id].id: found for found in reversed(session.execute(query).all())}
    # One a theme, of two that were merged the likelier; none for a theme that nobody can use any more.
    in_use = [found for key, found in best.items() if not themes[key].retired]
    rows = sorted(in_use, key=lambda found: found[0].rank)
    names = nearest_names([row for row, _, _ in rows])
    return [
        SuggestionShown(
            number=row.rank,
            id=row.id,
            theme_id=row.theme_id,
            code=themes[row.theme_id].code,
            label=themes[row.theme_id].label,
            definition=row.theme.definition,
            word=in_words(row.probability),
            percent=percent(row.probability),
            stance=row.stance,
            start=row.start,
            end=row.end,
            span=shown_words(comment, row.start, row.end),
            why=why(row, names),
            nearest=tuple(uuid.UUID(key) for key in row.reason.get("nearest", [])),
            coded=themes[row.theme_id].code in coded,
            decision=decision,
            officer=officer,
        )
        for row, decision, officer in rows
    ]
