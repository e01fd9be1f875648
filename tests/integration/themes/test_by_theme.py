"""One theme checked in many comments: yes, no, not sure."""

from typing import Any

from bs4 import BeautifulSoup
from sqlalchemy import func, select

from app.database import session
from app.enums import CodingSource, Decision, Stance
from app.models import AuditEvent, Reading, SuggestionDecision
from tests.integration.themes.conftest import World
from tests.integration.themes.pages import HERE, codings, suggestion, words
from tests.integration.themes.reading import press
from tests.support.audited_client import AuditedClient
from tests.support.queries import counted
from tests.support.sign_in import csrf_token_of

PAGE = f"{HERE}/code/theme/PLA03"


def answers(client: AuditedClient, world: World, *given: str, **more: str) -> dict[str, Any]:
    rows = [suggestion(world, number, "PLA03").id for number in range(3)]
    said = {f"answer-{key}": answer for key, answer in zip(rows, given, strict=False) if answer}
    shown = [str(key) for key in rows]
    session.rollback()
    return {"csrf_token": csrf_token_of(client, PAGE), "shown": shown, **said, **more}


def test_a_page_of_answers_adds_remembers_and_leaves(analyst: AuditedClient, suggested: World) -> None:
    first = suggestion(suggested, 0, "PLA03").id
    page = analyst.page(PAGE)
    assert len(page.select("[data-row]")) == 3
    assert not page.select("input[name^=answer][checked]")
    assert page.select_one("link[href*='code/theme']") is None
    sent = answers(analyst, suggested, "yes", "no", "unsure", **{f"stance-{first}": "support"})

    answer = analyst.post(PAGE, data=sent)
    assert answer.status_code == 303
    assert analyst.post(PAGE, data=sent).status_code == 303  # a double press

    assert codings() == [("PLA03", Stance.SUPPORT, CodingSource.BY_THEME)]
    decided = session.scalars(select(SuggestionDecision.decision).order_by(SuggestionDecision.comment_id))
    assert sorted(decided) == [Decision.ACCEPTED, Decision.DISMISSED]
    audited = select(func.count()).select_from(AuditEvent).where(AuditEvent.subject_kind == "suggestion")
    assert session.scalar(audited) == 2
    assert session.scalar(select(func.count()).select_from(Reading).where(Reading.read_at.is_not(None))) == 0
    session.rollback()
    again = words(analyst.page(str(answer.location)))
    assert "Saved: 1 yes, 1 no, 1 not sure." in again
    assert "You have seen them all. 1 comment still waits" in again
    assert len(analyst.page(PAGE).select("[data-row]")) == 1


def test_a_yes_is_no_reading_and_the_comment_waits_to_be_read_whole(
    analyst: AuditedClient, suggested: World
) -> None:
    analyst.post(PAGE, data=answers(analyst, suggested, "yes"))
    assert "PLA07 Affordable homes: 1 left" in words(analyst.page(f"{HERE}/code"))
    address = str(analyst.submit(f"{HERE}/code", queue="reread").location)
    assert str(suggested.comments[0].id) in address
    assert "checked for this theme alone" in words(analyst.page(address))

    assert press(analyst, address).location == f"{HERE}/code/reread"


def test_a_page_that_is_refused_keeps_its_answers_and_writes_nothing(
    analyst: AuditedClient, suggested: World
) -> None:
    empty = analyst.post(PAGE, data=answers(analyst, suggested))
    assert empty.status_code == 422
    assert "Answer Yes, No or Not sure for at least one comment" in empty.text
    before = answers(analyst, suggested, "yes", "no", "no")
    analyst.post(PAGE, data=answers(analyst, suggested, "", "yes"))

    refused = analyst.post(PAGE, data=before)

    assert refused.status_code == 422
    shown = BeautifulSoup(refused.text, "html.parser")
    assert [box["value"] for box in shown.select("input[name^=answer][checked]")] == ["yes", "no"]
    assert len(codings()) == 1


def test_the_page_asks_as_little_for_three_suggestions_as_for_one(
    analyst: AuditedClient, suggested: World, engine: Any
) -> None:
    analyst.page(PAGE)
    with counted(engine) as three:
        analyst.page(PAGE)
    analyst.post(PAGE, data=answers(analyst, suggested, "no", "no"))
    analyst.page(PAGE)
    with counted(engine) as one:
        analyst.page(PAGE)
    assert len(three) == len(one)
