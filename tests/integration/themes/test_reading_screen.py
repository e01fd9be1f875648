"""The reading screen as an officer uses it without JavaScript: one form a comment."""

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import Engine, func, select

from app.database import session, transaction
from app.enums import CodingSource, DispositionValue, Stance
from app.models import (
    Coding,
    Discussion,
    Disposition,
    Flag,
    Reading,
    SuggestionDecision,
    ThemeIdea,
    ThemingRun,
)
from tests.factories.coding import a_suggestion
from tests.integration.themes.conftest import World, a_comment_of, again
from tests.integration.themes.pages import codings, words
from tests.integration.themes.reading import at, fields, press, start
from tests.support.audited_client import AuditedClient
from tests.support.queries import counted


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
