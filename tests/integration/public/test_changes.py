"""What a newer version of the draft says otherwise, for those who have read the one before."""

import pytest
from flask import Flask

from app.database import transaction
from app.models import Consultation
from tests.support.audited_client import AuditedClient
from tests.support.document_versions import next_version
from tests.support.respondent import words
from tests.support.welsh import welsh_consultation

HOME = "/c/market-square"


@pytest.fixture
def newer(small: Consultation) -> None:
    with transaction():
        changed = {"traffic.close": "It closes the square to cars on **Sundays**."}
        next_version(small, changed=changed, gone=("market.stalls",))


def test_the_first_version_has_changed_nothing(client: AuditedClient, small: Consultation) -> None:
    assert client.get(f"{HOME}/changes").status_code == 404
    assert "See what changed" not in words(client.page(f"{HOME}/draft/traffic"))


@pytest.mark.parametrize("page", ["draft", "draft/traffic"])
def test_the_draft_leads_to_what_changed(client: AuditedClient, newer: None, page: str) -> None:
    (link,) = client.page(f"{HOME}/{page}").select(f"a[href='{HOME}/changes']")

    assert link.get_text() == "See what changed"


def test_paragraphs_that_changed_show_both_wordings_and_others_are_left_out(
    client: AuditedClient, newer: None
) -> None:
    page = client.page(f"{HOME}/changes")
    first, gone = page.select(".app-typed")

    assert "What changed in version 2" in words(page)
    assert "Sundays" in "".join(one.get_text() for one in first.select("ins"))
    assert first.select("del")
    assert "was taken out" in words(page)
    assert [one.get_text() for one in gone.select("del")] == ["There would be twenty more stalls."]
    assert len(page.select("h3")) == 2


def test_in_welsh_a_wording_that_is_english_says_so(app: Flask) -> None:
    with transaction():
        next_version(welsh_consultation(), gone=("market.stalls",))
    client = app.test_client()
    client.get(f"{HOME}?lang=cy")
    assert isinstance(client, AuditedClient)

    (gone,) = client.page(f"{HOME}/changes").select(".app-typed")
    assert gone["lang"] == "en-GB"
