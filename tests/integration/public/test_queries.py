"""A page sends a fixed number of statements, however much has been answered."""

from flask import Flask
from sqlalchemy import Engine

from app.models import Consultation
from tests.support.queries import counted
from tests.support.respondent import Respondent

PAGES = ("", "/about-you", "/traffic", "/publication", "/check", "/copy")
MOST = 14
MOST_TO_SEND = 15


def statements(engine: Engine, person: Respondent) -> dict[str, int]:
    found = {}
    for page in PAGES:
        with counted(engine) as sent:
            person.open(page)
        found[page] = len(sent)
    return found


def test_pages_of_a_reply_do_not_ask_more_when_more_is_answered(app: Flask, small: Consultation) -> None:
    engine = app.extensions["engine"]
    person = Respondent(app)
    person.start()
    person.save("traffic", cars="agree", cars_text="Words.")
    person.save("market", stalls="food")
    few = statements(engine, person)
    person.save("market", stalls=["food", "books"], stalls_text="Words.")
    person.save("anything-else", anything="Words.")
    person.save("about-you", area="town")
    person.save("publication", publish="no", email="kim@example.org", email_uses="copy")

    assert statements(engine, person) == few
    assert max(few.values()) <= MOST


def test_a_press_of_send_asks_little(app: Flask, small: Consultation) -> None:
    """What many do in the last hour at once: decision 0295."""
    engine = app.extensions["engine"]
    people = [Respondent(app), Respondent(app)]
    for person in people:
        person.start()
        person.save("traffic", cars="agree", cars_text="Words.")
    people[0].send()  # reads the questions, which are kept
    fields = people[1].open("/check").select("form input[type=hidden]")
    hidden = {str(one["name"]): str(one.get("value", "")) for one in fields}
    with counted(engine) as sent:
        answer = people[1].client.post("/c/market-square/reply/check", data=hidden)

    assert answer.status_code == 303
    assert len(sent) <= MOST_TO_SEND, sent.statements
