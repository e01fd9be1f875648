"""Opening and closing to the second on the days when the clocks change."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.accounts.actor import SYSTEM
from app.consultations.files.read import consultation_document
from app.consultations.services.load import load_consultation
from app.database import session, transaction
from app.enums import Stage
from tests.support.clock import SettableClock
from tests.support.respondent import Respondent, words
from tests.support.small_consultation import CONSULTATION

SECOND, GRACE = timedelta(seconds=1), timedelta(minutes=30)


@dataclass(frozen=True)
class Days:
    opens_on: str
    closes_on: str
    opens: datetime  # midnight there
    closes: datetime  # 11:59pm there
    words: str


SPRING = Days(
    "2026-03-29", "2026-03-29",
    datetime(2026, 3, 29, 0, 0, tzinfo=UTC), datetime(2026, 3, 29, 22, 59, tzinfo=UTC),
    "Sunday 29 March 2026",
)  # fmt: skip
AUTUMN = Days(
    "2026-10-25", "2026-10-25",
    datetime(2026, 10, 24, 23, 0, tzinfo=UTC), datetime(2026, 10, 25, 23, 59, tzinfo=UTC),
    "Sunday 25 October 2026",
)  # fmt: skip


@pytest.fixture(params=[SPRING, AUTUMN], ids=["to-summer-time", "to-winter-time"])
def days(request: pytest.FixtureRequest, app: Flask, clock: SettableClock) -> Days:
    """Twenty-three hours, or twenty-five, between the same two times on the clock."""
    days: Days = request.param
    document = consultation_document(CONSULTATION)
    schedule = document["schedule"]
    assert isinstance(schedule, dict)
    schedule.update(opens_on=days.opens_on, closes_on=days.closes_on)
    clock.set(days.opens - SECOND)
    with transaction():
        load_consultation(document, actor=SYSTEM, now=clock.now(), stage=Stage.OPEN, is_sample=False)
    session.remove()
    return days


def starts(app: Flask) -> bool:
    return Respondent(app).client.get("/c/market-square/reply/start").status_code == 200


def test_it_opens_at_midnight_and_closes_at_11_59_by_the_clock_on_the_wall(
    app: Flask, days: Days, clock: SettableClock
) -> None:
    page = words(Respondent(app).client.page("/c/market-square"))
    assert f"Opens at midnight, {days.words}" in page
    assert not starts(app)
    clock.set(days.opens)
    assert starts(app)
    clock.set(days.closes - SECOND)
    assert starts(app)
    clock.set(days.closes)

    assert not starts(app)
    page = words(Respondent(app).client.page("/c/market-square"))
    assert f"This consultation closed at 11:59pm, {days.words}" in page


def test_a_draft_has_its_grace_to_the_second(app: Flask, days: Days, clock: SettableClock) -> None:
    clock.set(days.opens)
    in_time, too_late = Respondent(app), Respondent(app)
    for person in (in_time, too_late):
        person.start()
        person.save("traffic", cars_text="My words.")
    page = too_late.open("/check")
    hidden = {str(i["name"]): str(i.get("value", "")) for i in page.select("form input[type=hidden]")}
    clock.set(days.closes + GRACE - SECOND)
    assert "you can still send until 12:29am" in words(in_time.open())
    assert in_time.send().status_code == 303
    clock.set(days.closes + GRACE)

    assert too_late.client.post("/c/market-square/reply/check", data=hidden).status_code == 409
