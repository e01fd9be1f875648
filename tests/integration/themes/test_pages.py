"""What officers see and do: the frame, a theme, a comment, bulk decisions and runs."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, func, select

from app.database import session, transaction
from app.enums import CodingSource, DispositionValue, ResponseStatus, Role, Stance
from app.models import Coding, CodingBatch, Disposition, Job, Response, Suggestion, ThemingRun
from app.themes.services.code_comment import add_coding
from tests.factories.coding import a_batch, a_coding, a_proposal, a_run, a_suggestion
from tests.integration.themes.conftest import World, a_comment_of, again, an_officer
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.sign_in import sign_in

Write = Callable[..., Any]
HERE = "/officer/c/bid"


@pytest.fixture
def suggested(world: World) -> World:
    """Buses suggested for the first three comments, homes for the first."""
    with transaction():
        run = a_run(again(world.consultation))
        for comment, probability in zip(world.comments, (0.9, 0.72, 0.2), strict=False):
            a_suggestion(run, comment, world.buses, probability=probability, end=8)
        a_suggestion(run, world.comments[0], world.homes, probability=0.5, rank=2, end=8)
    return world


@pytest.fixture
def analyst(client: AuditedClient, suggested: World, clock: SettableClock) -> AuditedClient:
    sign_in(client, again(suggested.officer), at=clock.now())
    return client


@pytest.fixture
def lead(client: AuditedClient, suggested: World, clock: SettableClock) -> AuditedClient:
    sign_in(client, again(suggested.lead), at=clock.now())
    return client


def words(page: Any) -> str:
    return " ".join(page.get_text(" ").split())


def suggestion(world: World, number: int, code: str) -> Suggestion:
    theme = {"PLA03": world.buses, "PLA07": world.homes}[code]
    query = select(Suggestion).where(
        Suggestion.comment_id == world.comments[number].id, Suggestion.theme_id == theme.id
    )
    return session.scalars(query).one()


def codings() -> list[tuple[str, Stance, CodingSource]]:
    rows = session.scalars(select(Coding).where(Coding.removed_at.is_(None)).order_by(Coding.id))
    return [(row.theme.code, row.stance, row.source) for row in rows]


def test_the_frame_counts_codings_and_keeps_suggestions_apart(
    analyst: AuditedClient, suggested: World, written: Write
) -> None:
    written(
        add_coding,
        suggested.comments[0].id,
        theme_id=suggested.buses.id,
        stance=Stance.CONCERN,
        actor=suggested.actor,
    )
    row = analyst.page(f"{HERE}/frame").find("a", string="Buses and rural access").find_parent("tr")  # type: ignore[union-attr]
    cells = [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["td", "th"])]  # type: ignore[union-attr]

    assert cells[0] == "PLA03"
    assert cells[2].startswith("1 ")
    assert cells[3].startswith("1 ")
    assert cells[5].startswith("1 likely")


def test_a_frame_without_themes_says_what_to_do(
    client: AuditedClient, world: World, clock: SettableClock
) -> None:
    sign_in(client, again(world.officer), at=clock.now())
    with transaction():
        for theme in (world.buses, world.homes, world.mayor):
            again(theme).retired_at = clock.now()

    assert "No themes yet." in words(client.page(f"{HERE}/frame"))


def test_a_theme_shows_its_numbers_and_the_suggestions_that_wait(analyst: AuditedClient) -> None:
    page = analyst.page(f"{HERE}/frame/themes/PLA03")

    assert "No officer has found this theme in a comment yet." in words(page)
    assert "3 suggestions wait: 2 likely (from 70%), 0 possible" in words(page)
    assert [box["value"] for box in page.select("input[name=suggestion]")]
    assert not page.select("input[name=suggestion][checked]")
    assert not page.find("select", id="which"), "bulk is for leads"


def test_ticked_suggestions_are_accepted_or_dismissed(analyst: AuditedClient, suggested: World) -> None:
    address = f"{HERE}/frame/themes/PLA03"
    first, second = suggestion(suggested, 0, "PLA03"), suggestion(suggested, 1, "PLA03")

    assert analyst.submit(address, do="accept").status_code == 422
    answer = analyst.submit(address, suggestion=[str(first.id)], do="accept")
    assert answer.status_code == 303
    assert analyst.submit(address, suggestion=[str(second.id)], do="dismiss").status_code == 303

    assert codings() == [("PLA03", Stance.CONCERN, CodingSource.SINGLE)]
    assert "1 suggestion waits" in words(analyst.page(address))


def test_each_number_beside_the_sums_of_a_theme_opens_its_list(
    analyst: AuditedClient, suggested: World
) -> None:
    with transaction():
        for comment in suggested.comments[:2]:
            a_coding(comment, suggested.buses, again(suggested.officer))
    page = analyst.page(f"{HERE}/frame/themes/PLA03")

    links = [a for a in page.select("main p.govuk-body-s a") if "theme=PLA03" in str(a["href"])]
    assert len(links) == 4
    for link in links:
        total = analyst.page(str(link["href"])).select_one("main strong")
        assert total is not None
        assert total.get_text().split()[0] == link.find(string=True), link["href"]


def test_a_bulk_acceptance_is_previewed_applied_and_undone(lead: AuditedClient, suggested: World) -> None:
    address = f"{HERE}/bulk/accept/PLA03"
    jump = lead.get(f"{HERE}/bulk?theme=PLA03&which=70&do=accept")
    assert jump.location == f"{address}?which=70"
    page = lead.page(f"{address}?which=70")
    assert "2 comments will get this theme" in words(page)

    answer = lead.submit(address, _from=f"{address}?which=70")
    assert answer.status_code == 303
    assert codings() == [("PLA03", Stance.CONCERN, CodingSource.BULK)] * 2
    result = words(lead.page(answer.location))
    assert "2 comments have the theme now, marked “in bulk, not read singly”." in result

    undone = lead.submit(f"{answer.location}/undo", _from=answer.location)
    assert undone.status_code == 303
    assert codings() == []
    assert session.scalar(select(func.count(Disposition.id))) == 0
    assert "Undone by Lea" in words(lead.page(f"{HERE}/changes"))


def test_a_list_that_changed_meanwhile_is_shown_again(lead: AuditedClient, suggested: World) -> None:
    address = f"{HERE}/bulk/accept/PLA03"
    answer = lead.submit(address, _from=f"{address}?which=70", digest="0000")

    assert answer.status_code == 422
    assert "The list changed while you were reading it." in answer.text
    assert session.scalar(select(func.count(CodingBatch.id))) == 0


def test_an_analyst_may_not_decide_in_bulk_or_start_a_run(analyst: AuditedClient) -> None:
    token = analyst.page(f"{HERE}/changes").select_one("input[name=csrf_token]")["value"]  # type: ignore[index]

    assert analyst.get(f"{HERE}/bulk/accept/PLA03").status_code == 403
    assert analyst.post(f"{HERE}/bulk/accept/PLA03", data={"csrf_token": token}).status_code == 403
    assert analyst.post(f"{HERE}/runs", data={"csrf_token": token}).status_code == 403


def test_a_comment_shows_its_question_facts_and_suggestions(analyst: AuditedClient, suggested: World) -> None:
    page = analyst.page(f"{HERE}/comments/{suggested.comments[0].id}")
    said = words(page)

    assert "What do you want to say about our place?" in said
    assert "Individual, Teignbridge · online" in said
    assert "Likely 90%" in said
    assert "Possible 50%" in said
    assert [mark.get_text() for mark in page.select(".app-mark--suggested")] == [
        "The last (suggestion 1) (suggestion 2)"
    ]


def test_accepting_dismissing_and_asking_again_on_a_comment(analyst: AuditedClient, suggested: World) -> None:
    here = f"{HERE}/comments/{suggested.comments[0].id}"
    buses, homes = suggestion(suggested, 0, "PLA03"), suggestion(suggested, 0, "PLA07")

    def decide(one: Suggestion, do: str) -> None:
        sent = analyst.submit(f"{here}/suggestions", _from=here, suggestion=str(one.id), do=do)
        assert sent.status_code == 303

    decide(buses, "accept")
    decide(buses, "accept")
    decide(homes, "dismiss")
    assert codings() == [("PLA03", Stance.CONCERN, CodingSource.SINGLE)]
    assert "Dismissed by Ana." in words(analyst.page(here))

    decide(homes, "again")
    decide(buses, "again")
    assert codings() == []
    assert "Dismissed by" not in words(analyst.page(here))


def test_a_theme_is_added_with_its_words_and_removed(analyst: AuditedClient, suggested: World) -> None:
    here = f"{HERE}/comments/{suggested.comments[1].id}"
    answer = analyst.submit(
        f"{here}/themes",
        _from=here,
        theme="PLA07",
        stance="suggestion",
        words=" Affordable homes for local people \r\n",
    )
    assert answer.status_code == 303
    page = analyst.page(here)
    assert "“Affordable homes for local people”" in words(page)
    assert "Remove PLA07 suggestion" in words(page)

    coding = page.select_one("input[name=coding]")["value"]  # type: ignore[index]
    for _ in range(2):
        token = analyst.page(here).select_one("input[name=csrf_token]")["value"]  # type: ignore[index]
        sent = analyst.post(f"{here}/themes/remove", data={"csrf_token": token, "coding": coding})
        assert sent.status_code == 303
    assert codings() == []


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"theme": "", "stance": "concern"}, "#theme", "Choose a theme from the coding frame"),
        ({"theme": "PLA03"}, "#stance", "Choose how the comment stands to the theme"),
        ({"theme": "PLA", "stance": "concern"}, "#theme", "Choose a theme from the coding frame."),
        (
            {"theme": "PLA03", "stance": "concern", "words": "no such words"},
            "#words",
            "These words are not in the comment. Copy them exactly.",
        ),
    ],
)
def test_a_refused_theme_keeps_what_was_typed(
    analyst: AuditedClient, suggested: World, typed: dict[str, str], field: str, message: str
) -> None:
    here = f"{HERE}/comments/{suggested.comments[0].id}"
    answer = analyst.submit(f"{here}/themes", _from=here, **typed)

    assert answer.status_code == 422
    assert re.search(f'<a href="{field}">{re.escape(message)}', answer.text)
    assert typed.get("words", "") in answer.text
    assert codings() == []


def test_an_outcome_is_saved_and_refused_beside_themes(analyst: AuditedClient, suggested: World) -> None:
    here = f"{HERE}/comments/{suggested.comments[3].id}"
    assert analyst.submit(f"{here}/outcome", _from=here).status_code == 422
    assert analyst.submit(f"{here}/outcome", _from=here, outcome="no_point").status_code == 303
    assert session.scalars(select(Disposition.value)).one() is DispositionValue.NO_POINT
    assert "Outcome: No point made Ana" in words(analyst.page(here))

    analyst.submit(f"{here}/themes", _from=here, theme="PLA03", stance="neutral")
    token = analyst.page(here).select_one("input[name=csrf_token]")["value"]  # type: ignore[index]
    refused = analyst.post(f"{here}/outcome", data={"csrf_token": token, "outcome": "unclear"})
    assert refused.status_code == 422
    assert "This comment has themes." in refused.text


def test_themes_are_found_by_words_of_the_frame(analyst: AuditedClient, suggested: World) -> None:
    page = analyst.page(f"{HERE}/comments/{suggested.comments[0].id}?find=afford")

    assert [one["value"] for one in page.select("#theme option")] == ["", "PLA07"]


def test_those_who_may_only_read_have_no_buttons(
    client: AuditedClient, suggested: World, clock: SettableClock
) -> None:
    with transaction():
        editor = an_officer("edi", again(suggested.consultation), Role.REPORT_EDITOR)
    sign_in(client, editor, at=clock.now())
    for address in (
        f"comments/{suggested.comments[0].id}",
        "frame",
        "frame/themes/PLA03",
        "runs",
        "frame/proposals",
    ):
        page = client.page(f"{HERE}/{address}")
        assert {form["action"] for form in page.select("main form[method=post]")} <= {
            f"{HERE}/frame/themes/PLA03"
        }
        assert not page.select("main form[method=post] button")


def test_a_run_is_started_once_followed_and_stopped(lead: AuditedClient, suggested: World) -> None:
    first = lead.submit(f"{HERE}/runs", _from=f"{HERE}/frame")
    assert first.location == f"{HERE}/runs/2"
    page = lead.page(first.location)
    assert "No worker is running, so this run waits." in words(page)
    assert page.select_one("[data-refresh]")
    token = page.select_one("input[name=csrf_token]")["value"]  # type: ignore[index]
    second = lead.post(f"{HERE}/runs", data={"csrf_token": token})
    assert second.location == first.location
    assert session.scalar(select(func.count(Job.id))) == 1

    assert lead.submit(f"{first.location}/stop", _from=first.location).status_code == 303
    session.rollback()
    assert session.scalars(select(Job)).one().stop_asked
    assert "stopping" in words(lead.page(f"{HERE}/runs")).lower()
    assert session.scalar(select(func.count(ThemingRun.id))) == 2


def test_proposals_are_shown_as_proposals(analyst: AuditedClient, suggested: World) -> None:
    with transaction():
        run = session.scalars(select(ThemingRun)).one()
        a_proposal(run, suggested.comments[:3], label="Sunday bus", terms=["Sunday", "bus"])
    said = words(analyst.page(f"{HERE}/frame/proposals"))

    assert "Suggested by software, not yet checked Sunday bus" in said
    assert "PLA03 Buses and rural access (2 of its 3 comments)" in said


def test_a_proposal_shows_no_words_that_were_withdrawn_since(
    analyst: AuditedClient, suggested: World
) -> None:
    with transaction():
        run = session.scalars(select(ThemingRun)).one()
        a_proposal(run, suggested.comments[:3])
        response = session.get_one(Response, suggested.comments[0].response_id)
        response.status, response.withdrawn_at = ResponseStatus.WITHDRAWN, response.sent_at
    said = words(analyst.page(f"{HERE}/frame/proposals"))

    assert suggested.comments[0].text not in said
    assert suggested.comments[1].text in said
    assert "You cannot accept or dismiss them here yet." in said
    assert "Looking at results before closing is recorded." in said


@pytest.mark.parametrize("address", ["frame", "frame/themes/PLA03", "frame/proposals", "changes", "runs"])
def test_the_number_of_queries_does_not_grow_with_the_data(
    lead: AuditedClient, suggested: World, app: Flask, written: Write, address: str
) -> None:
    def queries() -> int:
        count = 0

        def seen(*_given: Any) -> None:
            nonlocal count
            count += 1

        engine: Engine = app.extensions["engine"]
        event.listen(engine, "before_cursor_execute", seen)
        lead.page(f"{HERE}/{address}")
        event.remove(engine, "before_cursor_execute", seen)
        return count

    written(
        add_coding,
        suggested.comments[5].id,
        theme_id=suggested.buses.id,
        stance=Stance.CONCERN,
        actor=suggested.actor,
    )
    lead.page(f"{HERE}/{address}")
    few = queries()
    with transaction():
        consultation = again(suggested.consultation)
        run = session.scalars(select(ThemingRun)).one()
        more = [a_comment_of(consultation, again(suggested.question), f"Bus {n}", n) for n in range(50, 62)]
        for comment in more:
            a_suggestion(run, comment, suggested.buses, end=3)
        for number in range(6):
            a_proposal(run, more[number : number + 4], key=f"P{number}")
            a_batch(consultation, suggested.buses, suggested.lead)
    for comment in more[:6]:
        written(
            add_coding, comment.id, theme_id=suggested.buses.id, stance=Stance.CONCERN, actor=suggested.actor
        )

    assert queries() == few
