"""What people take away: a copy of their reply, the whole draft, and the questions to answer on paper."""

import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from app.database import session, transaction
from app.models import Consultation
from app.rendering import pdf
from tests.support.audited_client import AuditedClient
from tests.support.pdf import ReadPdf
from tests.support.respondent import Respondent, words

HOME = "/c/market-square"
HEBREW, ARABIC = "שלום", "مرحبا"
ODD = f"Fewer cars 😀 please. {HEBREW} {ARABIC} <img src=file:///etc/passwd> {{{{ 7 * 7 }}}}"


def read(answer: TestResponse) -> ReadPdf:
    assert answer.status_code == 200, answer.text
    assert answer.mimetype == "application/pdf"
    found = ReadPdf(answer.data)
    assert found.marked
    assert found.language == "en-GB"
    return found


def close(text: str) -> str:
    """As ReadPdf.words has it."""
    return text.replace(" ", "").replace("\n", "")


def answering(app: Flask, text: str = ODD) -> Respondent:
    person = Respondent(app)
    person.start()
    person.save("traffic", cars="agree", cars_text=text)
    return person


def copy(person: Respondent, kind: str = "pdf") -> TestResponse:
    return person.client.get(f"{HOME}/reply/copy.{kind}")


def test_the_copy_is_a_tagged_pdf_with_every_word_as_it_was_written(app: Flask, small: Consultation) -> None:
    answer = copy(answering(app))
    found = read(answer)
    said = found.words()

    assert found.title == "Draft, not sent - A Better Market Square"
    assert {"/H1", "/H2", "/H3", "/P"} <= set(found.tags())
    assert close("Fewer cars 😀 please.") in said
    assert close("<img src=file:///etc/passwd> {{ 7 * 7 }}") in said
    assert "root:" not in said
    for word in (HEBREW, ARABIC):
        assert word in said or word[::-1] in said
    assert not found.pdf.attachments
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_word_of_ten_thousand_letters_is_whole_in_the_copy(app: Flask, small: Consultation) -> None:
    word = "abcdefghij" * 1000

    said = read(copy(answering(app, word))).words()

    assert word in re.sub(r"ABetterMarketSquarePage\d+of\d+", "", said)


def test_the_copy_says_whether_it_was_sent(app: Flask, small: Consultation) -> None:
    person = answering(app)
    assert "We have not received it as a response until you send it." in words(copy(person, "html"))
    person.send()
    sent = copy(person)

    assert read(sent).title.startswith("Your response")
    assert close(f"Reference {person.reference()}. Sent at 11am, Monday 15 June 2026.") in read(sent).words()
    assert sent.headers["Content-Disposition"] == f'inline; filename="response-{person.reference()}.pdf"'


def test_the_copy_as_a_file_needs_no_other(app: Flask, small: Consultation) -> None:
    answer = copy(answering(app), "html")
    page = BeautifulSoup(answer.text, "html.parser")

    assert answer.headers["Content-Disposition"] == 'attachment; filename="draft-not-sent.html"'
    assert close(ODD) in close(words(page))
    assert page.select("script, link, img, [src], [href]") == []
    assert "url(" not in answer.text
    assert "@import" not in answer.text


def test_a_copy_is_for_the_holder_of_the_link_alone_and_not_stored(app: Flask, small: Consultation) -> None:
    person, other = answering(app), Respondent(app)
    assert copy(person, "html").headers["Cache-Control"] == "no-store"
    assert [copy(other, kind).status_code for kind in ("pdf", "html")] == [403, 403]
    other.start()

    assert "Fewer cars" not in words(copy(other, "html"))


def test_the_page_of_the_copy_leads_to_both(app: Flask, small: Consultation) -> None:
    found = {str(link["href"]) for link in answering(app).open("/copy").select("main a[href]")}

    assert {f"{HOME}/reply/copy.pdf", f"{HOME}/reply/copy.html"} <= found


