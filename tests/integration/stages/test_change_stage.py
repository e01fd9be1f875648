import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from app.accounts.actor import SYSTEM
from app.consultations.queries.stage_changes import stage_changes
from app.consultations.queries.timing import Window, window
from app.consultations.services.change_dates import ClosingTooEarly, extend, set_dates
from app.consultations.services.change_stage import ReasonMissing, StageRefused, change_stage
from app.database import session, transaction
from app.enums import QuestionKind, QuestionPurpose, Stage
from app.models import Consultation, Question, QuestionVersion
from tests.factories.consultation import a_consultation

pytestmark = pytest.mark.usefixtures("engine")
NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=9)


def a_consultation_at(stage: Stage, **given: Any) -> uuid.UUID:
    with transaction():
        return a_consultation(stage=stage, **given).id


def move(consultation_id: uuid.UUID, name: str, *, now: datetime = NOW, reason: str = "") -> None:
    with transaction():
        change_stage(consultation_id, move=name, actor=SYSTEM, now=now, reason=reason)


def read(consultation_id: uuid.UUID) -> Consultation:
    session.expire_all()
    return session.get_one(Consultation, consultation_id)


def test_the_way_forward_is_draft_testing_open_closed() -> None:
    here = a_consultation_at(Stage.DRAFT)
    for name in ("test", "open", "close"):
        move(here, name)

    assert read(here).stage is Stage.CLOSED
    assert [(change.start, change.end) for change in stage_changes(here)] == [
        ("open", "closed"),
        ("testing", "open"),
        ("draft", "testing"),
    ]


def test_a_stage_cannot_be_skipped() -> None:
    here = a_consultation_at(Stage.DRAFT)

    with pytest.raises(StageRefused):
        move(here, "open")

    assert read(here).stage is Stage.DRAFT
    assert stage_changes(here) == []


def test_going_back_needs_a_reason_which_is_kept() -> None:
    here = a_consultation_at(Stage.TESTING)

    with pytest.raises(ReasonMissing):
        move(here, "draft", reason="  ")

    move(here, "draft", reason="A question was unclear")
    assert stage_changes(here)[0].reason == "A question was unclear"


def test_opening_locks_the_wording_of_every_question() -> None:
    here = a_consultation_at(Stage.TESTING)
    with transaction():
        question = Question(
            consultation_id=here,
            key="place",
            purpose=QuestionPurpose.BID,
            kind=QuestionKind.TEXT,
            part="place",
            position=1,
        )
        session.add(question)
        session.flush()
        session.add(QuestionVersion(question_id=question.id, text="What do you think?"))

    move(here, "open")

    assert [version.locked_at for version in session.query(QuestionVersion)] == [NOW]


def test_a_consultation_whose_closing_time_has_passed_cannot_be_opened() -> None:
    here = a_consultation_at(Stage.TESTING, closes_at=NOW - timedelta(minutes=1))

    with pytest.raises(StageRefused, match="closing time has passed"):
        move(here, "open")


def test_closing_now_leaves_drafts_their_grace_and_nothing_longer() -> None:
    here = a_consultation_at(Stage.OPEN, grace_minutes=30)
    move(here, "close")

    closed = read(here)
    assert closed.closes_at == NOW
    assert window(closed, now=NOW + timedelta(minutes=29)) is Window.GRACE
    assert window(closed, now=NOW + timedelta(minutes=30)) is Window.CLOSED


def test_closing_after_the_closing_time_does_not_move_it() -> None:
    closes_at = NOW - timedelta(days=1)
    here = a_consultation_at(Stage.OPEN, closes_at=closes_at)
    move(here, "close")

    assert read(here).closes_at == closes_at


def test_an_extension_moves_the_closing_time_and_is_on_the_record() -> None:
    here = a_consultation_at(Stage.OPEN)
    before = read(here).closes_at
    later = before + timedelta(days=7)
    with transaction():
        extend(here, closes_at=later, reason="The election period", actor=SYSTEM, now=NOW)

    assert read(here).closes_at == later
    (change,) = stage_changes(here)
    assert (change.action, change.reason) == ("extended", "The election period")
    assert (change.start, change.end) == (before.isoformat(), later.isoformat())


def test_extending_a_closed_consultation_opens_it_again() -> None:
    here = a_consultation_at(Stage.CLOSED, closes_at=NOW - timedelta(days=2))
    with transaction():
        extend(here, closes_at=NOW + timedelta(days=2), reason="Post was late", actor=SYSTEM, now=NOW)

    assert read(here).stage is Stage.OPEN
    assert window(read(here), now=NOW) is Window.OPEN
    assert stage_changes(here)[0].action == "reopened"


@pytest.mark.parametrize("by", [timedelta(days=-1), timedelta(0)])
def test_an_open_consultation_is_never_closed_earlier_by_its_date(by: timedelta) -> None:
    here = a_consultation_at(Stage.OPEN)

    with pytest.raises(ClosingTooEarly), transaction():
        extend(here, closes_at=read(here).closes_at + by, reason="Why not", actor=SYSTEM, now=NOW)


def test_an_extension_to_a_time_that_has_passed_is_refused() -> None:
    here = a_consultation_at(Stage.CLOSED, closes_at=NOW - timedelta(days=2))

    with pytest.raises(ClosingTooEarly), transaction():
        extend(here, closes_at=NOW - timedelta(days=1), reason="Why not", actor=SYSTEM, now=NOW)


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.SIGNED_OFF, Stage.REPORTED, Stage.ARCHIVED])
def test_other_stages_cannot_be_extended(stage: Stage) -> None:
    here = a_consultation_at(stage)

    with pytest.raises(StageRefused), transaction():
        extend(here, closes_at=NOW + timedelta(days=90), reason="Why not", actor=SYSTEM, now=NOW)


def test_before_opening_both_dates_may_change_and_afterwards_neither() -> None:
    here = a_consultation_at(Stage.TESTING)
    dates = {"opens_at": NOW + timedelta(days=1), "closes_at": NOW + timedelta(days=20)}
    with transaction():
        set_dates(here, **dates, actor=SYSTEM, now=NOW)

    assert read(here).opens_at == dates["opens_at"]
    move(here, "open")
    with pytest.raises(StageRefused), transaction():
        set_dates(here, **dates, actor=SYSTEM, now=NOW)


def test_the_closing_time_comes_after_the_opening(engine: Engine) -> None:
    here = a_consultation_at(Stage.DRAFT)

    with pytest.raises(ClosingTooEarly), transaction():
        set_dates(
            here, opens_at=NOW + timedelta(days=2), closes_at=NOW + timedelta(days=1), actor=SYSTEM, now=NOW
        )
