"""`make run` loads the sample by this command; a stranger loads their own by the other two."""

from datetime import date
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from app.database import session
from app.enums import Stage
from app.models import Coding, Comment, Consultation, Response, ThemingRun
from tests.support.small_consultation import CONSULTATION, RESPONSES


def count(model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_the_sample_is_loaded_whole_and_once(app: Flask) -> None:
    runner = app.test_cli_runner()
    first, again = runner.invoke(args=["sample", "load"]), runner.invoke(args=["sample", "load"])
    here = session.scalars(select(Consultation)).one()

    assert "Loaded 250 responses and 729 codings" in first.output
    assert "The sample is here already." in again.output
    assert (count(Response), count(Comment), count(Coding), count(ThemingRun)) == (250, 676, 729, 1)
    assert (here.is_sample, here.stage) == (True, Stage.OPEN)


def test_the_last_of_its_responses_came_yesterday_and_all_while_it_was_open(app: Flask) -> None:
    app.test_cli_runner().invoke(args=["sample", "load"])
    here = session.scalars(select(Consultation)).one()
    first, last = session.execute(select(func.min(Response.sent_at), func.max(Response.sent_at))).one()

    assert first is not None
    assert last is not None
    assert last.date() == date(2026, 6, 14)
    assert here.opens_at < first
    assert (here.closes_at.date() - date(2026, 6, 15)).days == 28


def test_any_other_consultation_is_loaded_by_two_commands(app: Flask) -> None:
    runner = app.test_cli_runner()
    made = runner.invoke(args=["consultation", "load", str(CONSULTATION), "--stage", "open"])
    filled = runner.invoke(args=["responses", "load", "market-square", str(RESPONSES)])
    again = runner.invoke(args=["responses", "load", "market-square", str(RESPONSES)])

    assert made.output == "Loaded A Better Market Square: /c/market-square\n"
    assert filled.output == "Loaded 6 responses with 7 comments.\n"
    assert "6 responses were here already." in again.output


def test_a_wrong_file_is_answered_with_its_lines_and_loads_nothing(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text("slug: x\n", encoding="utf-8")
    refused = app.test_cli_runner().invoke(args=["consultation", "load", str(file)])

    assert refused.exit_code == 1
    assert f"{file}:1: title is missing" in refused.output
    assert refused.output.endswith("Nothing was loaded.\n")
    assert count(Consultation) == 0


def test_responses_for_a_consultation_that_is_not_there_are_refused(app: Flask) -> None:
    refused = app.test_cli_runner().invoke(args=["responses", "load", "nowhere", str(RESPONSES)])

    assert refused.exit_code == 1
    assert "There is no consultation nowhere." in refused.output
