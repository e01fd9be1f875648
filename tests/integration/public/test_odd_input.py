"""What no page of ours sends is answered all the same, and what a person typed is never thrown away."""

import logging

import pytest
from flask import Flask
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError

from app.accounts.actor import RESPONDENT
from app.database import session, transaction
from app.enums import RespondentKind
from app.models import Answer, Comment, Consultation, Response
from app.public.routes import continuing, part
from app.responses.links import new_start_token
from app.responses.services.start import start_draft
from tests.factories.consultation import a_consultation
from tests.support.clock import SettableClock
from tests.support.respondent import Respondent, words

LETTER = "Dear sirs,\nwe are against the plan."


@pytest.fixture
def person(app: Flask, small: Consultation) -> Respondent:
    return Respondent(app)


@pytest.mark.parametrize("address", ["/c/%00", "/c/market-square/draft/%00", "/continue/%00", "/?page=%00"])
def test_an_address_with_a_nul_is_not_found(person: Respondent, address: str) -> None:
    """PostgreSQL refuses to compare it, which was an error of the server."""
    assert person.client.get(address).status_code == 404


@pytest.mark.parametrize("place", ["runs", "report/releases"])
def test_a_number_that_no_column_holds_is_not_found(person: Respondent, place: str) -> None:
    assert person.client.get(f"/officer/c/market-square/{place}/{'9' * 30}").status_code == 404


@pytest.mark.parametrize("version", ["²", "9" * 5000, "-1", "x"])
def test_a_version_that_is_no_number_is_no_version(person: Respondent, version: str) -> None:
    person.start()
    answer = person.client.submit(
        "/c/market-square/reply/traffic", **{"q-cars_text": "Words.", "seen": f"cars_text:{version}"}
    )
    assert answer.status_code == 303


def test_a_letter_typed_without_a_link_is_shown_again(person: Respondent) -> None:
    person.start("organisation", how="letter")
    hidden = _hidden(person, "/letter")
    person.client.delete_cookie("soundings_reply", path="/c/market-square")
    answer = person.client.post("/c/market-square/reply/letter", data={**hidden, "letter": LETTER})

    assert answer.status_code == 403
    assert " ".join(LETTER.split()) in words(answer)


def test_a_letter_typed_after_sending_is_shown_again(person: Respondent) -> None:
    person.start("organisation", how="letter")
    hidden = _hidden(person, "/letter")
    person.save("about-you", organisation="The club", organisation_authority="authorised")
    person.letter("The first letter.")
    person.send()
    answer = person.client.post("/c/market-square/reply/letter", data={**hidden, "letter": LETTER})

    assert answer.status_code == 409
    assert " ".join(LETTER.split()) in words(answer)


def test_words_typed_into_a_page_that_is_gone_are_shown(person: Respondent) -> None:
    """As when another device changes who replies, and this part is not asked of them."""
    person.start()
    hidden = _hidden(person, "/traffic")
    answer = person.client.post("/c/market-square/reply/no-part", data={**hidden, "q-x": "Typed here."})

    assert answer.status_code == 404
    assert "Typed here." in words(answer)


def test_a_letter_typed_while_another_device_chose_the_questions_is_kept(person: Respondent) -> None:
    person.start("organisation", how="letter")
    hidden = _hidden(person, "/letter")
    person.start("organisation", how="questions")
    answer = person.client.post("/c/market-square/reply/letter", data={**hidden, "letter": LETTER})

    assert (answer.status_code, answer.location) == (303, "/c/market-square/reply")
    assert session.scalars(select(Answer.text)).all() == [LETTER]


def test_a_letter_left_for_the_questions_is_not_sent_unseen(person: Respondent) -> None:
    person.start("organisation", how="letter")
    person.letter(LETTER)
    person.start("organisation", how="questions")
    page = words(person.open("/check"))
    assert "You have not answered any questions yet" in page
    assert "Your letter will not be sent." in page
    person.save("about-you", organisation="The club", organisation_authority="authorised")
    person.save("traffic", cars_text="Only this.")

    assert person.send().status_code == 303
    assert [comment.text for comment in session.scalars(select(Comment))] == ["Only this."]


def test_a_start_token_of_another_consultation_opens_nothing(
    person: Respondent, small: Consultation, clock: SettableClock
) -> None:
    token = new_start_token()

    def start(consultation: Consultation) -> Response | None:
        return start_draft(
            consultation,
            kind=RespondentKind.INDIVIDUAL,
            is_letter=False,
            start_token=token,
            key="k" * 32,
            actor=RESPONDENT,
            now=clock.now(),
        )

    with transaction():
        here, other = session.get_one(Consultation, small.id), a_consultation(slug="elsewhere")
        first, again, elsewhere = start(here), start(here), start(other)

    assert first is not None
    assert first is again
    assert elsewhere is None


def test_a_fault_is_logged_without_the_private_link_or_the_words(
    app: Flask, person: Respondent, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ValueError(LETTER)

    monkeypatch.setattr(continuing, "reply_by_token", fails)
    with caplog.at_level(logging.DEBUG):
        answer = person.client.get("/continue/a-private-token")

    assert answer.status_code == 500
    assert "ValueError in public.continue_link" in caplog.text
    assert "a-private-token" not in caplog.text
    assert "against the plan" not in caplog.text


def test_a_fault_shows_again_what_was_typed(
    app: Flask, small: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ValueError

    person = Respondent(app)
    person.start()
    monkeypatch.setattr(part, "save_part", fails)
    answer = person.save("traffic", cars_text="Typed on the last bus.")

    assert answer.status_code == 500
    assert "Your last saved answers are safe." in words(answer)
    assert "Typed on the last bus." in words(answer)


def test_a_post_that_makes_no_sense_shows_again_what_was_typed(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    person.start()
    person.save("traffic", cars_text="Words.")
    person.send()
    address = f"{person.base}/reply/your-data"
    answer = person.client.submit(address, kind="nonsense", correct="Kim, not Jim. " * 9)

    assert answer.status_code == 400
    assert "Kim, not Jim." in words(answer)


def test_a_database_error_does_not_carry_what_was_written(engine: Engine) -> None:
    with pytest.raises(DBAPIError) as caught, engine.connect() as connection:
        connection.execute(text("SELECT nothing FROM nowhere WHERE x = :x"), {"x": "a respondent's words"})

    assert "respondent" not in str(caught.value)


def _hidden(person: Respondent, page: str) -> dict[str, str]:
    fields = person.open(page).select("form input[type=hidden]")
    return {str(i["name"]): str(i.get("value", "")) for i in fields}
