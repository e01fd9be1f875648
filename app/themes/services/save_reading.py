"""One press of "Save and next": a comment read whole, with all that its officer decided about it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.enums import CodingSource, Decision, DispositionValue, Stance
from app.models import MAIN_LAYER, Coding, Comment, Consultation, Disposition, ReadingSave, Suggestion, Theme
from app.themes.queries.comment_state import disposition_of, state_of
from app.themes.queries.frame import all_themes, resolved
from app.themes.quotes import Span
from app.themes.refusals import (
    ChangedMeanwhile,
    CommentNotHere,
    NothingCoded,
    StanceMissing,
    ThemeNotInFrame,
    ThemeRetired,
    ThemesAndOutcome,
)
from app.themes.services.code_comment import (
    change_quotes,
    officer_of,
    record_coding,
    remove_coding,
    set_disposition,
)
from app.themes.services.decide import remember
from app.themes.services.note_comment import add_note, set_handling
from app.themes.services.reserve import finish_reading
from app.themes.services.write_codings import NewCoding, lock_comments, standing_codings, write_codings
from app.themes.wanted import Wanted, WantedTheme

Pair = tuple[uuid.UUID, Stance]


@dataclass(frozen=True)
class Saved:
    """`moved`: codes that were merged since the page was opened, with where they are now."""

    themes: int
    save_id: uuid.UUID | None
    moved: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Chosen:
    theme: Theme
    stance: Stance
    quotes: tuple[Span, ...]
    suggestion: Suggestion | None


def save_reading(
    comment_id: uuid.UUID, *, wanted: Wanted, actor: Actor, now: datetime, layer: str = MAIN_LAYER
) -> Saved:
    """Raises a Refusal before anything is written: ChangedMeanwhile when it is not as the page showed it.

    Sent twice, it is saved once; decided the same by another officer meanwhile, nothing typed is lost.
    """
    comment = lock_comments([comment_id]).get(comment_id)
    if comment is None:
        raise CommentNotHere
    themes = all_themes(comment.consultation_id)
    survivors = resolved(themes)
    chosen = _chosen(comment, wanted.themes, {t.code: survivors[t.id] for t in themes}, layer)
    standing = standing_codings([comment_id], layer=layer)
    by_pair: dict[Pair, list[Coding]] = {}
    for (_, theme_id, stance), coding in standing.items():
        by_pair.setdefault((survivors[theme_id].id, stance), []).append(coding)
    before = disposition_of(comment_id, layer)
    moved = _moved(wanted.themes, {t.code: survivors[t.id].code for t in themes})
    if (state := state_of(standing.values(), before)) != wanted.stood:
        same = chosen.keys() == by_pair.keys() and _is_outcome(before, wanted.outcome)
        if same and (_left_it_so(comment_id, state, actor) or _says_nothing_more(wanted, chosen, by_pair)):
            return Saved(len(chosen), None, moved)
        raise ChangedMeanwhile
    _check(chosen, wanted.outcome)
    details = _write(comment, chosen, by_pair, before, wanted, actor=actor, now=now, layer=layer)
    details["read_before"] = finish_reading(comment_id, officer_id=officer_of(actor), now=now)
    details["handling"] = set_handling(
        comment_id, codes=wanted.handling, shown=wanted.handling_shown, actor=actor, now=now
    )
    if wanted.note.strip():
        add_note(comment_id, text=wanted.note, actor=actor, now=now)
    save = _keep(comment, len(chosen), details, actor=actor, now=now, layer=layer)
    return Saved(len(chosen), save.id, moved)


def _chosen(
    comment: Comment, wanted: Sequence[WantedTheme], themes: Mapping[str, Theme], layer: str
) -> dict[Pair, Chosen]:
    """By theme and stance; the same twice is one, with the quotes of both."""
    suggestions = _suggestions(comment) if layer == MAIN_LAYER else {}
    found: dict[Pair, Chosen] = {}
    for one in wanted:
        theme = themes.get(one.code)
        if theme is None or theme.is_net:
            raise ThemeNotInFrame
        if theme.retired_at is not None:
            raise ThemeRetired(theme.code)
        suggestion = suggestions.get(one.code) or suggestions.get(theme.code)
        stance = one.stance or (suggestion.stance if suggestion else None)
        if stance is None:
            raise StanceMissing(one.key, theme.code)
        there = found.get((theme.id, stance))
        quotes = tuple(sorted({*one.quotes, *(there.quotes if there else ())}))
        found[theme.id, stance] = Chosen(theme, stance, quotes, suggestion)
    return found


def _suggestions(comment: Comment) -> dict[str, Suggestion]:
    query = (
        select(Suggestion, Theme.code)
        .join(Theme, Theme.id == Suggestion.theme_id)
        .join(Consultation, Consultation.current_run_id == Suggestion.run_id)
        .where(Suggestion.comment_id == comment.id, Consultation.id == comment.consultation_id)
    )
    return {code: suggestion for suggestion, code in session.execute(query)}


def _moved(wanted: Sequence[WantedTheme], now: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    pairs = ((one.code, now.get(one.code, one.code)) for one in wanted)
    return tuple(dict.fromkeys(pair for pair in pairs if pair[0] != pair[1]))


def _is_outcome(row: Disposition | None, wanted: DispositionValue | None) -> bool:
    value = row.value if row else None
    return value is (wanted or (DispositionValue.CODED if value is DispositionValue.CODED else None))


def _left_it_so(comment_id: uuid.UUID, state: str, actor: Actor) -> bool:
    """This officer's own last save: the button was pressed twice."""
    query = (
        select(ReadingSave)
        .where(ReadingSave.comment_id == comment_id, ReadingSave.officer_id == actor.officer_id)
        .order_by(ReadingSave.id.desc())
    )
    last = session.scalars(query.limit(1)).first()
    return last is not None and last.undone_at is None and last.details["after"] == state


