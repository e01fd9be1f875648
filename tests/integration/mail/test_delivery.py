"""From the outbox to a real mail server: each mail once, nothing lost, nothing kept that is not needed."""

import logging
from datetime import timedelta
from threading import Thread

import pytest
from flask import Flask

from app.database import session, transaction
from app.enums import MailKind, MailState
from app.mail.postman import Postman, Round
from app.mail.services import settle
from app.mail.services.claim import claim, settle_abandoned
from app.mail.services.put import put, take_out
from app.mail.words import Words
from app.models import Consultation
from config import MailServer
from tests.integration.mail.conftest import rows, states
from tests.support.clock import SettableClock
from tests.support.mail_server import Inbox, listening, words_of

pytestmark = pytest.mark.both_databases

SECRET = "the private words"


def written(clock: SettableClock, *addresses: str, kind: MailKind = MailKind.COPY) -> None:
    with transaction():
        for address in addresses:
            words = Words(subject="A copy", body=f"{SECRET} for {address}\n.\n..and a dot")
            put(address, kind=kind, words=words, key=f"{kind}:{address}", now=clock.now())


def test_a_mail_arrives_whole_and_its_address_and_words_are_blanked(
    app: Flask, inbox: Inbox, postman: Postman, clock: SettableClock
) -> None:
    written(clock, "a@x.org")
    assert postman.deliver_all() == 1

    [mail], [row] = inbox.taken, rows()
    assert words_of(mail).splitlines() == [f"{SECRET} for a@x.org", ".", "..and a dot"]
    assert mail["Message-ID"] == f"<{row.id}@soundings.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert inbox.envelopes == [("noreply@soundings.example", ["a@x.org"])]
    assert (row.state, row.address, row.body, row.sent_at) == (MailState.SENT, "", "", clock.now())
    assert postman.deliver_all() == 0


def test_a_key_is_used_once(app: Flask, clock: SettableClock) -> None:
    written(clock, "a@x.org")
    written(clock, "a@x.org")

    assert len(rows()) == 1


def test_a_mail_that_is_rolled_back_with_its_cause_was_never_there(app: Flask, clock: SettableClock) -> None:
    def fails() -> None:
        with transaction():
            put("a@x.org", kind=MailKind.COPY, words=Words(subject="A", body="B"), key="k", now=clock.now())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fails()

    assert rows() == []


def test_while_the_server_is_down_mail_waits_longer_and_longer_and_then_goes_once(
    app: Flask, server: MailServer, postman: Postman, clock: SettableClock
) -> None:
    written(clock, "a@x.org", "b@x.org")
    waits = []
    for _ in range(8):
        assert [postman.deliver_one(), postman.deliver_one()] == [Round.NOT_NOW] * 2
        assert postman.deliver_one() is Round.NOTHING_DUE
        [one, _two] = rows()
        waits.append(one.send_after - clock.now())
        clock.set(one.send_after)
    inbox = Inbox()
    with listening(inbox, server.port):
        postman.deliver_all()

    assert waits == [timedelta(minutes=m) for m in (1, 2, 4, 8, 16, 32, 60, 60)]
    assert sorted(inbox.addresses) == ["a@x.org", "b@x.org"]
    assert states() == ["sent", "sent"]


def test_a_mail_is_given_up_after_a_day_and_its_words_go(
    app: Flask, postman: Postman, clock: SettableClock
) -> None:
    written(clock, "a@x.org")
    clock.move(hours=23)
    postman.deliver_one()
    assert states() == ["waiting"]
    clock.move(hours=2)
    postman.deliver_one()

    [row] = rows()
    assert (row.state, row.address, row.body) == (MailState.FAILED, "", "")
    assert row.trouble.startswith("Given up after a day. The mail server could not be reached")


def test_one_refused_address_fails_at_once_and_the_others_arrive(
    app: Flask, inbox: Inbox, postman: Postman, clock: SettableClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    inbox.refused["b@x.org"] = "550 no b@x.org here"
    written(clock, "a@x.org", "b@x.org", "c@x.org")
    postman.deliver_all()

    assert inbox.addresses == ["a@x.org", "c@x.org"]
    assert states() == ["sent", "failed", "sent"]
    assert [(row.address, row.body) for row in rows()] == [("", "")] * 3
    assert rows()[1].trouble == "The mail server refused the address (550)"
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("app")]
    assert len(ours) == 3
    assert not [line for line in ours if SECRET in line or "x.org" in line]


def test_a_full_mailbox_or_a_server_that_puts_us_off_is_asked_again(
    app: Flask, inbox: Inbox, postman: Postman, clock: SettableClock
) -> None:
    inbox.refused["a@x.org"] = "450 come back later"
    inbox.answers = ["451 not just now"]
    written(clock, "a@x.org", "b@x.org")
    postman.deliver_all()
    assert states() == ["waiting", "waiting"]
    inbox.refused.clear()
    clock.move(minutes=1)
    postman.deliver_all()

    assert sorted(inbox.addresses) == ["a@x.org", "b@x.org"]


