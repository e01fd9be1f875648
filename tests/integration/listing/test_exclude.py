import uuid
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts.actor import SYSTEM
from app.counting.behind import ResponseFilter, ids, responses_behind
from app.counting.standing import Standing
from app.database import session, transaction
from app.enums import ExclusionReason, ResponseStatus
from app.models import AuditEvent, Consultation, Exclusion, Response
from app.responses.services.exclude import (
    ExclusionRefused,
    NoteMissing,
    OtherResponseMissing,
    exclude,
    settle_late,
)
from app.responses.services.restore import restore
from tests.factories.response import a_response

pytestmark = pytest.mark.usefixtures("engine")
NOW = datetime(2026, 6, 15, 10, 0, tzinfo=UTC)


def sent(here: Consultation, reference: str, **given: Any) -> uuid.UUID:
    with transaction():
        return a_response(here, reference=reference, **given).id


def leave_out(response_id: uuid.UUID, reason: ExclusionReason, **given: Any) -> None:
    with transaction():
        exclude(response_id, reason=reason, actor=SYSTEM, now=NOW, **given)


def included(here: Consultation) -> list[uuid.UUID]:
    return ids(responses_behind(here.id, ResponseFilter(standing=Standing.INCLUDED)))


def test_an_excluded_response_leaves_the_analysis_and_is_on_the_record(here: Consultation) -> None:
    response_id = sent(here, "AB-1")
    leave_out(response_id, ExclusionReason.SPAM, note="An advertisement")

    assert included(here) == []
    event = session.scalars(select(AuditEvent)).one()
    assert (event.action, event.subject_name, event.details) == ("excluded", "AB-1", {"reason": "spam"})


def test_a_second_exclusion_is_refused(here: Consultation) -> None:
    response_id = sent(here, "AB-1")
    leave_out(response_id, ExclusionReason.SPAM)

    with pytest.raises(ExclusionRefused, match="already left out"):
        leave_out(response_id, ExclusionReason.BLANK)


@pytest.mark.parametrize("status", [ResponseStatus.DRAFT, ResponseStatus.WITHDRAWN, ResponseStatus.ERASED])
def test_only_a_sent_response_can_be_excluded(here: Consultation, status: ResponseStatus) -> None:
    with pytest.raises(ExclusionRefused):
        leave_out(sent(here, "AB-1", status=status), ExclusionReason.SPAM)


def test_a_duplicate_points_to_the_one_that_stays(here: Consultation) -> None:
    first, second = sent(here, "AB-1"), sent(here, "AB-2")
    leave_out(second, ExclusionReason.DUPLICATE, stays=" ab-1 ")

    assert included(here) == [first]
    assert session.scalars(select(Exclusion)).one().stays_id == first


@pytest.mark.parametrize("stays", ["", "AB-9", "AB-2", "AB-3"])
def test_the_one_that_stays_is_another_one_that_counts(here: Consultation, stays: str) -> None:
    second, third = sent(here, "AB-2"), sent(here, "AB-3")
    leave_out(third, ExclusionReason.SPAM)

    with pytest.raises(OtherResponseMissing):
        leave_out(second, ExclusionReason.DUPLICATE, stays=stays)


def test_one_that_others_were_left_out_for_cannot_be_excluded(here: Consultation) -> None:
    first, second = sent(here, "AB-1"), sent(here, "AB-2")
    leave_out(second, ExclusionReason.COMBINED, stays="AB-1")

    with pytest.raises(ExclusionRefused, match="AB-2 is left out because this one counts"):
        leave_out(first, ExclusionReason.SPAM)


def test_other_needs_a_note(here: Consultation) -> None:
    with pytest.raises(NoteMissing):
        leave_out(sent(here, "AB-1"), ExclusionReason.OTHER, note=" ")


def test_restoring_keeps_the_exclusion_with_who_when_and_why(here: Consultation) -> None:
    response_id = sent(here, "AB-1")
    leave_out(response_id, ExclusionReason.SPAM)
    with transaction():
        restore(response_id, reason="It is a parish newsletter", actor=SYSTEM, now=NOW)

    assert included(here) == [response_id]
    row = session.scalars(select(Exclusion)).one()
    assert (row.reversed_at, row.reversed_note) == (NOW, "It is a parish newsletter")
    leave_out(response_id, ExclusionReason.BLANK)
    assert included(here) == []


def test_restoring_needs_a_reason_and_an_exclusion(here: Consultation) -> None:
    response_id = sent(here, "AB-1")
    with pytest.raises(ExclusionRefused), transaction():
        restore(response_id, reason="Why not", actor=SYSTEM, now=NOW)
    leave_out(response_id, ExclusionReason.SPAM)

    with pytest.raises(NoteMissing), transaction():
        restore(response_id, reason="", actor=SYSTEM, now=NOW)


@pytest.mark.parametrize(("count_it", "standing"), [(True, None), (False, ExclusionReason.LATE)])
def test_a_late_reply_is_decided_once(
    here: Consultation, count_it: bool, standing: ExclusionReason | None
) -> None:
    response_id = sent(here, "AB-1", late=True)
    with transaction():
        session.add(Exclusion(response_id=response_id, reason=ExclusionReason.LATE_UNDECIDED))
    with transaction():
        settle_late(response_id, count_it=count_it, note="", actor=SYSTEM, now=NOW)

    left = session.scalar(select(Exclusion.reason).where(Exclusion.reversed_at.is_(None)))
    assert left == standing
    assert session.get_one(Response, response_id).late
    with pytest.raises(ExclusionRefused), transaction():
        settle_late(response_id, count_it=True, note="", actor=SYSTEM, now=NOW)
