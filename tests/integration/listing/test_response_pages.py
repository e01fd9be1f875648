import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.database import session, transaction
from app.enums import (
    AnswerState,
    Channel,
    ExclusionReason,
    QuestionKind,
    QuestionPurpose,
    RespondentKind,
    ResponseStatus,
    Role,
)
from app.models import Consultation, Contact, Exclusion, Response
from tests.factories.coding import a_coding
from tests.factories.comment import a_comment
from tests.factories.officer import a_role, an_officer
from tests.factories.question import a_closed_question, a_question, an_answer
from tests.factories.response import a_response
from tests.factories.theme import a_theme
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.queries import counted
from tests.support.sign_in import sign_in

LIST = "/officer/c/a-bid/responses"


def references(page: BeautifulSoup) -> list[str]:
    return [cell.get_text() for cell in page.select("tbody th")]


def words(page: BeautifulSoup) -> str:
    return " ".join(page.select_one("main").get_text(" ").split())  # type: ignore[union-attr]


def test_the_list_narrows_by_filters_in_its_address_and_says_how_many(
    lead: AuditedClient, here: Consultation
) -> None:
    with transaction():
        a_response(here, reference="AB-1", channel=Channel.PAPER, area="Exeter")
        a_response(here, reference="AB-2", kind=RespondentKind.ORGANISATION, area="Exeter")
        a_response(here, reference="AB-3", status=ResponseStatus.WITHDRAWN)
        a_response(here, reference="AB-4", status=ResponseStatus.DRAFT)

    assert sorted(references(lead.page(LIST))) == ["AB-1", "AB-2", "AB-3"]
    assert "3 responses" in words(lead.page(LIST))
    assert references(lead.page(f"{LIST}?channel=paper")) == ["AB-1"]
    assert references(lead.page(f"{LIST}?area=Exeter&kind=organisation")) == ["AB-2"]
    assert sorted(references(lead.page(f"{LIST}?included=1"))) == ["AB-1", "AB-2"]
    assert references(lead.page(f"{LIST}?status=withdrawn")) == ["AB-3"]
    assert "No response fits these filters." in words(lead.page(f"{LIST}?q=nothing+like+this"))


def test_a_filter_in_force_is_a_link_that_removes_it(lead: AuditedClient, here: Consultation) -> None:
    page = lead.page(f"{LIST}?kind=individual&q=bus&kind_of_nonsense=1&channel=telepathy")

    links = page.select(".app-filters__active a")
    assert [(" ".join(link.get_text().split()), link["href"]) for link in links] == [
        ("Remove filter: Words: bus ✕", f"{LIST}?kind=individual"),
        ("Remove filter: Individual ✕", f"{LIST}?q=bus"),
        ("Clear all", LIST),
    ]
    share = page.select_one("#share-address")
    assert share is not None
    assert share.get_text() == f"http://localhost{LIST}?q=bus&kind=individual"


def test_words_are_found_in_comments_and_references(lead: AuditedClient, here: Consultation) -> None:
    with transaction():
        a_comment(a_response(here, reference="AB-1"), "More buses, please")
        a_response(here, reference="AB-2%")

    assert references(lead.page(f"{LIST}?q=bus")) == ["AB-1"]
    assert references(lead.page(f"{LIST}?q=ab-2")) == ["AB-2%"]
    assert references(lead.page(f"{LIST}?q=%25")) == []


def test_a_withdrawn_response_is_not_found_by_its_words(lead: AuditedClient, here: Consultation) -> None:
    with transaction():
        gone = a_response(here, reference="AB-1", status=ResponseStatus.WITHDRAWN)
        a_comment(gone, "The bus leaves at six.")

    assert references(lead.page(f"{LIST}?q=ab-1")) == ["AB-1"]
    assert "No response fits" in words(lead.page(f"{LIST}?q=leaves"))


def test_columns_sort_by_link_and_say_so(lead: AuditedClient, here: Consultation) -> None:
    with transaction():
        for reference in ("AB-2", "AB-1"):
            a_response(here, reference=reference)

    page = lead.page(f"{LIST}?sort=reference")
    heading = page.select_one("thead th")
    assert heading is not None
    assert heading["aria-sort"] == "ascending"
    assert references(page) == ["AB-1", "AB-2"]
    turned = lead.page(heading.select_one("a")["href"])  # type: ignore[index,arg-type]
    assert references(turned) == ["AB-2", "AB-1"]


def test_a_long_list_has_pages_and_no_more_queries_than_a_short_one(
    app: Flask, lead: AuditedClient, here: Consultation
) -> None:
    with transaction():
        a_comment(a_response(here, reference="AB-000"))
    lead.page(LIST)
    with counted(app.extensions["engine"]) as few:
        lead.page(LIST)
    with transaction():
        for number in range(60):
            a_comment(a_response(here, reference=f"AB-1{number:02}"))
    with counted(app.extensions["engine"]) as many:
        page = lead.page(LIST)

    assert len(many) == len(few)
    assert len(references(page)) == 50
    assert "Responses 1 to 50 of 61" in words(page)
    assert len(references(lead.page(f"{LIST}?page=2"))) == 11
    assert len(references(lead.page(f"{LIST}?page=99"))) == 11


