"""On a page in Welsh every word that stayed English says that it is English, to be read aloud right."""

import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from flask import Flask

from app.accounts.actor import officer as acting
from app.database import session, transaction
from app.enums import DispositionValue, Stance
from app.models import Comment, Consultation, Disposition
from app.reporting.services.freeze import freeze
from app.reporting.services.release import publish
from app.responses.services.ask import MOST_OPEN
from tests.factories.coding import a_coding
from tests.factories.officer import an_officer
from tests.factories.theme import a_net, a_theme
from tests.support.clock import SettableClock
from tests.support.respondent import Respondent
from tests.support.welsh import welsh_consultation

# Words that no Welsh sentence of the catalogue holds.
ENGLISH = re.compile(
    r"\b(the|you|we|of|and|about|days|keep|asked|answer|question|version|sent|anonymous)\b", re.I
)
REPLY = "/c/market-square/reply"
HIDDEN = {"script", "style", "title", "textarea"}


@pytest.fixture
def welsh(app: Flask) -> Consultation:
    with transaction():
        return welsh_consultation()


@pytest.fixture
def person(app: Flask, welsh: Consultation) -> Respondent:
    return reads_welsh(app)


def reads_welsh(app: Flask) -> Respondent:
    person = Respondent(app)
    person.client.get("/c/market-square?lang=cy")
    return person


def unmarked(text: str) -> list[str]:
    """Texts that are English and stand where the page says it speaks Welsh."""
    page = BeautifulSoup(text, "html.parser")
    assert page.html is not None
    assert page.html["lang"] == "cy"
    return [
        " ".join(said.split()) for said, language in _said(page) if language == "cy" and ENGLISH.search(said)
    ]


def _said(page: BeautifulSoup) -> Iterator[tuple[str, str]]:
    for said in page.find_all(string=True):
        around = [tag for tag in said.parents if isinstance(tag, Tag)]
        if type(said) is NavigableString and said.strip() and not any(tag.name in HIDDEN for tag in around):
            yield str(said), next((str(tag["lang"]) for tag in around if tag.get("lang")), "")


def test_an_unmarked_word_would_be_found() -> None:
    assert unmarked("<html lang=cy><p>Helo <b>Keep it</b> <i lang=en>Keep it</i></html>") == ["Keep it"]


def test_pages_that_nobody_needs_a_reply_for(person: Respondent) -> None:
    for address in ("/cookies", "/contact", "/accessibility", "/nothing", "/c/market-square/questions"):
        assert unmarked(person.client.get(address).text) == [], address


def test_a_draft_and_its_copies(person: Respondent) -> None:
    person.start()
    comment = person.open("/traffic?about=1").select_one("textarea[id^=about-paragraph]")
    assert comment is not None
    person.client.submit(
        f"{REPLY}/traffic",
        f"{REPLY}/traffic?about=1",
        **{"q-cars": "neither", str(comment["name"]): "Geiriau."},
    )
    person.save("market", stalls=["food", "crafts"])

    for page in ("", "/check", "/delete", "/copy", "/copy.html", "/traffic", "/publication"):
        assert unmarked(person.client.get(REPLY + page).text) == [], page


def test_refusals_of_validators(person: Respondent) -> None:
    person.start()
    refused = person.client.submit(f"{REPLY}/traffic", **{"q-cars_text": "g" * 100_001})

    assert refused.status_code == 422
    assert unmarked(refused.text) == []


def test_what_became_of_a_response_and_its_data(person: Respondent, clock: SettableClock) -> None:
    person.start()
    person.save("traffic", cars="neither", cars_text="Geiriau.")
    person.save("publication", publish="anonymous", email="kim@example.org", email_uses="copy")
    person.send()
    _publish(clock)
    for number in range(MOST_OPEN + 1):
        asked = person.client.submit(f"{REPLY}/outcome", wrong=f"Geiriau {number}.")
    assert asked.status_code == 422

    assert unmarked(asked.text) == []
    for page in ("/sent", "/outcome", "/your-data", "/your-data/copy.html"):
        assert unmarked(person.client.get(REPLY + page).text) == [], page


def test_what_colleagues_write(app: Flask, person: Respondent) -> None:
    person.start("organisation")
    person.client.submit(f"{REPLY}/invite")
    link = person.open("/invite").select_one("#invitation-link")
    assert link is not None
    colleague = reads_welsh(app)
    colleague.client.get(link.get_text().strip().removeprefix("http://localhost"))
    colleague.client.submit("/contribute/parts/traffic", **{"q-cars_text": "Geiriau."})

    for page in ("/invite", "/colleagues"):
        assert unmarked(person.client.get(REPLY + page).text) == [], page
    assert unmarked(colleague.client.get("/contribute/parts").text) == []


def _publish(clock: SettableClock) -> None:
    """A report in which the one comment stands under one theme."""
    clock.move(days=60)
    with transaction():
        welsh = session.query(Consultation).one()
        officer, net = an_officer(), a_net(welsh, label="Traffic", code="TRA")
        theme = a_theme(welsh, code="TRA01", label="Cars and the square", parent_id=net.id)
        comment = session.query(Comment).one()
        a_coding(comment, theme, officer, stance=Stance.CONCERN, created_at=clock.now())
        session.add(
            Disposition(
                comment_id=comment.id,
                value=DispositionValue.CODED,
                officer_id=officer.id,
                created_at=clock.now(),
            )
        )
        session.flush()
        release = freeze(session.get_one(Consultation, welsh.id), actor=acting(officer.id), now=clock.now())
        publish(release.id, actor=acting(officer.id), now=clock.now())
