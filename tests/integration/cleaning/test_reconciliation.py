"""received = included + excluded + withdrawn, after any sequence of cleaning and of taking it back."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from app.accounts import actor as actors
from app.cleaning.refusals import CleaningRefused
from app.cleaning.services.decide_response import decide, item_for, reopen
from app.counting.behind import ResponseFilter, ids, responses_behind
from app.counting.cleaning import duplicates_waiting, late_waiting
from app.counting.responses import reconciliation
from app.counting.standing import Standing
from app.database import session, transaction
from app.enums import CleaningDecision, CleaningKind, ExclusionReason
from app.models import CleaningItem, Consultation, Exclusion, Response
from app.responses.services.exclude import ExclusionRefused, exclude, settle_late
from app.responses.services.restore import restore
from app.responses.services.withdraw import withdraw
from tests.factories.comment import a_comment
from tests.factories.consultation import a_consultation
from tests.factories.officer import an_officer
from tests.factories.response import SENT_AT, a_response

pytestmark = pytest.mark.both_databases

NOW = SENT_AT + timedelta(days=1)
SIZE = 6
MOVES = ("both count", "once", "combined", "later", "pair again", "test", "counts", "single again",
         "exclude", "restore", "late yes", "late no", "withdraw")  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from(MOVES), st.integers(0, SIZE - 1)), max_size=14)


@dataclass
class Desk:
    """Six responses, of which the last came late; each two neighbours may be one."""

    consultation_id: uuid.UUID
    actor: actors.Actor
    responses: list[uuid.UUID] = field(default_factory=list)
    pairs: list[uuid.UUID] = field(default_factory=list)

    def move(self, what: str, at: int) -> None:
        try:
            with transaction():
                self._moves()[what](at)
        except (CleaningRefused, ExclusionRefused):
            session.rollback()

    def _moves(self) -> dict[str, Callable[[int], object]]:
        by: dict[str, Any] = {"actor": self.actor, "now": NOW}
        again: dict[str, Any] = {"reason": "Looked again", **by}
        once, counts, later = CleaningDecision.LEFT_OUT, CleaningDecision.COUNTS, CleaningDecision.LATER
        same, one_person = ExclusionReason.DUPLICATE, ExclusionReason.COMBINED
        return {
            "both count": lambda at: decide(self._pair(at), decision=counts, **by),
            "once": lambda at: decide(self._pair(at), decision=once, reason=same, **by),
            "combined": lambda at: decide(self._pair(at), decision=once, reason=one_person, **by),
            "later": lambda at: decide(self._pair(at), decision=later, **by),
            "pair again": lambda at: reopen(self._pair(at), **again),
            "test": lambda at: decide(self._one(at), decision=once, reason=ExclusionReason.TEST, **by),
            "counts": lambda at: decide(self._one(at), decision=counts, **by),
            "single again": lambda at: reopen(self._one(at), **again),
            "exclude": lambda at: exclude(self.responses[at], reason=ExclusionReason.SPAM, **by),
            "restore": lambda at: restore(self.responses[at], **again),
            "late yes": lambda at: settle_late(self.responses[at], count_it=True, note="", **by),
            "late no": lambda at: settle_late(self.responses[at], count_it=False, note="", **by),
            "withdraw": lambda at: withdraw(
                session.get_one(Consultation, self.consultation_id),
                self.responses[at],
                actor=actors.RESPONDENT,
                now=NOW,
            ),
        }

    def _pair(self, at: int) -> uuid.UUID:
        return self.pairs[at % len(self.pairs)]

    def _one(self, at: int) -> uuid.UUID:
        return item_for(self.responses[at], kind=CleaningKind.TEST).id


def a_desk() -> Desk:
    with transaction():
        here = a_consultation(slug=f"c-{uuid.uuid4().hex[:8]}")
        desk = Desk(here.id, actors.officer(an_officer().id))
        for number in range(SIZE):
            response = a_response(here, sent_at=SENT_AT + timedelta(minutes=number), late=number == SIZE - 1)
            a_comment(response, "test")
            desk.responses.append(response.id)
        session.add(Exclusion(response_id=desk.responses[-1], reason=ExclusionReason.LATE_UNDECIDED))
        for earlier, later in zip(desk.responses, desk.responses[1:], strict=False):
            item = CleaningItem(
                consultation_id=here.id, kind=CleaningKind.DUPLICATE, other_id=earlier, response_id=later
            )
            session.add(item)
            session.flush()
            desk.pairs.append(item.id)
    return desk


def check(desk: Desk) -> None:
    session.rollback()
    sent = select(func.count()).select_from(Response).where(Response.consultation_id == desk.consultation_id)
    found = reconciliation(desk.consultation_id)

    assert found.received == session.scalar(sent) == SIZE
    assert found.included + found.excluded + found.withdrawn == found.received
    assert sum(row.count for row in found.excluded_by_reason) == found.excluded
    for standing in (Standing.INCLUDED, Standing.EXCLUDED, Standing.WITHDRAWN):
        behind = ids(responses_behind(desk.consultation_id, ResponseFilter(standing=standing)))
        assert len(behind) == len(set(behind)) == getattr(found, standing.value)
    included = set(ids(responses_behind(desk.consultation_id, ResponseFilter(standing=Standing.INCLUDED))))
    for key in session.scalars(duplicates_waiting(desk.consultation_id)):
        item = session.get_one(CleaningItem, key)
        assert {item.response_id, item.other_id} <= included
    assert not set(session.scalars(late_waiting(desk.consultation_id))) & included
    for stays in session.scalars(select(Exclusion.stays_id).where(Exclusion.reversed_at.is_(None))):
        assert stays is None or stays in included or stays not in desk.responses


@pytest.fixture
def ready(engine: Engine) -> Engine:
    return engine


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_the_sum_holds_after_any_sequence_of_cleaning(ready: Engine, steps: list[tuple[str, int]]) -> None:
    desk = a_desk()
    for what, at in steps:
        desk.move(what, at)
        check(desk)


def test_taking_every_decision_back_returns_to_the_start(ready: Engine) -> None:
    desk = a_desk()
    before = reconciliation(desk.consultation_id)
    for what, at in (("once", 0), ("test", 2), ("both count", 3)):
        desk.move(what, at)
    assert reconciliation(desk.consultation_id).excluded == before.excluded + 2

    for what, at in (("pair again", 0), ("single again", 2), ("pair again", 3)):
        desk.move(what, at)

    assert reconciliation(desk.consultation_id) == before
