"""What officers make of the machine's suggestions. A decision is remembered: no later run asks it again."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.counting.behind import standing_coding
from app.database import blocks, session
from app.enums import CodingSource, Decision, Stance
from app.models import Coding, Suggestion, SuggestionDecision
from app.themes.quotes import Span
from app.themes.refusals import CommentNotHere, DecidedOtherwise, SuggestionGone
from app.themes.services.ask_to_learn import ask_to_learn
from app.themes.services.code_comment import officer_of, remove_coding
from app.themes.services.write_codings import NewCoding, lock_comments, write_codings

Pair = tuple[uuid.UUID, uuid.UUID]


def accept_suggestion(
    suggestion_id: uuid.UUID,
    *,
    actor: Actor,
    now: datetime,
    stance: Stance | None = None,
    quotes: Sequence[Span] = (),
) -> Coding:
    """The suggestion's own stance and span unless others are given."""
    suggestion = _suggestion(suggestion_id)
    return accept_all([suggestion], actor=actor, now=now, stance=stance, quotes=quotes)[0]


def accept_all(
    suggestions: Sequence[Suggestion],
    *,
    actor: Actor,
    now: datetime,
    stance: Stance | None = None,
    quotes: Sequence[Span] = (),
) -> list[Coding]:
    """Each read and accepted singly, such as the ticked ones of a page. Raises DecidedOtherwise."""
    lock_undecided(suggestions, Decision.ACCEPTED)
    new = [as_coding(one, stance=stance, quotes=quotes) for one in suggestions]
    written = write_codings(new, officer_id=officer_of(actor), source=CodingSource.SINGLE)
    decided = remember(suggestions, Decision.ACCEPTED, officer_id=officer_of(actor))
    record_decided("accepted", decided, actor=actor, now=now)
    return written.codings


def dismiss_all(suggestions: Sequence[Suggestion], *, actor: Actor, now: datetime) -> None:
    """Raises DecidedOtherwise."""
    lock_undecided(suggestions, Decision.DISMISSED)
    decided = remember(suggestions, Decision.DISMISSED, officer_id=officer_of(actor))
    record_decided("dismissed", decided, actor=actor, now=now)


def dismiss_suggestion(suggestion_id: uuid.UUID, *, actor: Actor, now: datetime) -> None:
    dismiss_all([_suggestion(suggestion_id)], actor=actor, now=now)


def undo_decision(comment_id: uuid.UUID, *, theme_id: uuid.UUID, actor: Actor, now: datetime) -> None:
    """The suggestion waits again; a coding that came from accepting it goes."""
    comments = lock_comments([comment_id])
    if comment_id not in comments:
        raise CommentNotHere
    row = decisions([(comment_id, theme_id)]).get((comment_id, theme_id))
    if row is None:
        return
    if row.decision is Decision.ACCEPTED:
        _remove_accepted(comment_id, theme_id, actor=actor, now=now)
    session.delete(row)
    session.flush()
    record(
        "undid", actor=actor, now=now, subject="suggestion", subject_id=comment_id,
        consultation_id=comments[comment_id].consultation_id, details={"theme": str(theme_id)},
    )  # fmt: skip


def find_suggestions(ids: Iterable[uuid.UUID], *, consultation_id: uuid.UUID) -> list[Suggestion]:
    """In the order of the ids. Raises SuggestionGone if one was replaced by a newer run."""
    wanted = list(dict.fromkeys(ids))
    found: dict[uuid.UUID, Suggestion] = {}
    for block in blocks(wanted):
        query = select(Suggestion).where(Suggestion.id.in_(block))
        found.update((row.id, row) for row in session.scalars(query))
    if any(key not in found or found[key].theme.consultation_id != consultation_id for key in wanted):
        raise SuggestionGone
    return [found[key] for key in wanted]


def as_coding(
    suggestion: Suggestion, *, stance: Stance | None = None, quotes: Sequence[Span] = ()
) -> NewCoding:
    return NewCoding(
        suggestion.comment_id,
        suggestion.theme_id,
        stance or suggestion.stance,
        tuple(quotes) or ((suggestion.start, suggestion.end),),
        suggestion.id,
    )


def remember(
    suggestions: Sequence[Suggestion],
    decision: Decision,
    *,
    officer_id: uuid.UUID,
    batch_id: uuid.UUID | None = None,
) -> list[Suggestion]:
    """Those that this decided; what was decided before stands. The comments must be locked."""
    there = decisions([(one.comment_id, one.theme_id) for one in suggestions])
    fresh = [one for one in suggestions if (one.comment_id, one.theme_id) not in there]
    session.add_all(
        SuggestionDecision(
            comment_id=one.comment_id, theme_id=one.theme_id, decision=decision,
            officer_id=officer_id, run_id=one.run_id, batch_id=batch_id,
        )
        for one in fresh
    )  # fmt: skip
    session.flush()
    return fresh


def decisions(pairs: Sequence[Pair]) -> dict[Pair, SuggestionDecision]:
    wanted, found = set(pairs), {}
    comments = sorted({comment for comment, _ in pairs})
    for block in blocks(comments):
        query = select(SuggestionDecision).where(SuggestionDecision.comment_id.in_(block))
        for row in session.scalars(query):
            if (row.comment_id, row.theme_id) in wanted:
                found[row.comment_id, row.theme_id] = row
    return found


def lock_undecided(suggestions: Sequence[Suggestion], decision: Decision) -> None:
    """Decided the same already, as by a second press of the button, is no reason to refuse."""
    lock_comments({one.comment_id for one in suggestions})
    there = decisions([(one.comment_id, one.theme_id) for one in suggestions])
    if any(row.decision is not decision for row in there.values()):
        raise DecidedOtherwise


def _suggestion(suggestion_id: uuid.UUID) -> Suggestion:
    found = session.get(Suggestion, suggestion_id)
    if found is None:
        raise SuggestionGone
    return found


def _remove_accepted(comment_id: uuid.UUID, theme_id: uuid.UUID, *, actor: Actor, now: datetime) -> None:
    query = (
        select(Coding.id)
        .join(Suggestion, Suggestion.id == Coding.suggestion_id)
        .where(
            Coding.comment_id == comment_id,
            Suggestion.theme_id == theme_id,
            standing_coding(),
        )
    )
    for coding_id in session.scalars(query).all():
        remove_coding(coding_id, actor=actor, now=now)


def record_decided(action: str, decided: Sequence[Suggestion], *, actor: Actor, now: datetime) -> None:
    """One row, whether one or a page of suggestions was decided; none when nothing was left to decide."""
    if not decided:
        return
    first = decided[0]
    record(
        action, actor=actor, now=now, subject="suggestion", subject_id=first.comment_id,
        subject_name=first.theme.code if len({one.theme_id for one in decided}) == 1 else "",
        consultation_id=first.theme.consultation_id,
        details={"suggestions": [str(one.id) for one in decided]},
    )  # fmt: skip
    ask_to_learn(first.theme.consultation_id, now=now)
