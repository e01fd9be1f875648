from datetime import UTC, datetime

import pytest

from app.rendering.filters import countdown

CLOSES = datetime(2026, 6, 30, 22, 59, tzinfo=UTC)  # 11:59pm in London


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (datetime(2026, 6, 22, 22, 59, tzinfo=UTC), ""),
        (datetime(2026, 6, 22, 23, 0, tzinfo=UTC), "Closes in 7 days"),  # midnight in London: the 23rd
        (datetime(2026, 6, 27, 12, 0, tzinfo=UTC), "Closes in 3 days"),
        (datetime(2026, 6, 28, 22, 59, 59, tzinfo=UTC), "Closes in 2 days"),
        (datetime(2026, 6, 28, 23, 0, tzinfo=UTC), "Closes tomorrow at 11:59pm"),
        (datetime(2026, 6, 29, 23, 0, tzinfo=UTC), "Closes tonight at 11:59pm"),
        (datetime(2026, 6, 30, 22, 58, 59, tzinfo=UTC), "Closes tonight at 11:59pm"),
        (CLOSES, ""),
    ],
)
def test_the_last_week_is_counted_by_the_days_of_the_place(now: datetime, said: str) -> None:
    assert countdown(CLOSES, now, "Europe/London") == said


def test_midnight_ends_the_day_before_it() -> None:
    midnight = datetime(2026, 6, 30, 23, 0, tzinfo=UTC)

    assert countdown(midnight, CLOSES, "Europe/London") == "Closes tonight at midnight"


def test_a_change_of_the_clocks_takes_no_day_away() -> None:
    closes = datetime(2026, 10, 26, 17, 0, tzinfo=UTC)  # two days after a 25-hour Sunday began

    assert countdown(closes, datetime(2026, 10, 24, 23, 30, tzinfo=UTC), "Europe/London") == (
        "Closes tomorrow at 5pm"
    )
