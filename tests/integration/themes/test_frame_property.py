"""Any sequence of changes of the frame, with codings between them, loses no coding and no quote; undoing all
of it in reverse returns to the start."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, select, update
from sqlalchemy.orm import selectinload

from app.accounts import actor as actors
from app.database import session, transaction
from app.enums import Stance
from app.models import (
    AuditEvent,
    Coding,
    CodingQuote,
    Consultation,
    Disposition,
    FrameOperation,
    FrameOperationItem,
    FrameVersion,
    Theme,
)
from app.themes.frame_fields import kept
from app.themes.frame_refusals import FieldRefused, UndoRefused
from app.themes.queries.frame import all_themes, in_use, resolved, sections_in_use
from app.themes.refusals import Refusal
from app.themes.services.add_theme import NewTheme, add_theme
from app.themes.services.code_comment import add_coding, remove_coding
from app.themes.services.edit_theme import edit_theme
from app.themes.services.merge_themes import merge_themes
from app.themes.services.move_theme import move_theme
from app.themes.services.retire_theme import retire_theme
from app.themes.services.split_theme import split_theme
from app.themes.services.undo_frame_operation import undo_frame_operation
from tests.factories.theme import a_net, a_theme
from tests.integration.themes.conftest import World, again

NOW = datetime(2016, 2, 1, 9, tzinfo=UTC)
LEFT = (FrameOperationItem, FrameOperation, FrameVersion, CodingQuote, Coding, Disposition, AuditEvent)
PICK = st.integers(0, 10_000)
Span = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """A standing coding: what it must be, whatever happens to the frame."""

    comment: UUID
    stance: Stance
    theme: UUID  # that it counts for
    quotes: frozenset[Span]
    copy_of: UUID | None = None


@dataclass
class Done:
    """One step of the log: a coding, or an operation with the codings that it moved."""

    kind: str
    id: UUID
    came_from: UUID | None = None
    parts: tuple[UUID, ...] = ()
    moved: set[UUID] = field(default_factory=set)
    copies: set[UUID] = field(default_factory=set)


def standing() -> dict[UUID, Row]:
    themes = resolved(session.scalars(select(Theme)))
    query = select(Coding).where(Coding.removed_at.is_(None)).options(selectinload(Coding.quotes))
    return {
        one.id: Row(
            one.comment_id,
            one.stance,
            themes[one.theme_id].id,
            frozenset((q.start, q.end) for q in one.quotes),
        )
        for one in session.scalars(query)
    }


def frame_now(consultation_id: UUID) -> dict[UUID, dict[str, Any]]:
    every = all_themes(consultation_id, fresh=True)
    return {theme.id: kept(theme) for theme in [*in_use(every), *sections_in_use(every)]}


def a_new_frame(consultation: Consultation) -> list[UUID]:
    """In the place of what an example before left: two themes of one section, and another section."""
    session.execute(update(FrameOperation).values(undone_by_id=None))
    for left in LEFT:
        session.execute(delete(left))
    session.execute(delete(Theme).where(Theme.is_net.is_(False)))
    session.execute(delete(Theme))
    a_net(consultation, code="GOV", label="Governance")
    net = a_net(consultation)
    buses = a_theme(consultation, parent_id=net.id)
    homes = a_theme(consultation, parent_id=net.id, code="PLA07", label="Affordable homes", position=1)
    return [buses.id, buses.id, homes.id, homes.id]


class FrameMachine(RuleBasedStateMachine):
    world: World

    def __init__(self) -> None:
        super().__init__()
        self.here = self.world.consultation.id
        self.actor = actors.officer(self.world.lead.id)
        with transaction():
            themes = a_new_frame(again(self.world.consultation))
        for number, theme_id in enumerate(themes):
            self._code(number, theme_id, Stance.CONCERN, number % 3)
        self.rows = standing()
        self.start, self.start_frame = dict(self.rows), frame_now(self.here)
        self.log: list[Done] = []
        self.root: dict[UUID, UUID] = {}  # of a copy, the coding that an officer made
        self.labels = 0

    def teardown(self) -> None:
        for done in reversed(self.log):
            if done.kind == "coding":
                for key in [key for key in self.rows if self.root.get(key, key) == done.id]:
                    self._remove(key)
            else:
                self._undo(done)
        assert _without_copies(self.rows) == _without_copies(self.start)
        assert standing() == _without_copies(self.rows)
        assert frame_now(self.here) == self.start_frame
        session.remove()

    @rule(section=PICK)
    def add(self, section: int) -> None:
        self.labels += 1
        new = NewTheme(label=f"New theme {self.labels}", section_id=self._section(section).id)
        theme, operation = self._do(add_theme, new)
        self.log.append(Done("add", operation.id, came_from=theme.id))

    @rule(which=PICK, label=st.booleans())
    def edit(self, which: int, label: bool) -> None:
        theme = self._theme(which)
        self.labels += 1
        given = {"label": f"Renamed {self.labels}"} if label else {"definition": f"Defined {self.labels}"}
        operation = self._do(edit_theme, theme.id, seen=theme.version, given=given)
        self.log.append(Done("edit", operation.id))

    @rule(which=PICK, section=PICK)
    def move(self, which: int, section: int) -> None:
        try:
            operation = self._do(move_theme, self._theme(which).id, section_id=self._section(section).id)
        except FieldRefused:
            return
        self.log.append(Done("move", operation.id))

    @precondition(lambda self: len(self._themes()) > 1)
    @rule(which=PICK, into=PICK, retire=st.booleans())
    def merge(self, which: int, into: int, retire: bool) -> None:
        goes, stays = self._theme(which), self._theme(into)
        if goes.id == stays.id:
            return
        if retire:
            operation = self._do(retire_theme, goes.id, goes_to=stays.id)
        else:
            operation = self._do(merge_themes, goes.id, into_id=stays.id)
        moved = self._on(goes.id)
        self._put(moved, stays.id)
        self.log.append(Done("merge", operation.id, came_from=goes.id, moved=moved))

    @rule(which=PICK, choices=st.lists(st.sampled_from([(), (0,), (1,), (0, 1)]), min_size=1, max_size=6))
    def split(self, which: int, choices: list[tuple[int, ...]]) -> None:
        theme = self._theme(which)
        on = sorted(self._on(theme.id))
        places = {key: frozenset(choices[n % len(choices)]) for n, key in enumerate(on)}
        self.labels += 1
        parts = [NewTheme(label=f"Part {self.labels}{side}", section_id=theme.parent_id) for side in "AB"]
        operation = self._do(split_theme, theme.id, parts=parts, places=places)
        made = self._made(operation.details["parts"])
        moved = {key for key in on if places[key]}
        for key in moved:
            self._put({key}, made[min(places[key])])
        copies = self._copies(operation.id)
        found = standing()
        for key, original in copies.items():
            assert found[key].theme == made[1]
            self.rows[key] = replace(self.rows[original], theme=made[1], copy_of=original)
            self.root[key] = self.root.get(original, original)
        self.log.append(
            Done("split", operation.id, came_from=theme.id, parts=made, moved=moved, copies=set(copies))
        )

    @rule(which=PICK)
    def retire(self, which: int) -> None:
        theme = self._theme(which)
        try:
            operation = self._do(retire_theme, theme.id)
        except Refusal:
            assert self._on(theme.id), "a theme without codings can always be retired"
            return
        assert not self._on(theme.id), "a theme was retired under its codings"
        self.log.append(Done("retire", operation.id))

    @rule(comment=PICK, which=PICK, stance=st.sampled_from(list(Stance)), at=st.integers(0, 2))
    def code(self, comment: int, which: int, stance: Stance, at: int) -> None:
        key = self._code(comment, self._theme(which).id, stance, at)
        found = standing()[key]
        if key in self.rows:
            assert found.quotes >= self.rows[key].quotes
            self.rows[key] = replace(self.rows[key], quotes=found.quotes)
            if key in self.start:
                self.start[key] = replace(self.start[key], quotes=self.start[key].quotes | found.quotes)
            return
        self.rows[key] = found
        self.log.append(Done("coding", key))

    @rule(which=PICK)
    def undo_any(self, which: int) -> None:
        operations = [done for done in self.log if done.kind != "coding"]
        if not operations:
            return
        done = operations[which % len(operations)]
        try:
            self._undo(done)
        except UndoRefused:
            return
        self.log.remove(done)

    @rule(which=PICK)
    def take_off(self, which: int) -> None:
        mine = [key for key in self.rows if key not in self.start and self.rows[key].copy_of is None]
        if mine:
            self._remove(sorted(mine)[which % len(mine)])

    @invariant()
    def nothing_is_lost(self) -> None:
        found = standing()
        assert found == _without_copies(self.rows)
        usable = {theme.id for theme in self._themes()}
        assert {row.theme for row in found.values()} <= usable, (
            "a coding counts for a theme that is not in use"
        )

    def _undo(self, done: Done) -> None:
        self._do(undo_frame_operation, done.id)
        if done.kind == "merge":
            assert done.came_from is not None
            self._put(done.moved & self.rows.keys(), done.came_from)
        elif done.kind == "split":
            assert done.came_from is not None
            for key in done.copies & self.rows.keys():
                self._drop_copy(key)
            for part in done.parts:
                self._put(self._on(part), done.came_from)

    def _drop_copy(self, key: UUID) -> None:
        original = self.rows[key].copy_of
        if original not in self.rows:
            return
        quotes = self.rows[original].quotes | self.rows.pop(key).quotes
        self.rows[original] = replace(self.rows[original], quotes=quotes)
        if original in self.start:
            self.start[original] = replace(self.start[original], quotes=quotes)

    def _do(self, service: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with transaction():
            return service(*args, consultation_id=self.here, actor=self.actor, now=NOW, **kwargs)

    def _code(self, comment: int, theme_id: UUID, stance: Stance, at: int) -> UUID:
        chosen = self.world.comments[comment % 3]  # few, so that the same theme and stance meet again
        with transaction():
            coding = add_coding(
                chosen.id, theme_id=theme_id, stance=stance, quotes=[(at, at + 5)],
                actor=actors.officer(self.world.officer.id), now=NOW,
            )  # fmt: skip
            return coding.id

    def _remove(self, key: UUID) -> None:
        with transaction():
            remove_coding(key, actor=actors.officer(self.world.officer.id), now=NOW)
        del self.rows[key]

    def _themes(self) -> list[Theme]:
        return in_use(all_themes(self.here, fresh=True))

    def _theme(self, which: int) -> Theme:
        themes = self._themes()
        return themes[which % len(themes)]

    def _section(self, which: int) -> Theme:
        sections = sections_in_use(all_themes(self.here, fresh=True))
        return sections[which % len(sections)]

    def _on(self, theme_id: UUID) -> set[UUID]:
        return {key for key, row in self.rows.items() if row.theme == theme_id}

    def _put(self, keys: set[UUID], theme_id: UUID) -> None:
        for key in keys:
            self.rows[key] = replace(self.rows[key], theme=theme_id)

    def _made(self, codes: list[str]) -> tuple[UUID, ...]:
        ids = {theme.code: theme.id for theme in all_themes(self.here)}
        return tuple(ids[code] for code in codes)

    def _copies(self, operation_id: UUID) -> dict[UUID, UUID]:
        query = select(FrameOperationItem).where(FrameOperationItem.operation_id == operation_id)
        return {
            item.coding_id: UUID(item.before["copy_of"])
            for item in session.scalars(query)
            if item.coding_id and item.before and "copy_of" in item.before
        }


def _without_copies(rows: dict[UUID, Row]) -> dict[UUID, Row]:
    """As rows are compared: what a copy was made of is the model's own knowledge."""
    return {key: replace(row, copy_of=None) for key, row in rows.items()}


def test_no_sequence_of_changes_loses_a_coding_and_undoing_all_returns_to_the_start(world: World) -> None:
    machine = type("Machine", (FrameMachine,), {"world": world})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=8, stateful_step_count=15, deadline=None, database=None, derandomize=True,
            suppress_health_check=list(HealthCheck), phases=[Phase.generate],
        ),
    )  # fmt: skip
