"""A real mail server on the loopback address, which can be slow, refuse an address, or be gone."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from threading import Event
from typing import Any

from aiosmtpd.controller import Controller

from config import MailServer
from tests.support.site import free_port


class Inbox:
    """What the server took, and what it answers to RCPT and to the end of a mail."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.refused: dict[str, str] = {}  # address: answer
        self.answers: list[str] = []  # to the ends of mails, before it takes them again
        self.slow_seconds = 0.0
        self.held_at = ""  # RCPT or DATA: no answer to it until this is cleared
        self.holding = Event()

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        await self._hold("RCPT")
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answers:
            return self.answers.pop(0)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        self.envelopes.append((envelope.mail_from, envelope.rcpt_tos))
        await self._hold("DATA")
        await asyncio.sleep(self.slow_seconds)
        return "250 taken"

    async def _hold(self, command: str) -> None:
        while self.held_at == command:
            self.holding.set()
            await asyncio.sleep(0.02)

    @property
    def addresses(self) -> list[str]:
        return [str(message["To"]) for message in self.taken]


def words_of(message: EmailMessage) -> str:
    return str(message.get_content()).replace("\r\n", "\n")


@contextmanager
def listening(inbox: Inbox, port: int) -> Iterator[None]:
    controller = Controller(inbox, hostname="127.0.0.1", port=port, enable_SMTPUTF8=True)
    controller.start()
    try:
        yield
    finally:
        controller.stop(no_assert=True)


def mail_server(port: int | None = None, *, lease_seconds: float = 20) -> MailServer:
    return MailServer(
        host="127.0.0.1",
        port=port or free_port(),
        security="none",
        user="",
        password="",
        sender="Soundings <noreply@soundings.example>",
        lease_seconds=lease_seconds,
    )