def test_a_slow_server_gets_each_mail_once_from_two_workers(
    app: Flask, inbox: Inbox, server: MailServer, clock: SettableClock
) -> None:
    inbox.slow_seconds = 0.3
    addresses = [f"{n}@x.org" for n in range(6)]
    written(clock, *addresses)

    def work() -> None:
        try:
            Postman(server, clock=clock).deliver_all()
        finally:
            session.remove()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(inbox.addresses) == addresses
    assert set(states()) == {"sent"}


def test_what_was_not_handed_over_is_sent_by_the_next_worker(
    app: Flask, inbox: Inbox, postman: Postman, clock: SettableClock
) -> None:
    written(clock, "a@x.org")
    with transaction():
        gone = claim(lease_seconds=20, now=clock.now())
    assert gone is not None
    assert postman.deliver_one() is Round.NOTHING_DUE
    clock.move(seconds=20)
    postman.deliver_all()

    assert inbox.addresses == ["a@x.org"]
    with transaction():
        assert not settle.hand_over(gone, lease_seconds=20, now=clock.now())  # it wakes too late


def test_what_was_being_handed_over_is_not_sent_again(
    app: Flask, inbox: Inbox, postman: Postman, clock: SettableClock
) -> None:
    written(clock, "a@x.org")
    with transaction():
        gone = claim(lease_seconds=20, now=clock.now())
        assert gone is not None
        assert settle.hand_over(gone, lease_seconds=20, now=clock.now())
    clock.move(seconds=20)
    postman.deliver_all()

    [row] = rows()
    assert inbox.taken == []
    assert (row.state, row.address, row.body) == (MailState.UNSURE, "", "")


def test_a_server_that_hangs_up_at_the_end_may_have_the_mail(
    app: Flask, inbox: Inbox, postman: Postman, clock: SettableClock
) -> None:
    written(clock, "a@x.org")
    inbox.slow_seconds = postman._server.answer_seconds + 2
    postman._server = server_with_little_patience(postman._server)
    postman.deliver_all()

    assert states() == ["unsure"]
    assert rows()[0].trouble.startswith("The mail server did not answer at the end")


def server_with_little_patience(server: MailServer) -> MailServer:
    return MailServer(**{**vars(server), "lease_seconds": 1.5})


def test_somebody_who_waits_comes_before_news_to_thousands(
    app: Flask, inbox: Inbox, postman: Postman, clock: SettableClock
) -> None:
    written(clock, "news@x.org", kind=MailKind.REPORT)
    clock.move(seconds=1)
    written(clock, "copy@x.org")
    postman.deliver_all()

    assert inbox.addresses == ["copy@x.org", "news@x.org"]


@pytest.mark.parametrize(
    "address",
    ["a@x.org\r\nBcc: b@x.org", "a@x.org,b@x.org", "<a@x.org>", "a b@x.org", "a@x.org\n", "a", 'a"@x.org'],
)
def test_an_address_that_would_be_more_than_one_is_never_written_to(
    app: Flask, inbox: Inbox, postman: Postman, clock: SettableClock, address: str
) -> None:
    written(clock, address)
    postman.deliver_all()

    assert inbox.taken == []
    assert [(row.state.value, row.address, row.body) for row in rows()] == [("failed", "", "")]


def test_a_line_end_in_a_title_does_not_become_a_header(
    app: Flask, inbox: Inbox, postman: Postman, clock: SettableClock
) -> None:
    with transaction():
        words = Words(subject="Title\r\nBcc: b@x.org", body="B")
        put("a@x.org", kind=MailKind.COPY, words=words, key="k", now=clock.now())
    postman.deliver_all()

    [mail] = inbox.taken
    assert (mail["Subject"], mail["Bcc"]) == ("Title Bcc: b@x.org", None)
    assert inbox.envelopes[0][1] == ["a@x.org"]


def test_an_address_in_other_letters_is_written_to(
    app: Flask, inbox: Inbox, postman: Postman, clock: SettableClock
) -> None:
    written(clock, "jörg@x.org", "a@bücher.example")
    postman.deliver_all()

    assert sorted(to for _, [to] in inbox.envelopes) == ["a@xn--bcher-kva.example", "jörg@x.org"]


def test_what_waits_can_be_taken_out_with_its_response(
    app: Flask, small: Consultation, clock: SettableClock
) -> None:
    with transaction():
        for name in ("MS-AAAA-22", "MS-BBBB-22"):
            put(
                "a@x.org", kind=MailKind.COPY, words=Words(subject="A", body="B"), key=name, now=clock.now(),
                about=name, consultation_id=small.id,
            )  # fmt: skip
    with transaction():
        take_out([(small.id, "MS-AAAA-22")])

    assert [row.about for row in rows()] == ["MS-BBBB-22"]


def test_settling_leaves_those_alone_that_are_still_being_handed_over(
    app: Flask, clock: SettableClock
) -> None:
    written(clock, "a@x.org")
    with transaction():
        held = claim(lease_seconds=20, now=clock.now())
        assert held is not None
        settle.hand_over(held, lease_seconds=20, now=clock.now())
        settle_abandoned(now=clock.now())

    assert states() == ["handing_over"]
