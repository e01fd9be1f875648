"""An organisation's colleagues write parts without accounts; the lead takes them in and sends one reply."""

import logging
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Engine, inspect, text

from app.models import Consultation
from tests.support.clock import SettableClock
from tests.support.colleague import Colleague, button_beside, decide, invitation, invite
from tests.support.respondent import Respondent, words

pytestmark = pytest.mark.both_databases

SENT = {"organisation": "Milbury Traders", "organisation_authority": "authorised"}


@pytest.fixture
def lead(app: Flask, small: Consultation) -> Respondent:
    lead = Respondent(app)
    lead.start("organisation", how="questions")
    lead.save("about-you", **SENT)
    invite(lead)
    return lead


@pytest.fixture
def anna(app: Flask, lead: Respondent) -> Colleague:
    return Colleague(app, invitation(lead)[0])


def answer(lead: Respondent, part: str = "traffic", field: str = "q-cars_text") -> str:
    area = lead.open(f"/{part}").select_one(f"[name={field}]")
    assert area is not None
    return area.get_text().strip()


def test_a_colleagues_text_is_read_added_and_sent_as_the_organisations(
    lead: Respondent, anna: Colleague
) -> None:
    lead.save("traffic", cars_text="Our own words.")
    assert (
        anna.write("traffic", name="Anna Penhale", cars_text="Vans need the north side.").status_code == 303
    )
    assert "What colleagues wrote (1 new)" in words(lead.open())
    page = words(lead.open("/colleagues"))
    for shown in ("Anna Penhale", "Vans need the north side.", "Our own words.", "Why do you say that?"):
        assert shown in page

    assert decide(lead, "Vans need the north side.").status_code == 303
    lead.send()
    copy = words(lead.open("/copy"))

    assert "Our own words. Vans need the north side." in copy
    assert "Penhale" not in copy


