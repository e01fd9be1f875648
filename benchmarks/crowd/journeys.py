"""Whole journeys of people who reply in the last hour: they arrive more and more often until the end."""

import asyncio
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from random import Random

from crowd.drafts import texts
from crowd.presses import PRESSED_TWICE, SEND, TOKEN, Sending, is_acknowledged
from crowd.web import Browser, Form, Page

PAGE, START, SAVE = "page", "start", "save"
PARTS = 3  # that a person answers
SHORTEST, LONGEST = 1.0, 8.0  # seconds with a page, an hour being pressed into ten minutes
NOT_ON_THE_DRAFT = "start|check|copy|delete|withdraw|invite|colleagues|about-you|publication"
TASK = re.compile(rf'href="(/c/[^"/]+/reply/(?!{NOT_ON_THE_DRAFT})[^"/?#]+)"')


def arrivals(count: int, seconds: float) -> list[float]:
    """Their rate rises evenly from nothing to twice the mean."""
    return [seconds * sqrt((at + 0.5) / count) for at in range(count)]


async def walk_all(port: int, slug: str, *, count: int, seconds: float) -> Sending:
    """As many as `count` people, who arrive within `seconds`; the last of them send a while later."""
    sending, words, chance = Sending(), texts(seed=2), Random(3)
    begin = time.monotonic() + 0.5
    people = [
        Person(Browser(port, sending.log), slug, words, Random(chance.random()), at % PRESSED_TWICE == 0)
        for at in range(count)
    ]

    async def walk(person: Person, due: float) -> None:
        try:
            if await person.walk(due):
                sending.acknowledged.add(person.browser.cookies[TOKEN])
        except Stopped as stopped:
            sending.stopped[str(stopped)] += 1

    await asyncio.gather(
        *(walk(one, begin + at) for one, at in zip(people, arrivals(count, seconds), strict=True))
    )
    sending.seconds = time.monotonic() - begin
    return sending


class Stopped(Exception):
    """The person got a page with which they cannot go on: its place in the reply, and its status."""

    def __init__(self, path: str, page: Page) -> None:
        super().__init__(f"{path.rsplit('/', 1)[-1]} {page.status}")


@dataclass
class Person:
    browser: Browser
    slug: str
    words: Iterator[str]
    chance: Random
    presses_twice: bool
    due: float = 0.0

    async def walk(self, due: float) -> bool:
        """Whether they were told that their response is sent. They look at a page, then go on: what they do
        next is due that much later, and later still where the page came late."""
        self.due, base = due, f"/c/{self.slug}"
        await self._look(base)
        page = await self._look(f"{base}/reply/start")
        started = await self._post(page, f"{base}/reply/start", {"kind": "individual"}, what=START)
        page = await self._look(started.location)
        place = self.chance.choice(TASK.findall(page.body) or [f"{base}/reply/check"])
        for _ in range(PARTS):
            if place.endswith("/check"):
                break
            place = await self._answer(place)
        page = await self._look(f"{base}/reply/check")
        return await self._send(page, f"{base}/reply/check")

    async def _look(self, path: str) -> Page:
        page = await self.browser.get(path, what=PAGE, due=self.due)
        if page.status != 200:
            raise Stopped(path, page)
        self.due = max(self.due, time.monotonic()) + self.chance.uniform(SHORTEST, LONGEST)
        return page

    async def _post(self, page: Page, path: str, answers: dict[str, str], *, what: str) -> Page:
        """A browser goes where it is sent at once."""
        saved = await self.browser.post(path, _form(page, path).hidden() | answers, what=what, due=self.due)
        if saved.status != 303:
            raise Stopped(path, saved)
        self.due = time.monotonic()
        return saved

    async def _answer(self, place: str) -> str:
        """The address of the part after it."""
        page = await self._look(place)
        form = _form(page, place)
        answers = {name: self.chance.choice(values) for name, values in form.radios().items()}
        answers |= {name: next(self.words) for name in form.long_texts()}
        return (await self._post(page, place, answers, what=SAVE)).location

    async def _send(self, page: Page, path: str) -> bool:
        fields, due = _form(page, path).hidden(), self.due
        presses = [
            self.browser.post(path, fields, what=SEND, due=due) for _ in range(2 if self.presses_twice else 1)
        ]
        answers = await asyncio.gather(*presses)
        told = [answer for answer in answers if is_acknowledged(answer.status, answer.location)]
        if told:
            self.due = time.monotonic()
            await self._look(told[0].location)
        return bool(told)


def _form(page: Page, path: str) -> Form:
    form = page.form(path)
    if form is None:
        raise Stopped(path, page)
    return form
