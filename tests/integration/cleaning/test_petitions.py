"""One response with many signatures: recorded, replaced and taken back."""

from bs4 import BeautifulSoup

from app.counting.responses import reconciliation
from app.database import transaction
from app.models import Consultation
from tests.factories.response import a_response
from tests.integration.cleaning.campaign import LEDGER
from tests.integration.cleaning.pages import words
from tests.support.audited_client import AuditedClient


def test_a_petition_is_one_response_whatever_the_number_of_signatures(
    lead: AuditedClient, here: Consultation
) -> None:
    with transaction():
        a_response(here, reference="AB-1")
    address = f"{LEDGER}/petitions"
    assert lead.submit(address, LEDGER, reference="AB-9", title="A bus", signatories="412").status_code == 422

    assert lead.submit(address, LEDGER, reference="ab-1", title="A bus", signatories="412").status_code == 303

    found = reconciliation(here.id)
    assert (found.received, found.included, found.petitions) == (1, 1, 1)
    assert "AB-1 A bus 412" in words(lead.page(LEDGER))


def removal(lead: AuditedClient) -> dict[str, str]:
    form = lead.page(LEDGER).select_one("form[action$='/petitions/remove']")
    assert form is not None
    return {str(one["name"]): str(one["value"]) for one in form.select("input")}


def test_a_petition_taken_back_says_what_was_recorded_so_that_it_can_be_recorded_again(
    lead: AuditedClient, here: Consultation
) -> None:
    with transaction():
        a_response(here, reference="AB-1")
    address = f"{LEDGER}/petitions"
    lead.submit(address, LEDGER, reference="AB-1", title="A bus", signatories="1412")

    assert lead.post(f"{address}/remove", data=removal(lead)).status_code == 303

    assert reconciliation(here.id).petitions == 0
    assert "record it again with “A bus” and 1,412 signatures" in words(lead.page(LEDGER))


def test_a_petition_is_replaced_or_taken_back_only_as_it_was_shown(
    lead: AuditedClient, here: Consultation
) -> None:
    with transaction():
        a_response(here, reference="AB-1")
    address = f"{LEDGER}/petitions"
    lead.submit(address, LEDGER, reference="AB-1", title="A bus", signatories="412")
    stale = removal(lead)
    mine = {"reference": "AB-1", "title": "A train", "signatories": "500"}

    refused = lead.submit(address, LEDGER, **mine)

    assert refused.status_code == 422
    assert "It is recorded already: “A bus”, 412 signed." in refused.text
    page = BeautifulSoup(refused.text, "html.parser")
    again = {
        str(one["name"]): str(one.get("value", ""))
        for one in page.select("form[action$='/petitions'] input[name]")
    }
    assert mine.items() <= again.items()
    assert lead.post(address, data=again).status_code == 303
    assert "AB-1 A train 500" in words(lead.page(LEDGER))
    assert lead.post(f"{address}/remove", data=stale).status_code == 422
    assert reconciliation(here.id).petitions == 1