def _says_nothing_more(
    wanted: Wanted, chosen: Mapping[Pair, Chosen], standing: Mapping[Pair, Sequence[Coding]]
) -> bool:
    quoted = all(
        not one.quotes or one.quotes in [_spans(coding) for coding in standing[pair]]
        for pair, one in chosen.items()
    )
    return quoted and not wanted.note.strip()


def _check(chosen: Mapping[Pair, Chosen], outcome: DispositionValue | None) -> None:
    if chosen and outcome is not None:
        raise ThemesAndOutcome
    if not chosen and outcome is None:
        raise NothingCoded


def _write(
    comment: Comment,
    chosen: Mapping[Pair, Chosen],
    standing: Mapping[Pair, Sequence[Coding]],
    before: Disposition | None,
    wanted: Wanted,
    *,
    actor: Actor,
    now: datetime,
    layer: str,
) -> dict[str, Any]:
    """What it changed, as `undo_save` reads it."""
    details: dict[str, Any] = {"before": _as_was(before), "quotes": {}}
    if chosen and before is not None and before.value is not DispositionValue.CODED:
        undecided = DispositionValue.UNDECIDED
        set_disposition(comment.id, value=undecided, actor=actor, now=now, layer=layer)
    fresh = [_new(comment, one) for pair, one in chosen.items() if pair not in standing]
    written = write_codings(fresh, officer_id=officer_of(actor), source=CodingSource.SINGLE, layer=layer)
    for coding in written.added:
        record_coding("added", coding, actor=actor, now=now)
    accepted = {one.suggestion.id: one.suggestion for one in chosen.values() if one.suggestion}
    decided = remember(list(accepted.values()), Decision.ACCEPTED, officer_id=officer_of(actor))
    for pair, codings in standing.items():
        if pair not in chosen:
            for coding in codings:
                remove_coding(coding.id, actor=actor, now=now)
        elif (quotes := chosen[pair].quotes) and quotes != _spans(codings[0]):
            details["quotes"][codings[0].id.hex] = [list(span) for span in _spans(codings[0])]
            change_quotes(codings[0], quotes=quotes, actor=actor, now=now)
    if wanted.outcome is not None:
        set_disposition(
            comment.id, value=wanted.outcome, refers_to_id=wanted.refers_to, actor=actor, now=now, layer=layer
        )
    details["added"] = [coding.id.hex for coding in written.added]
    gone = [coding for pair, codings in standing.items() if pair not in chosen for coding in codings]
    details["removed"] = [coding.id.hex for coding in gone]
    details["decided"] = [one.theme_id.hex for one in decided]
    return details


def _new(comment: Comment, one: Chosen) -> NewCoding:
    machine = ((one.suggestion.start, one.suggestion.end),) if one.suggestion else ()
    return NewCoding(
        comment.id, one.theme.id, one.stance, one.quotes or machine,
        one.suggestion.id if one.suggestion else None,
    )  # fmt: skip


def _spans(coding: Coding) -> tuple[Span, ...]:
    return tuple(sorted((quote.start, quote.end) for quote in coding.quotes))


def _as_was(row: Disposition | None) -> dict[str, Any] | None:
    if row is None:
        return None
    return {
        "value": row.value.value,
        "officer": row.officer_id.hex,
        "refers_to": row.refers_to_id.hex if row.refers_to_id else None,
        "batch": row.batch_id.hex if row.batch_id else None,
    }


def _keep(
    comment: Comment, themes: int, details: dict[str, Any], *, actor: Actor, now: datetime, layer: str
) -> ReadingSave:
    """With the state it left, so that an undo can tell whether anyone has changed it since."""
    standing = standing_codings([comment.id], layer=layer)
    details["layer"] = layer
    details["after"] = state_of(standing.values(), disposition_of(comment.id, layer))
    save = ReadingSave(
        consultation_id=comment.consultation_id, comment_id=comment.id, officer_id=officer_of(actor),
        themes=themes, details=details, created_at=now,
    )  # fmt: skip
    session.add(save)
    session.flush()
    record(
        "read", actor=actor, now=now, subject="comment", subject_id=comment.id,
        consultation_id=comment.consultation_id, details={"themes": themes, "save": str(save.id)},
    )  # fmt: skip
    return save
