"""A call for help is seen as it arrives."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app import worker as app_worker
from app.database import session, transaction
from app.enums import MailKind, Role
from app.jobs.lease import Terms
from app.jobs.runner import Runner
from app.models import Comment, Consultation, Flag, OutboxMail
from app.worker import Worker
from tests.factories.officer import a_role, an_officer
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.respondent import Respondent
from tests.support.sign_in import sign_in

HELP = "I feel suicidal since the bus went."


@pytest.fixture
def person(app: Flask, small: Consultation) -> Respondent:
    person = Respondent(app)
    person.start()
    return person


def send(person: Respondent, text: str) -> None:
    person.save("traffic", cars="agree", cars_text=text)
    person.send()
    session.rollback()


def a_moderator(small: Consultation, **given: object) -> str:
    with transaction():
        here = session.get_one(Consultation, small.id)
        officer = an_officer("Mo", **given)
        a_role(officer, Role.MODERATOR, consultation=here)
        return officer.email


def test_it_is_flagged_and_moderators_get_mail_without_a_word_of_it(
    person: Respondent, small: Consultation
) -> None:
    address = a_moderator(small)
    a_moderator(small, active=False)

    send(person, HELP)

    assert session.scalars(select(Flag.code)).all() == ["ZZ11"]
    mail = session.scalars(select(OutboxMail).where(OutboxMail.kind == MailKind.ALARM)).one()
    assert mail.address == address
    assert "suicidal" not in mail.subject + mail.body
    assert "/officer/c/market-square/clean/safety" in mail.body


def test_the_dashboard_says_so_and_leads_to_it(
    app: Flask, person: Respondent, small: Consultation, client: AuditedClient, clock: SettableClock
) -> None:
    send(person, HELP)
    with transaction():
        officer = an_officer()
        a_role(officer, Role.MODERATOR, consultation=session.get_one(Consultation, small.id))
    sign_in(client, officer, at=clock.now())

    line = client.page("/officer/c/market-square").select_one(".app-todo li")

    assert line is not None
    assert line.get_text(" ", strip=True) == "1 safeguarding flag: same day"
    link = line.select_one("a")
    assert link is not None
    assert HELP in client.page(str(link["href"])).text


def test_other_words_raise_no_alarm_and_sending_twice_raises_one(
    person: Respondent, small: Consultation
) -> None:
    a_moderator(small)
    send(person, "The bus is always late.")
    assert session.scalars(select(Flag)).all() == []

    for _ in range(2):
        person.client.submit(f"{person.base}/reply/change", _from=f"{person.base}/reply/sent")
        send(person, HELP)

    assert len(session.scalars(select(Flag)).all()) == 1
    assert len(session.scalars(select(OutboxMail)).all()) == 1


def test_the_language_of_a_comment_is_marked_soon_after_it_arrived(
    app: Flask, person: Respondent, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = Worker(
        app, Runner({}, terms=Terms(lease_seconds=2, heartbeat_seconds=0.3, attempts=5), clock=clock)
    )
    person.save("market", stalls_text="More books and fewer cakes would be good for the market.")
    send(person, "Mae’r bws olaf yn mynd am bump, ac mae angen mwy ohonynt yn y pentref.")
    worker.mark_languages()
    assert languages() == ["en", "en"]

    an_hour_on = -3600  # ids that are made in haste run ahead of the clock
    monkeypatch.setattr(app_worker, "SETTLED_AFTER_SECONDS", an_hour_on)
    monkeypatch.setattr(app_worker, "LANGUAGES_EVERY_SECONDS", 0)
    Worker(app, worker._runner).mark_languages()

    assert languages() == ["cy", "en"]


def test_the_worker_looks_for_late_comments_once_a_minute_and_stands_still_for_nothing(
    app: Flask, clock: SettableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[Any] = []

    def look(**asked: Any) -> None:
        looks.append(asked["before"])
        raise RuntimeError

    monkeypatch.setattr(app_worker, "ask_for_late", look)
    terms = Terms(lease_seconds=2, heartbeat_seconds=0.3, attempts=5)
    worker = Worker(app, Runner({}, terms=terms, clock=clock))
    worker.ask_for_late()
    worker.ask_for_late()

    assert len(looks) == 1


def languages() -> list[str]:
    session.rollback()
    return sorted(session.scalars(select(Comment.language)))
