"""What officers see and do: the frame, a theme, bulk decisions, proposals and runs."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, func, select

from app.database import session, transaction
from app.enums import CodingSource, ResponseStatus, Stance
from app.models import CodingBatch, Disposition, Job, Response, ThemingRun
from app.themes.services.code_comment import add_coding
from tests.factories.coding import a_batch, a_coding, a_proposal, a_suggestion
from tests.integration.themes.conftest import World, a_comment_of, again
from tests.integration.themes.pages import HERE, codings, suggestion, words
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.sign_in import sign_in

Write = Callable[..., Any]


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
    assert cells[6].startswith("1 likely")


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
    assert "brings suggestions, not codings" in said
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
