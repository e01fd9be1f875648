"""What a run said otherwise than the one before it, as it was told when the run finished."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.counting.frame import frame
from app.database import session
from app.enums import RunState
from app.models import ThemingRun
from app.themes.queries.cards import percent

MOST = 50  # runs to choose from


@dataclass(frozen=True)
class ThemeCompared:
    """Comments for which it is suggested: in the run before, in this one, in both. `label` is today's."""

    code: str
    label: str
    before: int
    now: int
    both: int

    @property
    def stable(self) -> int | None:
        """Per cent of those of either run that are in both."""
        either = self.before + self.now - self.both
        return None if not either else 100 if self.both == either else percent(self.both / either)


@dataclass(frozen=True)
class Flow:
    left: str
    theme: str
    comments: int


@dataclass(frozen=True)
class MovedProposal:
    before: str
    now: str
    size_before: int
    size_now: int
    both: int


@dataclass(frozen=True, kw_only=True)
class Comparison:
    number: int
    other: int
    another_encoder: bool
    comments: int
    themes: tuple[ThemeCompared, ...]  # the least stable first
    flows: tuple[Flow, ...]
    appeared: tuple[tuple[str, int], ...]
    gone: tuple[tuple[str, int], ...]
    moved: tuple[MovedProposal, ...]


@dataclass(frozen=True)
class Pair:
    number: int
    other: int


def runs_compared(consultation_id: uuid.UUID) -> list[int]:
    """Their numbers, the newest first."""
    rows = session.execute(_runs(consultation_id).order_by(ThemingRun.number.desc()).limit(MOST))
    return [number for number, figures in rows if _told(figures)]


def not_compared(consultation_id: uuid.UUID) -> Pair | None:
    """The last two runs, where the newer does not tell of the older: of those before, the rows are gone."""
    rows = session.execute(_runs(consultation_id).order_by(ThemingRun.number.desc()).limit(2)).all()
    if len(rows) < 2 or _told(rows[0].figures):
        return None
    return Pair(rows[0].number, rows[1].number)


def comparison(consultation_id: uuid.UUID, number: int) -> Comparison | None:
    row = session.execute(_runs(consultation_id).where(ThemingRun.number == number)).first()
    told = _told(row[1]) if row else None
    if told is None:
        return None
    labels = {one.code: one.label for one in frame(consultation_id).rows}
    themes = [
        ThemeCompared(code, labels.get(code, ""), *numbers) for code, numbers in told["stability"].items()
    ]
    return Comparison(
        number=number,
        other=told["with"],
        another_encoder=told.get("encoder", False),
        comments=told["comments"],
        themes=tuple(sorted(themes, key=lambda one: (one.stable or 0, one.code))),
        flows=tuple(Flow(*row) for row in told["flows"]),
        appeared=tuple((label, size) for label, size in told["proposals"]["appeared"]),
        gone=tuple((label, size) for label, size in told["proposals"]["gone"]),
        moved=tuple(MovedProposal(*row) for row in told["proposals"]["moved"]),
    )


def _runs(consultation_id: uuid.UUID) -> Any:
    return select(ThemingRun.number, ThemingRun.figures).where(
        ThemingRun.consultation_id == consultation_id, ThemingRun.state == RunState.COMPLETE
    )


def _told(figures: dict[str, Any]) -> dict[str, Any] | None:
    """Runs of earlier versions of this product told less."""
    changed = figures.get("changed")
    return changed if changed and "stability" in changed else None