def a_whole_response(here: Consultation) -> Response:
    response = a_response(here, reference="AB-1", organisation_name=None, area="Exeter")
    asked = a_question(here, "place_text", text="What of our place?", position=2, seen_by=["individual"])
    closed = [
        a_closed_question(here, key, text=f"Do you agree on {key}?", position=3, seen_by=["individual"])
        for key in ("mayor", "vision", "people", "overall")
    ]
    an_answer(response, closed[0], "agree")
    an_answer(response, closed[1], "dont_know")
    an_answer(response, closed[2], state=AnswerState.NOT_ASKED)
    comment = a_comment(
        response,
        "Ring me on 01632 960001. No bus.",
        redacted_text="Ring me on [phone]. No bus.",
        question_id=asked.id,
    )
    a_coding(comment, a_theme(here), an_officer())
    return response


def test_one_response_shows_its_answers_and_their_codings(lead: AuditedClient, here: Consultation) -> None:
    with transaction():
        a_whole_response(here)
    page = lead.page(f"{LIST}/AB-1")

    said = words(page)
    for wanted in (
        "Agree",
        "Don't know",
        "Not asked",
        "No answer",
        "PLA03",
        "What happened to it",
    ):
        assert wanted in said
    assert "Ring me on 01632 960001" in said, "a lead analyst may read the original"


def test_others_never_see_what_was_redacted(
    client: AuditedClient, here: Consultation, clock: SettableClock
) -> None:
    with transaction():
        a_whole_response(here)
        analyst = an_officer()
        a_role(analyst, Role.ANALYST, consultation=here)
    sign_in(client, analyst, at=clock.now())

    assert "01632" not in client.get(f"{LIST}/AB-1").text
    assert "Exclude" not in words(client.page(f"{LIST}/AB-1"))
    assert client.get(f"{LIST}/AB-1/exclude").status_code == 403


def test_contact_answers_are_never_on_the_page(lead: AuditedClient, here: Consultation) -> None:
    with transaction():
        response = a_response(here, reference="AB-1")
        for key, given in (
            ("email", {"contact": True, "purpose": QuestionPurpose.RESPONDENT}),
            ("age", {"purpose": QuestionPurpose.EQUALITY, "kind": QuestionKind.TEXT}),
        ):
            question = a_question(here, key, text=f"Your {key}?", seen_by=["individual"], **given)
            an_answer(response, question, state=AnswerState.ANSWERED, text=f"secret {key}")
        session.add(Contact(response_id=response.id, email="secret@example.org"))

    assert "secret" not in lead.get(f"{LIST}/AB-1").text


@pytest.mark.parametrize("reference", ["AB-9", "AB-2"])
def test_a_draft_is_nobodys_to_read(lead: AuditedClient, here: Consultation, reference: str) -> None:
    with transaction():
        a_response(here, reference="AB-2", status=ResponseStatus.DRAFT)

    assert lead.get(f"{LIST}/{reference}").status_code == 404


def test_the_words_of_a_withdrawn_response_are_gone(lead: AuditedClient, here: Consultation) -> None:
    with transaction():
        response = a_response(here, reference="AB-1", status=ResponseStatus.WITHDRAWN)
        a_comment(response, "Secret thoughts")

    page = lead.page(f"{LIST}/AB-1")
    assert "Secret" not in page.get_text()
    assert "This response was withdrawn" in words(page)


def test_an_officer_excludes_and_restores_and_the_history_tells_it(
    lead: AuditedClient, here: Consultation
) -> None:
    with transaction():
        a_response(here, reference="AB-1")
    refused = lead.submit(f"{LIST}/AB-1/exclude", note="kept words")
    assert refused.status_code == 422
    assert "Choose why this response is left out" in refused.text
    assert "kept words" in refused.text

    assert lead.submit(f"{LIST}/AB-1/exclude", reason="spam", note="An advertisement").status_code == 303
    page = words(lead.page(f"{LIST}/AB-1"))
    assert "This response is left out of the analysis: spam." in page
    assert "Left out as spam by R. Ashdown." in page
    assert lead.submit(f"{LIST}/AB-1/restore", note="").status_code == 422
    assert lead.submit(f"{LIST}/AB-1/restore", note="It is a newsletter").status_code == 303

    page = words(lead.page(f"{LIST}/AB-1"))
    assert "Put back into the analysis by R. Ashdown." in page
    assert "In the analysis" in page


def test_a_duplicate_without_its_other_is_refused_beside_the_field(
    lead: AuditedClient, here: Consultation
) -> None:
    with transaction():
        a_response(here, reference="AB-1")
    refused = lead.submit(f"{LIST}/AB-1/exclude", reason="duplicate", stays="AB-7")

    assert refused.status_code == 422
    message = BeautifulSoup(refused.text, "html.parser").select_one("#stays-error")
    assert message is not None
    assert "reference of the response that stays" in message.get_text()


def test_a_late_reply_is_decided_on_its_page(lead: AuditedClient, here: Consultation) -> None:
    with transaction():
        response = a_response(here, reference="AB-1", late=True)
        session.add(Exclusion(response_id=response.id, reason=ExclusionReason.LATE_UNDECIDED))
    assert "It is left out until it is decided." in words(lead.page(f"{LIST}/AB-1"))

    assert lead.submit(f"{LIST}/AB-1/late", decision="count").status_code == 303
    assert references(lead.page(f"{LIST}?included=1")) == ["AB-1"]