def test_one_colleague_too_many_keeps_the_words_they_typed(
    anna: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.responses.services.contribute.MOST_COLLEAGUES", 0)

    refused = anna.write("traffic", name="Anna Penhale", cars_text="Vans need the north side.")

    assert refused.status_code == 422
    assert "As many people write for this organisation as one reply can take." in refused.text
    assert "Vans need the north side." in refused.text


def test_the_invitation_is_offered_to_organisations_alone(app: Flask, small: Consultation) -> None:
    resident = Respondent(app)
    resident.start()

    assert "colleagues" not in words(resident.open())
    assert resident.client.get(f"{resident.base}/reply/invite").status_code == 404
    assert resident.client.get(f"{resident.base}/reply/colleagues").status_code == 404


def test_a_colleague_sees_neither_the_draft_nor_other_colleagues_nor_contact_details(
    app: Flask, lead: Respondent, anna: Colleague
) -> None:
    lead.save("traffic", cars_text="The draft of the lead.", cars="agree")
    lead.save("publication", email="lead@example.org", email_uses="copy")
    ben = Colleague(app, invitation(lead)[0])
    ben.write("traffic", name="Ben Oduya", cars_text="What Ben thinks.")
    pages = "".join(words(anna.open(page)) for page in ("/parts", "/parts/traffic", "/parts/market"))

    assert "The plan closes the square to cars" in pages
    for planted in ("The draft of the lead", "lead@example.org", "Ben", "Milbury Traders", lead.code()):
        assert planted not in pages
    for path in ("/c/market-square/reply", "/c/market-square/reply/check", "/c/market-square/reply/copy"):
        assert anna.client.get(path).status_code == 403


def test_a_colleague_comes_back_to_their_own_words(lead: Respondent, anna: Colleague) -> None:
    anna.write("traffic", name="Anna", cars_text="First words.")
    page = anna.open("/parts/traffic")
    field, name = page.select_one("#q-cars_text"), page.select_one("input[name=name]")

    assert field is not None
    assert field.get_text().strip() == "First words."
    assert name is not None
    assert name["value"] == "Anna"
    assert page.select_one("[name=q-cars]") is None


def test_the_code_opens_the_parts_however_it_is_typed_and_keeps_this_devices_words(
    app: Flask, lead: Respondent, anna: Colleague
) -> None:
    anna.write("traffic", cars_text="First words.")
    typed = invitation(lead)[1].lower().replace("-", " ")
    for person, own in ((anna, True), (Colleague(app), False)):
        assert person.client.submit("/contribute", code=typed).location == "/contribute/parts"
        assert ("First words." in words(person.open("/parts/traffic"))) is own


def test_codes_of_invitations_cannot_be_guessed_one_after_another(app: Flask, lead: Respondent) -> None:
    code, guesser = invitation(lead)[1], Colleague(app)
    for _ in range(20):
        assert guesser.client.submit("/contribute", code="KTMC-4927-XQPD").status_code == 422
    assert guesser.client.submit("/contribute", code="KTMC-4927-XQPD").status_code == 429
    assert guesser.client.submit("/contribute", code=code).status_code == 303


def test_the_private_link_and_the_invitation_do_not_open_each_other(app: Flask, lead: Respondent) -> None:
    (link, code), other = invitation(lead), Colleague(app).client

    assert other.get(link.replace("contribute", "continue")).status_code == 404
    assert other.get(lead.link().replace("continue", "contribute")).status_code == 404
    assert other.submit("/continue", code=code).status_code == 422
    assert other.submit("/contribute", code=lead.code()).status_code == 422


def test_two_colleagues_and_the_lead_at_once_lose_nothing(
    app: Flask, lead: Respondent, anna: Colleague
) -> None:
    ben = Colleague(app, invitation(lead)[0])
    open_page = lead.open("/traffic")
    anna.write("traffic", cars_text="From Anna.")
    ben.write("traffic", cars_text="From Ben.")
    decide(lead, "From Anna.")
    hidden = {str(i["name"]): str(i["value"]) for i in open_page.select("form input[type=hidden]")}
    clash = lead.client.post(f"{lead.base}/reply/traffic", data={**hidden, "q-cars_text": "Typed before."})
    assert clash.status_code == 422
    for kept in ("From Anna.", "Typed before."):
        assert kept in words(clash)
    decide(lead, "From Ben.")

    assert answer(lead) == "From Anna.\n\nFrom Ben."


def test_a_second_press_adds_once(lead: Respondent, anna: Colleague) -> None:
    anna.write("traffic", cars_text="Once only.")
    press = button_beside(lead, "Once only.")
    for _ in range(2):
        assert lead.client.post(f"{lead.base}/reply/colleagues", data=press).status_code == 303

    assert answer(lead) == "Once only."


def test_a_text_that_changed_meanwhile_is_not_added_unread(lead: Respondent, anna: Colleague) -> None:
    anna.write("traffic", cars_text="As it was.")
    press = button_beside(lead, "As it was.")
    anna.write("traffic", cars_text="As it is.")
    refused = lead.client.post(f"{lead.base}/reply/colleagues", data=press)

    assert refused.status_code == 409
    assert "has changed this text" in words(refused)
    assert answer(lead) == ""


def test_a_text_changed_after_it_was_added_is_new_again_and_takes_its_own_place(
    lead: Respondent, anna: Colleague
) -> None:
    lead.save("traffic", cars_text="Before.")
    anna.write("traffic", cars_text="First.")
    decide(lead, "First.")
    lead.save("traffic", cars_text=answer(lead) + "\n\nAfter.")
    anna.write("traffic", cars_text="Second.")
    assert "Changed since you added it" in words(lead.open("/colleagues"))
    decide(lead, "Second.")

    assert answer(lead) == "Before.\n\nSecond.\n\nAfter."


def test_what_is_left_out_is_not_sent_is_named_and_does_not_block(
    app: Flask, lead: Respondent, anna: Colleague
) -> None:
    ben = Colleague(app, invitation(lead)[0])
    lead.save("traffic", cars_text="Ours.")
    anna.write("traffic", cars_text="Left out words.")
    ben.write("market", stalls_text="Unread words.")
    decide(lead, "Left out words.", button="leave_out")
    assert "2 texts from colleagues are not in your response. You left out 1." in words(lead.open("/check"))

    assert lead.send().status_code == 303
    copy = words(lead.open("/copy"))
    assert "Left out words." not in copy
    assert "Unread words." not in copy


def test_two_windows_of_one_colleague_lose_nothing(lead: Respondent, anna: Colleague) -> None:
    page = anna.open("/parts/traffic")
    hidden = {str(i["name"]): str(i["value"]) for i in page.select("main form input[type=hidden]")}
    anna.write("traffic", cars_text="From the other window.")
    clash = anna.client.post("/contribute/parts/traffic", data={**hidden, "q-cars_text": "From this one."})
    assert clash.status_code == 422
    for kept in ("From the other window.", "From this one."):
        assert kept in words(clash)


@pytest.mark.parametrize("how", ["sent", "closed", "ended"])
def test_after_the_end_a_colleague_reads_why_and_keeps_their_words(
    lead: Respondent, anna: Colleague, clock: SettableClock, small: Consultation, how: str
) -> None:
    anna.write("traffic", cars_text="Written in time.")
    page = anna.open("/parts/traffic")
    hidden = {str(i["name"]): str(i["value"]) for i in page.select("main form input[type=hidden]")}
    if how == "sent":
        decide(lead, "Written in time.")
        lead.send()
    elif how == "closed":
        clock.set(small.closes_at + timedelta(hours=1))
    else:
        lead.client.submit(f"{lead.base}/reply/invite/end", _from=f"{lead.base}/reply/invite")
    told = words(anna.open())
    refused = anna.client.post("/contribute/parts/traffic", data={**hidden, "q-cars_text": "Too late."})

    said = {"sent": "sent its response at", "closed": "closed at", "ended": "invitation has ended"}
    assert said[how] in told
    assert "Written in time." in told
    assert refused.status_code == 409
    assert "Too late." in words(refused)
    assert anna.client.get("/contribute/parts/traffic").location == "/contribute/parts"


def test_a_new_link_ends_the_old_one_and_a_second_press_keeps_the_new_one(
    app: Flask, lead: Respondent, anna: Colleague
) -> None:
    anna.write("traffic", cars_text="Words of before.")
    old = invitation(lead)
    page = lead.open("/invite")
    form = next(form for form in page.find_all("form") if form.select_one("[name=instead_of]"))
    press = {str(i["name"]): str(i["value"]) for i in form.select("input")}
    lead.client.post(f"{lead.base}/reply/invite", data=press)
    new = invitation(lead)
    lead.client.post(f"{lead.base}/reply/invite", data=press)

    assert invitation(lead) == new
    assert new != old
    assert Colleague(app).client.submit("/contribute", code=old[1]).status_code == 422
    assert "invitation has ended" in words(anna.open())
    anna.client.get(new[0])
    assert "Words of before." in words(anna.open("/parts/traffic"))


def test_words_posted_without_an_invitation_are_shown_and_not_stored(anna: Colleague) -> None:
    page = anna.open("/parts/traffic")
    hidden = {str(i["name"]): str(i["value"]) for i in page.select("main form input[type=hidden]")}
    anna.client.submit("/contribute/leave", _from="/contribute/parts")
    refused = anna.client.post("/contribute/parts/traffic", data={**hidden, "q-cars_text": "Typed late."})

    assert refused.status_code == 403
    assert "Typed late." in words(refused)


def test_a_colleague_writes_part_of_a_letter(app: Flask, lead: Respondent) -> None:
    clerk = Respondent(app)
    clerk.start("organisation", how="letter")
    clerk.letter("Dear officers.")
    invite(clerk)
    colleague = Colleague(app, invitation(clerk)[0])
    colleague.write("letter", letter="And the buses.")
    decide(clerk, "And the buses.")

    assert answer(clerk, "letter", "letter") == "Dear officers.\n\nAnd the buses."


def test_neither_the_link_nor_the_code_nor_a_name_stands_where_it_should_not(
    lead: Respondent, anna: Colleague, engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    anna.write("traffic", name="Anna Penhale", cars_text="Vans.")
    decide(lead, "Vans.")
    lead.send()
    cookie = anna.client.get_cookie("soundings_colleague", path="/contribute")
    assert cookie is not None
    tokens = cookie.value.split(".")
    with engine.connect() as connection:
        rows = {
            table: str(connection.execute(text(f'SELECT * FROM "{table}"')).all())  # noqa: S608
            for table in inspect(engine).get_table_names()
        }

    assert [table for table, row in rows.items() if any(token in row for token in tokens)] == []
    assert [table for table, row in rows.items() if "Penhale" in row] == ["contributor"]
    assert "Penhale" not in caplog.text
