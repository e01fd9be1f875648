from datetime import UTC, datetime

import pytest

from app.officer.forms.moment import NotAMoment, moment, written

UK = "Europe/London"


def at(day: str, month: str, year: str, time: str) -> datetime:
    return moment(day, month, year, time, zone=UK, what="The closing")


@pytest.mark.parametrize(
    ("time", "hour", "minute"),
    [
        ("11:59pm", 23, 59),
        ("11.59 PM", 23, 59),
        ("9am", 9, 0),
        ("23:59", 23, 59),
        ("12am", 0, 0),
        ("12:30am", 0, 30),
        ("midday", 12, 0),
        ("12pm", 12, 0),
        ("00:00", 0, 0),
    ],
)
def test_times_are_read_as_people_write_them(time: str, hour: int, minute: int) -> None:
    assert at("31", "1", "2027", time) == datetime(2027, 1, 31, hour, minute, tzinfo=UTC)


def test_a_summer_time_is_an_hour_before_the_same_time_in_utc() -> None:
    assert at("30", "6", "2026", "11:59pm") == datetime(2026, 6, 30, 22, 59, tzinfo=UTC)


def test_the_hour_that_comes_twice_is_the_first_of_the_two() -> None:
    assert at("25", "10", "2026", "1:30am") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_hour_that_is_left_out_in_spring_is_refused() -> None:
    with pytest.raises(NotAMoment, match="clocks go forward") as refused:
        at("28", "3", "2027", "1:30am")
    assert refused.value.part == "time"


@pytest.mark.parametrize("time", ["", "9", "25:00", "13pm", "0am", "11:60pm", "noon", "midnight", "1:2:3"])
def test_a_time_that_is_none_is_refused_beside_its_field(time: str) -> None:
    with pytest.raises(NotAMoment) as refused:
        at("1", "1", "2027", time)
    assert refused.value.part == "time"


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [("31", "2", "2027"), ("", "1", "2027"), ("1", "January", "2027"), ("1", "1", "27"), ("1", "1", "99999")],
)
def test_a_day_that_is_none_is_refused_beside_its_field(day: str, month: str, year: str) -> None:
    with pytest.raises(NotAMoment) as refused:
        at(day, month, year, "9am")
    assert refused.value.part == "day"


@pytest.mark.parametrize("hour", range(24))
def test_what_the_fields_show_is_read_back_as_the_same_moment(hour: int) -> None:
    moment_shown = datetime(2026, 7, 31, hour, 59, tzinfo=UTC)
    shown = written(moment_shown, zone=UK)

    assert at(shown["day"], shown["month"], shown["year"], shown["time"]) == moment_shown
