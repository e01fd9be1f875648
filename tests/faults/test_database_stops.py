"""PostgreSQL stops between two pages of a reply, and comes back: the web server is not restarted."""

from pathlib import Path

import pytest

from app.database import connect, session
from tests.faults.own_postgresql import own_postgresql
from tests.faults.person import TRAFFIC, WORDS, Person, open_consultation
from tests.support.site import running

pytestmark = [pytest.mark.fault, pytest.mark.timeout(240)]
TYPED = "We close at four on market days,\nand nobody has asked us."


def test_a_draft_survives_and_what_was_typed_meanwhile_is_sent_from_the_page_that_says_so(
    tmp_path: Path,
) -> None:
    with own_postgresql() as server, running(server.url, tmp_path) as site:
        engine = connect(server.url)
        open_consultation()
        engine.dispose()
        site.start_web()
        person = Person(site)
        person.begin()
        assert person.save("Saved before.").status == 200
        open_page = person.get(TRAFFIC)

        server.stop()
        action, fields = open_page.form(TRAFFIC)
        refused = person.post(action, {**fields, WORDS: TYPED})
        reading = person.get(TRAFFIC)
        server.start()

        assert refused.status == 503
        assert "We cannot save at the moment. Your words are below." in refused.words
        assert refused.typed(WORDS) == TYPED
        assert reading.status == 503
        assert "Your last saved answers are safe." in reading.words
        assert person.words_now() == "Saved before."
        assert person.post(*refused.form(TRAFFIC)).status == 200
        assert person.words_now() == TYPED
    session.remove()
