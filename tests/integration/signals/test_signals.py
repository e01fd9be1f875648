import json
from datetime import timedelta
from typing import Any

import pytest
from altcha import Challenge, Payload, solve_challenge
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.cli.retention import delete_what_is_old
from app.database import session, transaction
from app.enums import Role
from app.models import Consultation, Response, UsedChallenge
from tests.factories.officer import a_role, an_officer
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.respondent import Respondent, words
from tests.support.sign_in import sign_in

CHECK = "/c/market-square/reply/check"


def ready(app: Flask) -> Respondent:
    person = Respondent(app)
    person.start()
    person.save("traffic", cars="agree")
    return person


def solved(person: Respondent) -> str:
    """What the browser's worker makes of the challenge on the page."""
    field = person.open("/check").select_one("input[name=proof]")
    assert field is not None
    challenge = Challenge.from_dict(json.loads(str(field["data-challenge"])))
    solution = solve_challenge(challenge)
    assert solution is not None
    return Payload(challenge, solution).to_base64()


def send(person: Respondent, **fields: str) -> TestResponse:
    answer = person.client.submit(CHECK, **fields)
    assert answer.status_code == 303
    return answer


def signals() -> list[dict[str, Any]]:
    session.rollback()
    return list(session.scalars(select(Response.signals).order_by(Response.id)))


def test_a_solved_challenge_verifies_one_response_and_no_second(app: Flask, small: Consultation) -> None:
    first, second = ready(app), ready(app)
    proof = solved(first)
    send(first, proof=proof)
    send(second, proof=proof)

    assert [one["verified"] for one in signals()] == [True, False]


@pytest.mark.parametrize("proof", ["", "nonsense", "e30=", "x" * 5_000])
def test_without_a_proof_the_response_is_taken_and_not_verified(
    app: Flask, small: Consultation, proof: str
) -> None:
    send(ready(app), proof=proof)

    assert signals()[0]["verified"] is False
    assert session.scalars(select(Response)).one().sent_at is not None


def test_the_facts_are_the_hidden_field_and_the_seconds_and_never_an_address(
    app: Flask, small: Consultation, clock: SettableClock
) -> None:
    person = ready(app)
    clock.set(clock.now() + timedelta(seconds=4))
    send(person, further_details="Buy now")

    assert signals() == [{"hidden_field_filled": True, "seconds_to_send": 4, "verified": False}]


def test_the_hidden_field_is_for_nobody_who_reads_listens_or_tabs(app: Flask, small: Consultation) -> None:
    field = ready(app).open("/check").select_one("input[name=further_details]")
    assert field is not None
    assert field.find_parent(attrs={"aria-hidden": "true"})["class"] == ["govuk-visually-hidden"]  # type: ignore[index]

    assert (field["tabindex"], field["autocomplete"]) == ("-1", "off")


def test_a_used_challenge_is_forgotten_once_it_has_expired(
    app: Flask, small: Consultation, clock: SettableClock
) -> None:
    person = ready(app)
    send(person, proof=solved(person))
    expires = session.scalars(select(UsedChallenge.expires_at)).one()
    delete_what_is_old(now=expires - timedelta(minutes=1))
    assert len(session.scalars(select(UsedChallenge)).all()) == 1
    delete_what_is_old(now=expires + timedelta(minutes=1))

    assert session.scalars(select(UsedChallenge)).all() == []


def test_officers_read_the_facts_as_sentences(app: Flask, small: Consultation, clock: SettableClock) -> None:
    person = ready(app)
    clock.set(clock.now() + timedelta(seconds=4))
    send(person)
    client = app.test_client()
    assert isinstance(client, AuditedClient)
    with transaction():
        officer = an_officer()
        a_role(officer, Role.ANALYST, consultation=session.merge(small))
    sign_in(client, officer, at=clock.now())
    page = words(client.page(f"/officer/c/market-square/responses/{person.reference()}"))

    assert "Sent 4 seconds after it was started." in page
    assert "Not verified" in page
    assert "A field that people do not see" not in page
