"""Undo on the reading screen, and the list of changes that has it too."""

from flask import Flask
from sqlalchemy import func, select

from app.database import session
from app.enums import CodingSource, DispositionValue, Stance
from app.models import (
    AuditEvent,
    Disposition,
    Reading,
    SuggestionDecision,
)
from tests.integration.themes.conftest import World
from tests.integration.themes.pages import HERE, codings, words
from tests.integration.themes.reading import at, other_client, press, undo
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock


def test_undo_opens_the_comment_as_it_was(analyst: AuditedClient, suggested: World) -> None:
    here = at(suggested, 0)
    press(analyst, here, tick="PLA03")
    press(analyst, here, **{"stance-PLA03": "support", "words-PLA03": "get to work"})
    assert codings() == [("PLA03", Stance.SUPPORT, CodingSource.SINGLE)]

    back = undo(analyst, f"{HERE}/code/oldest/{suggested.comments[1].id}")
    assert back.status_code == 303
    assert str(suggested.comments[0].id) in str(back.location)
    assert codings() == [("PLA03", Stance.CONCERN, CodingSource.SINGLE)]
    assert session.scalars(select(Disposition.value)).one() is DispositionValue.CODED

    undo(analyst, here)
    assert codings() == []
    assert session.scalar(select(func.count()).select_from(Disposition)) == 0
    assert session.scalar(select(func.count()).select_from(SuggestionDecision)) == 0
    assert set(session.scalars(select(Reading.read_at))) == {None}
    assert analyst.page(here).select_one("form[action$='/code/undo']") is None
    undone = select(func.count()).where(AuditEvent.action == "undid")
    assert session.scalar(undone) == 2


def test_undo_takes_an_outcome_back_to_the_one_before(analyst: AuditedClient, suggested: World) -> None:
    here = at(suggested, 3)
    press(analyst, here, outcome="unclear")
    press(analyst, here, outcome="", **{"slot": "PLA03", "stance-PLA03": "neutral"})
    assert codings() == [("PLA03", Stance.NEUTRAL, CodingSource.SINGLE)]

    undo(analyst, here)

    assert codings() == []
    assert session.scalars(select(Disposition.value)).one() is DispositionValue.UNCLEAR


def test_undo_is_refused_when_another_officer_changed_the_comment_since(
    app: Flask, analyst: AuditedClient, suggested: World, clock: SettableClock
) -> None:
    here = at(suggested, 0)
    press(analyst, here, tick="PLA03")
    clock.move(minutes=20)
    press(other_client(app, suggested.other, clock), here, tick=["PLA03", "PLA07"])

    answer = undo(analyst, at(suggested, 1))

    assert answer.location == f"{HERE}/changes"
    assert "Undo would lose another officer's change of" in words(analyst.page(f"{HERE}/changes"))
    assert len(codings()) == 2


def test_changes_list_each_save_with_its_undo(
    analyst: AuditedClient, suggested: World, app: Flask, clock: SettableClock
) -> None:
    press(analyst, at(suggested, 0), tick="PLA03")
    press(analyst, at(suggested, 3), "no_point")
    page = analyst.page(f"{HERE}/changes")
    assert "Saved HS-0001-00: 1 theme" in words(page)
    assert words(page).index("Saved HS-0004-00: no theme") < words(page).index("Saved HS-0001-00")
    assert "Saved" not in words(
        other_client(app, suggested.other, clock).page(f"{HERE}/changes").select_one("main")
    )

    first = page.select("form[action$='/code/undo']")[1]
    lead = other_client(app, suggested.lead, clock)
    sent = {i["name"]: i["value"] for i in first.select("input")}
    token = lead.page(f"{HERE}/changes").select_one("input[name=csrf_token]")["value"]  # type: ignore[index]
    assert lead.post(f"{HERE}/code/undo", data={**sent, "csrf_token": token}).status_code == 303

    assert codings() == []
    assert "Undone by Lea" in words(analyst.page(f"{HERE}/changes"))
