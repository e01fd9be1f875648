"""The reading screen as an officer uses it without JavaScript: one form a comment."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import Engine, func, select
from werkzeug.test import TestResponse

from app.database import session, transaction
from app.enums import CodingSource, DispositionValue, Stance
from app.models import (
    AuditEvent,
    Coding,
    Discussion,
    Disposition,
    Flag,
    Reading,
    ReadingSave,
    SuggestionDecision,
    ThemeIdea,
    ThemingRun,
)
from app.themes.services.order_reading import order_reading
from tests.factories.coding import a_suggestion
from tests.integration.themes.conftest import World, a_comment_of, again
from tests.integration.themes.pages import HERE, codings, words
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.queries import counted
from tests.support.sign_in import sign_in


def start(client: AuditedClient, queue: str = "useful") -> str:
    """The address of the comment that Start reading opens."""
    answer = client.submit(f"{HERE}/code", queue=queue)
    assert answer.status_code == 303
    return str(answer.location)


def fields(page: BeautifulSoup) -> dict[str, list[str]]:
    """What a browser would send of the form of the comment."""
    form = page.select_one("#reading") or page.select_one("#combined")
    assert form is not None
    sent: dict[str, list[str]] = {}
    for one in form.select("input[name], textarea[name], select[name]"):
        kind, value = one.get("type"), str(one.get("value", ""))
        if kind in ("checkbox", "radio") and not one.has_attr("checked"):
            continue
        if one.name == "select":
            chosen = one.select_one("option[selected]") or one.select_one("option")
            value = str(chosen["value"]) if chosen else ""
        if one.name == "textarea":
            value = one.get_text()
        sent.setdefault(str(one["name"]), []).append(value)
    return sent


def press(client: AuditedClient, address: str, do: str = "save", **more: Any) -> TestResponse:
    return client.post(address, data={**fields(client.page(address)), "do": do, **more})


def other_client(app: Flask, officer: Any, clock: SettableClock) -> AuditedClient:
    client = app.test_client()
    assert isinstance(client, AuditedClient)
    sign_in(client, again(officer), at=clock.now())
    return client


def at(world: World, number: int, queue: str = "useful") -> str:
    return f"{HERE}/code/{queue}/{world.comments[number].id}"


def test_the_start_page_says_how_many_are_left_in_each_queue(
    analyst: AuditedClient, suggested: World
) -> None:
    said = words(analyst.page(f"{HERE}/code"))

    assert "Most useful next (recommended): 6 left" in said
    assert "PLA03 Buses and rural access: 2 left" in said
    assert "6 Our place: 6 left" in said


def test_ticking_a_suggestion_and_saving_opens_the_next_comment(
    analyst: AuditedClient, suggested: World
) -> None:
    first = start(analyst)
    page = analyst.page(first)
    assert not page.select("input[name=tick][checked]")
    assert "Comment 1 of 6 in this queue · 6 not decided overall · 0 flagged" in words(page)

    answer = press(analyst, at(suggested, 0), tick=["PLA03", "PLA07"])

    assert answer.status_code == 303
    assert "/code/useful/" in str(answer.location)
    assert [(code, stance) for code, stance, _ in codings()] == [
        ("PLA03", Stance.CONCERN),
        ("PLA07", Stance.CONCERN),
    ]
    assert session.scalars(select(Disposition.value)).one() is DispositionValue.CODED
    assert session.scalar(select(func.count()).select_from(SuggestionDecision)) == 2
    read = session.scalars(select(Reading).where(Reading.read_at.is_not(None))).one()
    assert read.comment_id == suggested.comments[0].id
    assert "Saved HS-0001-00: 2 themes." in words(analyst.page(str(answer.location)))


def test_the_most_useful_order_takes_the_least_sure_first_and_every_comment_once(
    analyst: AuditedClient, suggested: World
) -> None:
    with transaction():
        order_reading(again(suggested.consultation).current_run_id)  # type: ignore[arg-type]
    seen, address = [], start(analyst)
    while "/code/useful/" in address:
        seen.append(address)
        address = str(press(analyst, address, "no_point").location)

    assert len(seen) == len(set(seen)) == 6
    assert seen[0].endswith(str(suggested.comments[0].id))
    assert address == f"{HERE}/code/useful"
    assert "You have reached the end of this queue" in words(analyst.page(address))


def test_two_officers_never_get_the_same_comment(
    app: Flask, analyst: AuditedClient, suggested: World, clock: SettableClock
) -> None:
    ben = other_client(app, suggested.other, clock)
    mine, theirs = start(analyst), start(ben)
    assert mine != theirs
    assert "open with Ana" in words(ben.page(f"{HERE}/code"))
    assert "Open with Ana" in words(ben.page(mine))

    clock.move(minutes=11)
    assert start(ben) == mine


def test_a_card_changes_stance_and_quote_and_a_second_stance_joins_it(
    analyst: AuditedClient, suggested: World
) -> None:
    here = at(suggested, 0)
    assert press(analyst, here, "keep", tick="PLA03").status_code == 303
    page = analyst.page(here)
    assert "proposed" in words(page.select_one("#card-PLA03"))
    assert codings() == []

    press(analyst, here, "second:PLA03")
    page = analyst.page(here)
    assert page.select_one("[id='card-PLA03~2']") is not None
    answer = press(
        analyst,
        here,
        **{
            "stance-PLA03": "concern",
            "words-PLA03": "there is none on Sunday",
            "stance-PLA03~2": "suggestion",
        },
    )

    assert answer.status_code == 303
    rows = session.scalars(select(Coding).order_by(Coding.id)).all()
    assert [(row.stance, [(q.start, q.end) for q in row.quotes]) for row in rows] == [
        (Stance.CONCERN, [(31, 54)]),
        (Stance.SUGGESTION, [(0, 8)]),
    ]


def test_a_theme_is_found_in_the_frame_and_needs_a_stance(analyst: AuditedClient, suggested: World) -> None:
    here = at(suggested, 4)
    found = press(analyst, here, "find", find="mayor")
    page = analyst.page(str(found.location).partition("#")[0])
    assert [one["value"] for one in page.select("[data-found] button")] == ["add:GOV02"]
    press(analyst, here, "add:GOV02")

    refused = press(analyst, here)
    assert refused.status_code == 422
    assert "Choose how the comment stands to GOV02." in refused.text
    assert press(analyst, here, **{"stance-GOV02": "support"}).status_code == 303
    assert codings() == [("GOV02", Stance.SUPPORT, CodingSource.SINGLE)]


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "Choose a theme, or say what this comment is."),
        ({"tick": "PLA03", "outcome": "unclear"}, "Choose themes or say what this comment is, not both."),
        (
            {"slot": "PLA03", "tick": "PLA03", "words-PLA03": "no such words"},
            "These words are not in the comment. Copy them exactly.",
        ),
    ],
)
def test_a_refused_save_keeps_what_was_ticked_and_decides_nothing(
    analyst: AuditedClient, suggested: World, sent: dict[str, str], message: str
) -> None:
    refused = press(analyst, at(suggested, 0), note="Ask Lea", **sent)

    assert refused.status_code == 422
    page = BeautifulSoup(refused.text, "html.parser")
    assert message in words(page)
    assert page.select_one("#note").get_text() == "Ask Lea"  # type: ignore[union-attr]
    assert len(page.select("input[name=tick][checked]")) == (1 if "tick" in sent else 0)
    assert sent.get("words-PLA03", "") in str(page.select_one("#words-PLA03"))
    assert codings() == []


def test_an_outcome_with_its_reference_a_note_and_marks(analyst: AuditedClient, suggested: World) -> None:
    answer = press(
        analyst,
        at(suggested, 3),
        outcome="refers_elsewhere",
        note="See the letter",
        handling=["ZZ12", "ZZ06"],
    )

    assert answer.status_code == 303
    assert session.scalars(select(Disposition.value)).one() is DispositionValue.REFERS_ELSEWHERE
    assert session.scalars(select(Discussion.text)).one() == "See the letter"
    assert set(session.scalars(select(Flag.code))) == {"ZZ12", "ZZ06"}
    page = analyst.page(at(suggested, 3))
    assert len(page.select("input[name=handling][checked]")) == 2
    assert "See the letter" in words(page)


def test_ticks_in_the_background_are_a_draft_that_decides_nothing(
    analyst: AuditedClient, suggested: World
) -> None:
    here = at(suggested, 0)
    sent = {**fields(analyst.page(here)), "do": "keep", "tick": "PLA03"}
    assert analyst.post(here, data=sent, headers={"X-Draft": "1"}).status_code == 204

    page = analyst.page(here)
    assert [one["value"] for one in page.select("input[name=tick][checked]")] == ["PLA03"]
    assert "did not save it" in words(page)
    assert codings() == []
    assert session.scalar(select(func.count()).select_from(Disposition)) == 0


def test_skipping_keeps_the_draft_and_does_not_offer_the_comment_again(
    analyst: AuditedClient, suggested: World
) -> None:
    first = start(analyst)
    onward = press(analyst, first, "skip", tick="PLA03")
    seen, address = {first}, str(onward.location)
    while "/code/useful/" in address:
        assert address not in seen
        seen.add(address)
        address = str(press(analyst, address, "skip").location)

    assert len(seen) == 6
    assert start(analyst) == first
    assert analyst.page(first).select("input[name=tick][checked]")


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


def undo(client: AuditedClient, page_address: str) -> TestResponse:
    form = client.page(page_address).select_one("form[action$='/code/undo']")
    assert form is not None
    return client.post(f"{HERE}/code/undo", data={i["name"]: i["value"] for i in form.select("input")})


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


def test_a_comment_is_flagged_found_in_its_queue_and_settled(
    analyst: AuditedClient, suggested: World
) -> None:
    here = at(suggested, 0)
    press(analyst, here, "flag", note="Is this two themes?")
    assert start(analyst, "flagged") == at(suggested, 0, "flagged")
    said = words(analyst.page(here))
    assert "Flagged for discussion" in said
    assert "Is this two themes?" in said

    press(analyst, here, "settle")

    assert start(analyst, "flagged") == f"{HERE}/code/flagged"


def test_an_idea_for_a_theme_goes_to_the_lead_with_its_words(
    analyst: AuditedClient, suggested: World
) -> None:
    here = at(suggested, 2)
    assert press(analyst, here, "idea").status_code == 422
    assert press(analyst, here, "idea", idea="Homes to rent", idea_words="not there").status_code == 422
    answer = press(
        analyst, here, "idea", idea="Homes to rent", idea_words="cannot afford a home", tick="PLA03"
    )

    assert answer.status_code == 303
    idea = session.scalars(select(ThemeIdea)).one()
    assert (idea.label, suggested.comments[2].text[idea.start : idea.end]) == (
        "Homes to rent", "cannot afford a home",
    )  # fmt: skip
    assert analyst.page(here).select("input[name=tick][checked]")


def test_a_queue_or_a_comment_that_is_not_there_is_not_found(
    analyst: AuditedClient, suggested: World
) -> None:
    for address in (
        f"{HERE}/code/nothing",
        at(suggested, 0, "theme"),
        f"{HERE}/code/theme-/{suggested.net.id}",
    ):
        assert analyst.get(address).status_code == 404


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


def test_the_number_of_queries_is_the_same_however_much_there_is(
    analyst: AuditedClient, suggested: World, engine: Engine
) -> None:
    def queries(number: int) -> tuple[int, int]:
        here = at(suggested, number)
        sent = {
            **fields(analyst.page(here)),
            "do": "save",
            "tick": ["PLA03"],
            "slot": [],
            "stance-PLA03": "concern",
        }
        with counted(engine) as opening:
            analyst.get(here)
        with counted(engine) as saving:
            analyst.post(here, data=sent)
        return len(opening), len(saving)

    few = queries(0)
    with transaction():
        again_here = again(suggested.consultation)
        for number in range(10, 40):
            comment = a_comment_of(
                again_here, again(suggested.question), f"More buses, please, number {number}.", number
            )
            a_suggestion(session.get_one(ThemingRun, again_here.current_run_id), comment, suggested.buses)
    many = queries(1)

    assert many[0] <= few[0] + 1  # the undo of the save before
    assert many[1] <= few[1]


def test_accepting_all_likely_is_offered_only_where_one_is_likely(
    analyst: AuditedClient, suggested: World
) -> None:
    run = session.scalars(select(ThemingRun.id)).one()
    with transaction():
        a_suggestion(
            session.get_one(ThemingRun, run), again(suggested.comments[4]), again(suggested.homes),
            probability=0.5, end=8,
        )  # fmt: skip

    assert "Possible" in words(analyst.page(at(suggested, 4)))
    offered = [analyst.page(at(suggested, n)).select_one("[data-all-likely]") for n in (0, 2, 3, 4)]

    assert [one is not None for one in offered] == [True, False, False, False]
