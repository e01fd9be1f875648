"""What the partners say to a theme: written, changed and taken back. The second of two officers is told."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.counting.frame import frame
from app.database import session
from app.enums import PartnerAnswerKind
from app.models import PartnerAnswer, Theme
from app.reporting.queries.partners_answers import NONE_YET, answers_given, state_of
from app.reporting.refusals import AnswerChanged
from app.responses.intake import normalise


@dataclass(frozen=True, kw_only=True)
class Said:
    kind: PartnerAnswerKind
    reason: str
    owner: str
    due: date | None = None


def answer_theme(theme_id: uuid.UUID, *, said: Said, seen: str, actor: Actor, now: datetime) -> set[str]:
    """The names of what is other than before. `seen`: the state of the answer that this was written over. It
    is the theme's own from then on: one that came with a merged theme stays as it was, for undoing the merge.

    Raises AnswerChanged.
    """
    theme, rows = _held(theme_id, seen)
    given = {**asdict(said), "reason": normalise(said.reason), "owner": " ".join(said.owner.split())}
    before = rows[-1] if rows else None
    changed = {name for name, value in given.items() if before is None or getattr(before, name) != value}
    if not changed:
        return changed
    if actor.officer_id is None:
        raise ValueError("an answer is an officer's")
    row = next((one for one in rows if one.theme_id == theme.id), None)
    if row is None:
        row = PartnerAnswer(theme_id=theme.id, created_at=now)
        session.add(row)
    for name, value in given.items():
        setattr(row, name, value)
    row.officer_id, row.updated_at = actor.officer_id, now
    session.flush()
    _note("changed" if rows else "wrote", theme, actor=actor, now=now, fields=sorted(changed))
    return changed


def take_back_answer(theme_id: uuid.UUID, *, seen: str, actor: Actor, now: datetime) -> None:
    """Those of themes that were merged into this one too, so that none of them comes to the fore.

    Raises AnswerChanged.
    """
    theme, rows = _held(theme_id, seen)
    for row in rows:
        session.delete(row)
    session.flush()
    if rows:
        _note("took back", theme, actor=actor, now=now)


def _held(theme_id: uuid.UUID, seen: str) -> tuple[Theme, list[PartnerAnswer]]:
    """One officer at a time: the theme's row is what they wait for, as there may be no answer yet."""
    theme = session.scalars(select(Theme).where(Theme.id == theme_id).with_for_update()).one()
    rows = answers_given(frame(theme.consultation_id), fresh=True).get(theme_id, [])
    if (state_of(rows[-1]) if rows else NONE_YET) != seen:
        raise AnswerChanged
    return theme, rows


def _note(action: str, theme: Theme, *, actor: Actor, now: datetime, **details: object) -> None:
    record(
        action, actor=actor, now=now, subject="partners_answer", subject_id=theme.id,
        subject_name=theme.code, consultation_id=theme.consultation_id, details=details,
    )  # fmt: skip