def test_without_a_pdf_the_page_offers_the_same_words(
    app: Flask, small: Consultation, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = answering(app)
    monkeypatch.setattr(pdf, "LONGEST_SECONDS", 0)
    answer = copy(person)
    page = BeautifulSoup(answer.text, "html.parser")

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert page.select(f"main a[href='{HOME}/reply/copy']")
    assert "Fewer cars" in words(person.open("/copy"))


def test_the_whole_draft_is_a_tagged_pdf(client: AuditedClient, small: Consultation) -> None:
    answer = client.get(f"{HOME}/draft.pdf")
    found = read(answer)

    assert found.title == "Draft plan for the square - A Better Market Square"
    assert {"/H1", "/H2", "/L", "/LI", "/P"} <= set(found.tags())
    for said in (
        "1. Traffic in the square",
        "on market days",
        "There would be twenty more stalls.",
        "Version 1",
    ):
        assert close(said) in found.words()
    assert "Commentonthis" not in found.words()


def test_a_pdf_for_everyone_is_not_sent_again_unchanged(client: AuditedClient, small: Consultation) -> None:
    first = client.get(f"{HOME}/draft.pdf")
    again = client.get(f"{HOME}/draft.pdf", headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == "no-cache"
    assert (again.status_code, again.data) == (304, b"")


def test_a_moved_closing_date_is_another_form(client: AuditedClient, small: Consultation) -> None:
    assert (
        close("reach us by 11:59pm, Tuesday 30 June 2026")
        in read(client.get(f"{HOME}/questions.pdf")).words()
    )
    with transaction():
        moved = session.merge(small)
        moved.closes_at = moved.closes_at.replace(month=7)

    assert close("Thursday 30 July 2026") in read(client.get(f"{HOME}/questions.pdf")).words()


def test_the_form_on_paper_asks_everyone_what_the_online_form_asks(
    client: AuditedClient, small: Consultation
) -> None:
    found = read(client.get(f"{HOME}/questions.pdf"))
    page = words(client.page(f"{HOME}/questions"))

    for said in (
        "2a. What is the name of your organisation?",
        "3. Where do you live?",
        "3. Where is your organisation based?",
        "4b. Why do you say that?",
        "Yes, without my name",
        "Yes, with its name",
        "Call 01632 960777.",
    ):
        assert close(said) in found.words(), said
        assert said in page
    assert page.count("4b. Why do you say that?") == 1
    for said in ("Tick up to 2 boxes.", "The plan closes the square to cars", "add your own sheets"):
        assert close(said) in found.words()
    assert {"/H1", "/H2", "/H3", "/L", "/LI"} <= set(found.tags())


def test_equality_questions_stand_on_sheets_of_their_own_at_the_end(
    client: AuditedClient, small: Consultation
) -> None:
    found = read(client.get(f"{HOME}/questions.pdf"))
    *before, last = found.pages()

    assert close("Tear off from here.") in last
    assert close("E1. What is your age group?") in last
    assert close("Is there anything else?") not in last
    assert not any("agegroup" in page for page in before)
    assert len(before) % 2 == 0, "it has a sheet of its own when both sides are printed on"
    assert "E1. What is your age group?" in words(client.page(f"{HOME}/questions"))


def test_with_no_equality_questions_there_is_no_such_sheet(
    client: AuditedClient, small: Consultation
) -> None:
    with transaction():
        session.merge(small).settings = {**small.settings, "equality": None}

    assert close("Tear off from here.") not in read(client.get(f"{HOME}/questions.pdf")).words()


def test_the_form_is_there_in_large_print(client: AuditedClient, small: Consultation) -> None:
    usual, large = (client.get(f"{HOME}/questions.pdf{query}") for query in ("", "?print=large"))
    at_the_foot = 9.0

    assert 11.0 in read(usual).sizes()
    assert min(read(large).sizes() - {at_the_foot}) >= 16
    assert len(read(large).pdf.pages) > len(read(usual).pdf.pages)
    assert large.headers["Content-Disposition"].endswith('questions-large-print.pdf"')


def test_the_consultation_leads_to_what_can_be_printed(client: AuditedClient, small: Consultation) -> None:
    found = {str(link["href"]) for link in client.page(HOME).select("main a[href]")}

    assert {f"{HOME}/draft.pdf", f"{HOME}/questions.pdf", f"{HOME}/questions.pdf?print=large"} <= found


def test_headings_of_the_form_skip_no_level(client: AuditedClient, small: Consultation) -> None:
    levels = [int(tag.name[1]) for tag in client.page(f"{HOME}/questions").find_all(re.compile("^h[1-6]$"))]

    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_what_is_not_public_is_not_found_as_a_pdf(client: AuditedClient, small: Consultation) -> None:
    for name in ("draft.pdf", "questions.pdf"):
        assert client.get(f"/c/nowhere/{name}").status_code == 404
