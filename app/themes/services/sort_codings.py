"""What an officer has sorted so far of a theme that is being split. Nothing of it is decided."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.models import Coding, SortedCoding, Theme, ThemeSorting
from app.themes.frame_refusals import SortedOtherwise
from app.themes.services.code_comment import officer_of

Places = Mapping[uuid.UUID, frozenset[int]]


def keep_sorting(
    theme_id: uuid.UUID, *, parts: Sequence[tuple[str, str]], places: Places, actor: Actor
) -> None:
    """`parts`: label and words of each; `places`: of the codings that were on the page, also those that stay.
    All officers sort one theme together: the last to sort a coding has it so. What was sorted names its parts
    by their numbers, so the labels stay the same while it is under way. A coding that is gone is left out.

    Raises SortedOtherwise.
    """
    theme = session.scalars(select(Theme).where(Theme.id == theme_id).with_for_update()).one()
    check_parts(theme_id, [label for label, _ in parts])
    row = session.scalar(select(ThemeSorting).where(ThemeSorting.theme_id == theme_id))
    if row is None:
        row = ThemeSorting(consultation_id=theme.consultation_id, theme_id=theme_id)
        session.add(row)
    row.officer_id, row.parts = officer_of(actor), [list(part) for part in parts]
    session.flush()
    there = {
        one.coding_id: one
        for one in session.scalars(
            select(SortedCoding).where(
                SortedCoding.sorting_id == row.id, SortedCoding.coding_id.in_(list(places))
            )
        )
    }
    known = set(session.scalars(select(Coding.id).where(Coding.id.in_(list(places)))))
    for coding_id, chosen in places.items():
        if coding_id not in known:
            continue
        if coding_id not in there:
            there[coding_id] = SortedCoding(sorting_id=row.id, coding_id=coding_id)
            session.add(there[coding_id])
        there[coding_id].parts = sorted(chosen)
    session.flush()


def check_parts(theme_id: uuid.UUID, labels: Sequence[str]) -> None:
    """Raises SortedOtherwise where a split into other parts is under way."""
    kept = session.scalar(
        select(ThemeSorting.parts)
        .where(ThemeSorting.theme_id == theme_id)
        .execution_options(populate_existing=True)
    )
    if kept is not None and [label for label, _ in kept] != list(labels):
        raise SortedOtherwise(label for label, _ in kept)


def throw_sorting_away(theme_id: uuid.UUID, *, actor: Actor, now: datetime) -> None:
    """That of every officer, which cannot be brought back: the audit says who did it."""
    theme = session.scalars(select(Theme).where(Theme.id == theme_id).with_for_update()).one()
    mine = select(SortedCoding.sorting_id).join(ThemeSorting).where(ThemeSorting.theme_id == theme_id)
    sorted_by_now = session.scalar(select(func.count()).select_from(mine.subquery())) or 0
    drop_sorting(theme_id)
    record(
        "threw the sorting away", actor=actor, now=now, subject="theme", subject_id=theme_id,
        subject_name=theme.code, consultation_id=theme.consultation_id, details={"codings": sorted_by_now},
    )  # fmt: skip


def drop_sorting(theme_id: uuid.UUID) -> None:
    mine = select(ThemeSorting.id).where(ThemeSorting.theme_id == theme_id)
    session.execute(
        delete(SortedCoding).where(SortedCoding.sorting_id.in_(mine)),
        execution_options={"synchronize_session": False},
    )
    session.execute(
        delete(ThemeSorting).where(ThemeSorting.theme_id == theme_id),
        execution_options={"synchronize_session": False},
    )
