"""Freezing, publishing and withdrawing."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.actor import officer as acting
from app.database import session, transaction
from app.enums import DispositionValue, ReleaseState, Stage, Stance
from app.models import AuditEvent, Consultation, Disposition, ReportRelease, SignOff
from app.reporting.document import digest
from app.reporting.queries.releases import published_release, release_of, releases_of
from app.reporting.refusals import ReasonMissing, ReleaseChanged, StillOpen
from app.reporting.services.freeze import freeze
from app.reporting.services.release import publish, withdraw
from tests.factories.coding import a_coding
from tests.factories.comment import a_comment
from tests.factories.response import a_response
from tests.integration.reporting.conftest import CLOSED
from tests.support.clock import SettableClock
from tests.support.mixture import Mixture


def frozen(here: Mixture) -> int:
    with transaction():
        consultation = session.merge(here.consultation)
        return freeze(consultation, actor=acting(here.officer.id), now=CLOSED).number


def _id(here: Mixture, number: int) -> Any:
    found = release_of(here.consultation.id, number)
    assert found is not None
    return found.id


def published(here: Mixture, number: int) -> None:
    with transaction():
        publish(_id(here, number), actor=acting(here.officer.id), now=CLOSED)


def withdrawn(here: Mixture, number: int, *, reason: str = "A number was wrong") -> None:
    with transaction():
        withdraw(_id(here, number), reason=reason, actor=acting(here.officer.id), now=CLOSED)


def states(here: Mixture) -> dict[int, ReleaseState]:
    return {row.number: row.state for row in releases_of(here.consultation.id)}


def stage(here: Mixture, stage: Stage | None = None) -> Stage:
    with transaction():
        consultation = session.get_one(Consultation, here.consultation.id)
        consultation.stage = stage or consultation.stage
        return consultation.stage


def test_a_release_keeps_its_numbers_when_the_data_changes(mixed: Mixture) -> None:
    frozen(mixed)
    before = release_of(mixed.consultation.id, 1)
    with transaction():
        consultation = session.merge(mixed.consultation)
        comment = a_comment(a_response(consultation))
        a_coding(comment, session.merge(mixed.themes[1]), session.merge(mixed.officer), stance=Stance.SUPPORT)
        row = Disposition(comment_id=comment.id, value=DispositionValue.CODED, officer_id=mixed.officer.id)
        session.add(row)
    frozen(mixed)

    first, second = (release_of(mixed.consultation.id, number) for number in (1, 2))

    assert first is not None
    assert second is not None
    assert first == before
    received = [one.report["reconciliation"]["received"]["count"] for one in (first, second)]
    assert received[1] == received[0] + 1
    assert second.report["progress"]["decided"] == first.report["progress"]["decided"] + 1


def test_the_check_sum_is_that_of_what_is_stored(mixed: Mixture) -> None:
    frozen(mixed)
    release = session.scalars(select(ReportRelease)).one()

    assert release.sha256 == digest(release.frozen)


def test_no_release_while_a_reply_can_still_come(mixed: Mixture, clock: SettableClock) -> None:
    for now in (clock.now(), mixed.consultation.closes_at):
        with pytest.raises(StillOpen), transaction():
            freeze(session.merge(mixed.consultation), actor=acting(mixed.officer.id), now=now)


def test_a_release_is_interim_until_the_coding_is_signed_off(mixed: Mixture) -> None:
    frozen(mixed)
    with transaction():
        session.add(SignOff(consultation_id=mixed.consultation.id, officer_id=mixed.officer.id))
    frozen(mixed)

    assert {row.number: row.interim for row in releases_of(mixed.consultation.id)} == {1: True, 2: False}


def test_two_editors_who_freeze_at_once_get_two_numbers(mixed: Mixture, app: Flask) -> None:
    both, one, editor = Barrier(2), mixed.consultation.id, acting(mixed.officer.id)
    session.remove()

    def press() -> int:
        with app.app_context():
            session.get_one(Consultation, one)
            both.wait()
            with transaction():
                return freeze(session.get_one(Consultation, one), actor=editor, now=CLOSED).number

    with ThreadPoolExecutor(2) as pool:
        numbers = [future.result() for future in [pool.submit(press), pool.submit(press)]]

    assert sorted(numbers) == [1, 2]


def test_the_public_sees_the_release_that_was_published_last(mixed: Mixture) -> None:
    one = mixed.consultation.id
    frozen(mixed)
    assert published_release(one) is None

    published(mixed, 1)
    frozen(mixed)
    found = published_release(one)
    assert found is not None
    assert found.number == 1

    published(mixed, 2)
    found = published_release(one)
    assert found is not None
    assert found.number == 2
    assert states(mixed) == {1: ReleaseState.WITHDRAWN, 2: ReleaseState.PUBLISHED}

    withdrawn(mixed, 2)
    assert published_release(one) is None


def test_a_release_is_published_once_and_withdrawn_once(mixed: Mixture) -> None:
    frozen(mixed)
    published(mixed, 1)

    with pytest.raises(ReleaseChanged):
        published(mixed, 1)
    with pytest.raises(ReasonMissing):
        withdrawn(mixed, 1, reason="  ")
    withdrawn(mixed, 1)
    with pytest.raises(ReleaseChanged):
        withdrawn(mixed, 1)


def test_the_final_report_moves_the_consultation_to_reported_and_its_withdrawal_back(mixed: Mixture) -> None:
    stage(mixed, Stage.SIGNED_OFF)
    frozen(mixed)
    published(mixed, 1)
    assert stage(mixed) is Stage.REPORTED

    withdrawn(mixed, 1)
    assert stage(mixed) is Stage.SIGNED_OFF


def test_a_new_release_of_a_reported_consultation_takes_the_place_of_the_old(mixed: Mixture) -> None:
    stage(mixed, Stage.SIGNED_OFF)
    frozen(mixed)
    published(mixed, 1)
    frozen(mixed)
    published(mixed, 2)

    assert stage(mixed) is Stage.REPORTED
    assert states(mixed) == {1: ReleaseState.WITHDRAWN, 2: ReleaseState.PUBLISHED}


def test_an_interim_report_leaves_the_stage_alone(mixed: Mixture) -> None:
    stage(mixed, Stage.CLOSED)
    frozen(mixed)
    published(mixed, 1)

    assert stage(mixed) is Stage.CLOSED


def test_each_step_is_in_the_audit_log_without_a_word_of_a_response(mixed: Mixture) -> None:
    frozen(mixed)
    published(mixed, 1)
    withdrawn(mixed, 1)

    events = session.scalars(
        select(AuditEvent).where(AuditEvent.subject_kind == "report_release").order_by(AuditEvent.id)
    ).all()
    assert [event.action for event in events] == ["froze", "published", "withdrew"]
    assert all(set(event.details) <= {"number", "sha256", "reason"} for event in events)
