"""Presses of "Send" on prepared drafts at a steady rate, some of them twice."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field

from crowd.web import Browser, Log

PRESSED_TWICE = 10  # one in so many
SEND, TOKEN = "send", "soundings_reply"


@dataclass
class Sending:
    """What the people were told, by their private links, and where those stopped who got nowhere."""

    log: Log = field(default_factory=Log)
    acknowledged: set[str] = field(default_factory=set)
    stopped: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


async def press_all(port: int, slug: str, tokens: list[str], *, rate: float) -> Sending:
    """The first draft is not sent: its check page warms the server up, and gives the form's token."""
    sending, path = Sending(), f"/c/{slug}/reply/check"
    first, *others = tokens
    reader = Browser(port, Log(), {TOKEN: first})
    for _ in range(20):
        page = await reader.get(path, what="check", due=time.monotonic())
    if (form := page.form(path)) is None:
        raise RuntimeError(f"no form to send by: {page.status}")
    fields, session = form.hidden(), reader.cookies["session"]

    async def press(token: str, due: float) -> None:
        browser = Browser(port, sending.log, {TOKEN: token, "session": session})
        page = await browser.post(path, fields, what=SEND, due=due)
        if is_acknowledged(page.status, page.location):
            sending.acknowledged.add(token)

    begin = time.monotonic() + 0.5
    presses = [
        press(token, begin + at / rate)
        for at, token in enumerate(others)
        for _ in range(2 if at % PRESSED_TWICE == 0 else 1)
    ]
    await asyncio.gather(*presses)
    sending.seconds = time.monotonic() - begin
    return sending


def is_acknowledged(status: int, location: str) -> bool:
    """The confirmation, or the equality questions that come before it."""
    return status == 303 and location.endswith(("/reply/sent", "/reply/equality"))
