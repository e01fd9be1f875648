"""No address that somebody can type is a fault of the server."""

from urllib.parse import urlencode

import pytest

from app.models import Consultation
from tests.support.audited_client import AuditedClient

LISTS = ("responses", "comments", "audit", "changes", "frame/proposals", "report", "runs")
NAMES = (
    "q",
    "theme",
    "stance",
    "question",
    "disposition",
    "kind",
    "area",
    "type",
    "channel",
    "option",
    "campaign",
    "decided",
    "bulk",
    "petition",
    "suggested",
    "likely",
    "flag",
    "status",
    "reason",
    "late",
    "publication",
    "day",
    "answered",
    "sort",
    "order",
    "page",
    "included",
    "who",
    "thing",
    "name",
    "from",
    "to",
    "show",
    "coder",
    "after",
    "before",
    "at",
)
ODD = (
    "-1", "0", "9" * 30, "x", "not-given", "none", ":", "a:b", "place:none", "9999-12-31",
    "0001-01-01", "\N{BUS}", '"', "*", "%", "\\", "²",
)  # fmt: skip
NUMBERED = ("runs/{}", "report/releases/{}", "report/releases/{}/publish", "report/releases/{}/withdraw")


@pytest.mark.parametrize("page", LISTS)
def test_a_list_ignores_what_means_nothing(lead: AuditedClient, here: Consultation, page: str) -> None:
    for value in ODD:
        address = f"/officer/c/{here.slug}/{page}?{urlencode(dict.fromkeys(NAMES, value))}"
        assert lead.get(address).status_code == 200, address


@pytest.mark.parametrize("address", NUMBERED)
def test_a_number_that_no_database_can_hold_is_not_found(
    lead: AuditedClient, here: Consultation, address: str
) -> None:
    for number in ("2147483648", "9" * 30):
        assert lead.get(f"/officer/c/{here.slug}/{address.format(number)}").status_code == 404
