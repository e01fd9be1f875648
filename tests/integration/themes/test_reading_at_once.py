"""The reading screen where something changed since the page was opened."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import func, select

from app.database import session, transaction
from app.enums import CodingSource, Stance
from app.models import (
    Coding,
    ReadingSave,
)
from tests.integration.themes.conftest import World, again
from tests.integration.themes.pages import codings, words
from tests.integration.themes.reading import at, fields, other_client, press
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock

pytestmark = pytest.mark.both_databases


def test_the_second_of_two_officers_sees_what_differs_and_nothing_is_lost(
    app: Flask, analyst: AuditedClient, suggested: World, clock: SettableClock
) -> None:
    here = at(suggested, 0)
    ben = other_client(app, suggested.other, clock)
    late = {**fields(analyst.page(here)), "do": "save", "tick": "PLA07"}
    press(ben, here, tick="PLA03")

    conflict = analyst.post(here, data=late)
    assert conflict.status_code == 422
    page = BeautifulSoup(conflict.text, "html.parser")
    assert "Ben saved this comment at" in words(page)
    assert [(code, source) for code, _, source in codings()] == [("PLA03", CodingSource.SINGLE)]
    assert len(page.select("input[name=slot][checked]")) == 2

    combined = analyst.post(here, data={**fields(page), "do": "save"})
    assert combined.status_code == 303
    rows = session.scalars(select(Coding).where(Coding.removed_at.is_(None)).order_by(Coding.id)).all()
    assert [(row.theme.code, row.officer.name) for row in rows] == [("PLA03", "Ben"), ("PLA07", "Ana")]


def test_the_same_save_twice_is_saved_once(analyst: AuditedClient, suggested: World) -> None:
    here = at(suggested, 0)
    sent = {**fields(analyst.page(here)), "do": "save", "tick": "PLA03"}
    assert analyst.post(here, data=sent).status_code == 303
    assert analyst.post(here, data=sent).status_code == 303

    assert len(codings()) == 1
    assert session.scalar(select(func.count()).select_from(ReadingSave)) == 1


def test_a_tick_for_a_theme_that_was_merged_meanwhile_moves_with_it(
    analyst: AuditedClient, suggested: World
) -> None:
    here = at(suggested, 0)
    sent = {**fields(analyst.page(here)), "do": "save", "tick": "PLA07"}
    with transaction():
        again(suggested.homes).merged_into_id = suggested.buses.id

    answer = analyst.post(here, data=sent)

    assert answer.status_code == 303
    assert codings() == [("PLA03", Stance.CONCERN, CodingSource.SINGLE)]
    said = words(analyst.page(str(answer.location)))
    assert "PLA07 is now part of PLA03. Your tick was moved." in said


def test_a_tick_for_a_theme_that_was_retired_meanwhile_asks_for_another(
    analyst: AuditedClient, suggested: World, clock: SettableClock
) -> None:
    here = at(suggested, 0)
    sent = {**fields(analyst.page(here)), "do": "save", "tick": "PLA07"}
    with transaction():
        again(suggested.homes).retired_at = clock.now()

    refused = analyst.post(here, data=sent)

    assert refused.status_code == 422
    assert "PLA07 is no longer in use. Choose another theme." in refused.text
    assert "Choose another" in words(BeautifulSoup(refused.text, "html.parser").select_one("#card-PLA07"))
    assert codings() == []
