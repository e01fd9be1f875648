"""A browser of one person, as far as the server sees it, and the times that it waited.

Each request has a connection of its own, as a person who reads for a while between two pages makes one. The
files of the pages' style are not fetched: a browser has them after the first page.
"""

import asyncio
import re
import resource
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

GIVES_UP_AFTER_SECONDS = 60
FORM = re.compile(r'<form[^>]*method="post"[^>]*action="([^"]+)".*?</form>', re.DOTALL)
HIDDEN = re.compile(r'<input(?=[^>]*type="hidden")(?=[^>]*name="([^"]+)")(?=[^>]*value="([^"]*)")?[^>]*>')
RADIO = re.compile(r'<input(?=[^>]*type="radio")(?=[^>]*name="([^"]+)")(?=[^>]*value="([^"]+)")[^>]*>')
LONG_TEXT = re.compile(r'<textarea[^>]*name="([^"]+)"')


def allow_many() -> None:
    """As many connections at once as this process may have: a slow server keeps thousands waiting."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


@dataclass(frozen=True)
class Page:
    status: int  # 0 where no answer came
    location: str
    body: str
    cookies: Mapping[str, str]

    def form(self, action: str) -> "Form | None":
        for found in FORM.finditer(self.body):
            if found.group(1) == action:
                return Form(found.group())
        return None


@dataclass(frozen=True)
class Form:
    html: str

    def hidden(self) -> dict[str, str]:
        return {name: unescape(value) for name, value in HIDDEN.findall(self.html)}

    def radios(self) -> dict[str, list[str]]:
        groups: dict[str, list[str]] = {}
        for name, value in RADIO.findall(self.html):
            groups.setdefault(name, []).append(unescape(value))
        return groups

    def long_texts(self) -> Sequence[str]:
        return LONG_TEXT.findall(self.html)


@dataclass(frozen=True)
class Wait:
    """`late_ms`, how long after it was due the request left the client, is part of `waited_ms`."""

    what: str
    status: int
    waited_ms: float
    late_ms: float
    due: float


@dataclass
class Log:
    waits: list[Wait] = field(default_factory=list)

    def of(self, *kinds: str) -> list[Wait]:
        return [wait for wait in self.waits if wait.what in kinds]


@dataclass
class Browser:
    port: int
    log: Log
    cookies: dict[str, str] = field(default_factory=dict)

    async def get(self, path: str, *, what: str, due: float) -> Page:
        return await self._ask("GET", path, "", what=what, due=due)

    async def post(self, path: str, fields: Mapping[str, str], *, what: str, due: float) -> Page:
        return await self._ask("POST", path, urlencode(fields), what=what, due=due)

    async def _ask(self, method: str, path: str, body: str, *, what: str, due: float) -> Page:
        await asyncio.sleep(max(0.0, due - time.monotonic()))
        left = time.monotonic()
        try:
            async with asyncio.timeout(GIVES_UP_AFTER_SECONDS):
                page = _read(await self._exchange(method, path, body))
        except (OSError, TimeoutError, EOFError, ValueError):
            page = Page(0, "", "", {})
        self.cookies |= page.cookies
        ms = 1000 * (time.monotonic() - due)
        self.log.waits.append(Wait(what, page.status, ms, 1000 * (left - due), due))
        return page

    async def _exchange(self, method: str, path: str, body: str) -> bytes:
        head = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Connection: close"]
        if self.cookies:
            head.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write("\r\n".join([*head, "", body]).encode())
            return await reader.read()
        finally:
            writer.close()


def _read(answer: bytes) -> Page:
    """Raises EOFError where the answer broke off, ValueError where it is none."""
    head, end, body = answer.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    if not end:
        raise EOFError
    headers = [tuple(line.split(": ", 1)) for line in lines[1:]]
    fields = {name.lower(): value for name, value in headers}
    if len(body) < int(fields.get("content-length", 0)):
        raise EOFError
    cookies = [
        value.split(";", 1)[0].split("=", 1) for name, value in headers if name.lower() == "set-cookie"
    ]
    return Page(
        status=int(lines[0].split(" ", 2)[1]),
        location=re.sub(r"^https?://[^/]+", "", fields.get("location", "")),
        body=body.decode("utf-8", "replace"),
        cookies={name: value for name, value in cookies},
    )
