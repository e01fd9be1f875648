"""An officer's own page: today, flags and replies, how far the team is."""

from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import Engine

from app.themes.queries.my_work import pace
from tests.integration.themes.conftest import World
from tests.integration.themes.pages import HERE, words
from tests.integration.themes.reading import at, other_client, press
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.queries import counted

MINE = f"{HERE}/my-work"


def test_my_work_shows_todays_saves_to_me_and_the_forecast_to_all(
    app: Flask, analyst: AuditedClient, suggested: World, clock: SettableClock, engine: Engine
) -> None:
    said = words(analyst.page(MINE))
    assert "You have not saved a comment today." in said
    assert "6 comments are not decided. Nobody read a comment in the last 7 days" in said
    with counted(engine) as empty:
        analyst.page(MINE)

    press(analyst, at(suggested, 0), tick=["PLA03", "PLA07"])
    press(analyst, at(suggested, 3), "no_point")
    press(analyst, at(suggested, 4), "flag", note="Is this about the mayor?")
    ben = other_client(app, suggested.other, clock)
    clock.move(minutes=1)
    press(ben, at(suggested, 4), note="Yes, see GOV02", outcome="unclear")

    said = words(analyst.page(MINE))
    assert "You read and saved 2 comments with 2 themes." in said
    assert "Too few to say a pace yet. Only you can see this." in said
    assert "Is this about the mayor?" in said
    assert "Yes, see GOV02" in said
    assert "3 comments are not decided. The team read 3 comments in the last 7 days." in said
    assert "You read and saved 1 comment with no theme." in words(ben.page(MINE))
    assert analyst.page(f"{HERE}/code").select_one("nav a[href$='/my-work']") is not None
    with counted(engine) as full:
        analyst.page(MINE)
    assert len(full) == len(empty)


def test_a_pace_leaves_pauses_out_and_is_not_said_of_a_few() -> None:
    start = datetime(2026, 1, 5, 9, tzinfo=UTC)
    minutes = [0, 1, 2, 3, 64, 65, 66]
    saves = [start + timedelta(minutes=one) for one in minutes]

    assert pace(saves) == 60
    assert pace(saves[:5]) is None
