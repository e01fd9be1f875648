"""Officers and respondents' requests: what waits, who takes it, the answer, and erasure from its page."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.counting.requests import count_requests_due
from app.database import session, transaction
from app.enums import RequestKind, ResponseStatus, Role
from app.models import AuditEvent, Consultation, RespondentRequest, Response
from app.responses.services.ask import one_month_on
from tests.factories.officer import a_role, an_officer
from tests.factories.request import a_request
from tests.factories.response import a_response
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.respondent import Respondent, words
from tests.support.sign_in import sign_in

BASE = "/officer/c/market-square"


def desk(app: Flask, clock: SettableClock, *roles: Role) -> AuditedClient:
    with transaction():
        officer, here = an_officer(), session.scalars(select(Consultation)).one()
        for role in roles:
            a_role(officer, role, consultation=None if role is Role.ADMINISTRATOR else here)
    client = app.test_client()
    sign_in(client, officer, at=clock.now())
    assert isinstance(client, AuditedClient)
    return client


def asked(small: Consultation, **given: object) -> str:
    with transaction():
        return a_request(a_response(small), **given).case_number


def row() -> RespondentRequest:
    session.expire_all()
    return session.scalars(select(RespondentRequest)).one()


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 6, 15), date(2026, 7, 15)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_an_answer_is_due_a_month_on(day: date, due: date) -> None:
    assert one_month_on(day) == due


def test_the_dashboard_counts_what_is_due_within_a_week_for_those_who_see_contact_matters(
    app: Flask, clock: SettableClock, small: Consultation
) -> None:
    asked(small, due_on=clock.now().date() + timedelta(days=7))
    asked(small, due_on=clock.now().date() - timedelta(days=1))
    asked(small, due_on=clock.now().date() + timedelta(days=8))
    asked(small, due_on=clock.now().date(), done_at=clock.now())

    assert count_requests_due(small.id, by=clock.now().date() + timedelta(days=7)) == 2
    assert "2 requests due this week" in words(desk(app, clock, Role.MODERATOR).page(BASE))
    assert "requests due" not in words(desk(app, clock, Role.ANALYST).page(BASE))


def test_the_list_is_paged_with_what_waits_first(
    app: Flask, clock: SettableClock, small: Consultation
) -> None:
    with transaction():
        of = a_response(small)
        for day in range(51):
            a_request(of, due_on=date(2026, 7, 1) + timedelta(days=day), case_number=f"CASE-OPEN-{day:02}")
        a_request(of, due_on=date(2026, 6, 1), done_at=clock.now(), case_number="CASE-DONE")
    client = desk(app, clock, Role.MODERATOR)

    cases = [
        [link.get_text() for link in client.page(f"{BASE}/requests?page={page}").select("td a, th a")]
        for page in ("1", "2", "99", "x")
    ]

    assert cases[0] == [f"CASE-OPEN-{day:02}" for day in range(50)] == cases[3]
    assert cases[1] == ["CASE-OPEN-50", "CASE-DONE"] == cases[2]


def test_an_officer_takes_a_request_and_answers_it_and_its_sender_reads_the_answer(
    app: Flask, clock: SettableClock, small: Consultation
) -> None:
    person = Respondent(app)
    person.start()
    person.save("traffic", cars_text="Fewer cars.")
    person.send()
    person.client.submit(f"{person.base}/reply/your-data", kind="correct", correct="I live in the town.")
    officer, at = desk(app, clock, Role.MODERATOR), f"{BASE}/requests/{row().case_number}"
    assert "I live in the town." in words(officer.page(at))
    officer.submit(f"{at}/take", _from=at)
    officer.submit(at, answer="We are looking.")
    assert "We are looking." not in words(person.open("/your-data"))

    assert officer.submit(at, answer="We have corrected it.", done="y").status_code == 303

    assert "We have corrected it." in words(person.open("/your-data"))
    assert (row().done_at, row().owner_id is not None) == (clock.now(), True)
    actions = session.scalars(
        select(AuditEvent.action).where(AuditEvent.subject_kind == "request").order_by(AuditEvent.id)
    ).all()
    assert actions == ["asked", "took", "wrote on", "finished"]


def test_of_two_officers_the_second_is_told_and_keeps_what_they_typed(
    app: Flask, clock: SettableClock, small: Consultation
) -> None:
    at = f"{BASE}/requests/{asked(small)}"
    first, second = (desk(app, clock, Role.MODERATOR) for _ in range(2))
    stale = {
        str(i["name"]): str(i["value"])
        for i in second.page(at).select(f"form[action$='{at}'] input")
        if i.get("value")
    }
    first.submit(at, answer="Mine")

    answer = second.post(at, data={**stale, "answer": "Theirs", "done": "y"})

    assert answer.status_code == 422
    assert "Another officer changed this request meanwhile." in answer.text
    assert "Theirs" in answer.text
    assert row().answer == "Mine"


def test_a_request_is_not_done_without_an_answer(
    app: Flask, clock: SettableClock, small: Consultation
) -> None:
    at = f"{BASE}/requests/{asked(small)}"

    answer = desk(app, clock, Role.MODERATOR).submit(at, answer=" ", done="y")

    assert answer.status_code == 422
    assert row().done_at is None


def test_an_administrator_erases_after_confirming_and_no_other_role_may(
    app: Flask, clock: SettableClock, small: Consultation
) -> None:
    case = asked(small, kind=RequestKind.ERASE)
    at = f"{BASE}/requests/{case}"
    moderator = desk(app, clock, Role.MODERATOR)
    assert "Erase the response" not in [a.get_text() for a in moderator.page(at).select("main a")]
    assert moderator.get(f"{at}/erase").status_code == 403
    administrator = desk(app, clock, Role.ADMINISTRATOR)
    assert administrator.submit(f"{at}/erase").status_code == 422

    assert administrator.submit(f"{at}/erase", understood="y").status_code == 303

    session.expire_all()
    assert session.scalars(select(Response.status)).all() == [ResponseStatus.ERASED]
    assert "(erased)" in words(administrator.page(at))
    assert "My area is wrong." not in words(administrator.page(at))
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "erased")).one()
    assert event.at == datetime(2026, 6, 15, 10, 0, tzinfo=UTC)


def test_a_case_of_another_consultation_is_not_found(
    app: Flask, clock: SettableClock, small: Consultation
) -> None:
    assert desk(app, clock, Role.MODERATOR).get(f"{BASE}/requests/CASE-0000-00").status_code == 404
