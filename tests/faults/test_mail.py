"""The worker of the product, killed while it sends a mail."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from app.database import session, transaction
from app.enums import MailKind
from app.mail.services.put import put
from app.mail.words import Words
from app.models import OutboxMail
from tests.faults.waiting import PATIENCE_SECONDS, until
from tests.support.mail_server import Inbox, listening
from tests.support.site import Site, free_port

pytestmark = [pytest.mark.fault, pytest.mark.timeout(240)]


@pytest.fixture
def inbox(site: Site) -> Iterator[Inbox]:
    inbox, port = Inbox(), free_port()
    site.settings |= {
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(port),
        "SMTP_SECURITY": "none",
        "MAIL_FROM": "noreply@soundings.example",
        "PUBLIC_URL": "http://soundings.example",
        "MAIL_LEASE_SECONDS": "8",
    }
    with listening(inbox, port):
        yield inbox
        inbox.held_at = ""


def written(address: str) -> None:
    with transaction():
        words = Words(subject="A copy", body="the private words")
        put(address, kind=MailKind.COPY, words=words, key=address, now=datetime.now(UTC))


def states() -> list[str]:
    session.rollback()
    return [row.state.value for row in session.scalars(select(OutboxMail).order_by(OutboxMail.id))]


def killed_while(command: str, site: Site, inbox: Inbox) -> None:
    inbox.held_at = command
    site.start_worker("first")
    assert inbox.holding.wait(PATIENCE_SECONDS)
    site.kill("first")
    inbox.held_at = ""
    written("b@x.org")
    site.start_worker("second")


def test_a_mail_that_the_server_has_taken_is_not_sent_again_by_the_next_worker(
    site: Site, inbox: Inbox
) -> None:
    written("a@x.org")
    killed_while("DATA", site, inbox)
    until(lambda: states() == ["unsure", "sent"], what="an end for both mails")

    assert inbox.addresses == ["a@x.org", "b@x.org"]
    logs = "".join((site.instance / f"{name}.log").read_text() for name in ("first", "second"))
    assert "mail (copy): sent" in logs
    assert "x.org" not in logs
    assert "private words" not in logs


def test_a_mail_that_had_not_got_so_far_is_sent_by_the_next_worker(site: Site, inbox: Inbox) -> None:
    written("a@x.org")
    killed_while("RCPT", site, inbox)
    until(lambda: states() == ["sent", "sent"], what="both mails")

    assert sorted(inbox.addresses) == ["a@x.org", "b@x.org"]
