"""The report as officers and the public see it."""

import pytest
from bs4 import BeautifulSoup, Tag
from sqlalchemy import select

from app.database import session, transaction
from app.enums import Role
from app.models import AuditEvent, Consultation
from tests.factories.response import a_response
from tests.integration.reporting.conftest import CLOSED, Desk
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.mixture import Mixture
from tests.support.sign_in import csrf_token_of

REPORT = "/officer/c/a-bid/report"
PUBLIC = "/c/a-bid/report"


def words(page: BeautifulSoup) -> str:
    main = page.select_one("main")
    assert isinstance(main, Tag)
    return " ".join(main.get_text(" ").split())


@pytest.fixture
def editor(desk: Desk) -> AuditedClient:
    return desk.officer(Role.REPORT_EDITOR)


@pytest.fixture
def closed(clock: SettableClock) -> None:
    clock.set(CLOSED)


def freeze_and_publish(editor: AuditedClient, number: int = 1) -> None:
    assert editor.submit(f"{REPORT}/freeze").status_code == 303
    address = f"{REPORT}/releases/{number}/publish"
    assert editor.submit(address).status_code == 303


def test_every_closed_question_has_its_chart_its_base_and_its_table(
    editor: AuditedClient, mixed: Mixture
) -> None:
    page = editor.page(REPORT)

    charts = page.select("figure.app-chart")
    assert len(charts) == len(mixed.closed)
    for chart in charts:
        assert chart.select_one("table caption") is not None
        assert "answered;" in chart.get_text() or "answered." in chart.get_text()


def test_the_preview_says_what_it_is_and_how_far_the_reading_is(editor: AuditedClient) -> None:
    said = words(editor.page(REPORT))

    assert "Preview, for officers only" in said
    assert "comments so far." in said
    assert "People chose to take part, so these figures are not a survey of everyone in the area." in said


def test_a_look_before_closing_is_recorded_and_the_page_says_so(editor: AuditedClient) -> None:
    said = words(editor.page(REPORT))
    looks = session.scalars(select(AuditEvent).where(AuditEvent.action == "looked")).all()

    assert "Looking at results before closing is recorded." in said
    assert len(looks) == 1


@pytest.mark.usefixtures("closed")
def test_a_look_after_closing_is_not(editor: AuditedClient) -> None:
    assert "is recorded" not in words(editor.page(REPORT))
    assert session.scalars(select(AuditEvent).where(AuditEvent.action == "looked")).all() == []


def test_numbers_open_lists_only_for_those_who_may_read_responses(desk: Desk) -> None:
    reader = desk.officer(Role.ANALYST).page(REPORT)
    administrator = desk.officer(Role.ADMINISTRATOR).page(REPORT)

    lists = "main a[href^='/officer/c/a-bid/comments'], main a[href^='/officer/c/a-bid/responses']"
    assert reader.select(lists)
    assert administrator.select(lists) == []


def test_a_viewer_reads_a_release_and_never_the_preview(
    desk: Desk, editor: AuditedClient, clock: SettableClock
) -> None:
    viewer = desk.officer(Role.VIEWER)
    assert "There is no report yet." in words(viewer.page(REPORT))

    clock.set(CLOSED)
    editor, viewer = desk.officer(Role.REPORT_EDITOR), desk.officer(Role.VIEWER)
    editor.submit(f"{REPORT}/freeze")
    assert "There is no report yet." in words(viewer.page(REPORT))
    assert viewer.get(f"{REPORT}/releases/1").status_code == 403

    editor.submit(f"{REPORT}/releases/1/publish")
    assert "Release 1" in words(viewer.page(REPORT))


def test_the_public_is_told_politely_that_there_is_no_report(client: AuditedClient, mixed: Mixture) -> None:
    assert "There is no report yet" in words(client.page(PUBLIC))


@pytest.mark.usefixtures("closed")
def test_the_public_reads_the_frozen_numbers_and_no_link_of_the_officers(
    editor: AuditedClient, client: AuditedClient, mixed: Mixture
) -> None:
    freeze_and_publish(editor)
    before = words(client.page(PUBLIC))
    with transaction():
        a_response(session.merge(mixed.consultation))

    page = client.page(PUBLIC)

    assert words(page) == before
    assert "Interim" in before
    assert "People read version" not in before  # this consultation has no document
    assert page.select("a[href^='/officer']") == []
    assert "not yet checked" not in page.get_text()


@pytest.mark.usefixtures("closed")
def test_a_withdrawn_report_is_gone_and_the_reason_is_asked_for(
    editor: AuditedClient, client: AuditedClient
) -> None:
    freeze_and_publish(editor)
    address = f"{REPORT}/releases/1/withdraw"

    refused = editor.submit(address, reason=" ")
    assert refused.status_code == 422
    assert "Give the reason for withdrawing the report" in refused.text

    assert editor.submit(address, reason="A number was wrong").status_code == 303
    assert "There is no report yet" in words(client.page(PUBLIC))
    assert "A number was wrong" in words(editor.page(REPORT))


def test_freezing_before_closing_is_refused_in_words(editor: AuditedClient) -> None:
    assert editor.page(f"{REPORT}/freeze").select_one("main form") is None

    refused = editor.post(f"{REPORT}/freeze", data={"csrf_token": csrf_token_of(editor, REPORT)})

    assert refused.status_code == 422
    assert "You can freeze a report once the consultation has closed" in refused.text


@pytest.mark.usefixtures("closed")
def test_freezing_pressed_twice_makes_one_release(editor: AuditedClient) -> None:
    form = {i["name"]: i["value"] for i in editor.page(f"{REPORT}/freeze").select("main form input")}

    first, second = (editor.post(f"{REPORT}/freeze", data=form) for _ in range(2))

    assert first.status_code == second.status_code == 303
    assert first.location == second.location
    assert "Release 2" not in words(editor.page(REPORT))


@pytest.mark.usefixtures("closed")
def test_publishing_a_release_that_is_public_already_is_refused_in_words(editor: AuditedClient) -> None:
    freeze_and_publish(editor)

    refused = editor.submit(f"{REPORT}/releases/1/publish")

    assert refused.status_code == 422
    assert "This release was changed while the page was open" in refused.text


@pytest.mark.usefixtures("closed")
def test_a_lead_freezes_and_may_not_publish_and_an_administrator_publishes(desk: Desk) -> None:
    lead, administrator = desk.officer(Role.LEAD_ANALYST), desk.officer(Role.ADMINISTRATOR)

    assert lead.submit(f"{REPORT}/freeze").status_code == 303
    assert lead.get(f"{REPORT}/releases/1/publish").status_code == 403
    assert administrator.submit(f"{REPORT}/releases/1/publish").status_code == 303


@pytest.mark.usefixtures("closed")
def test_a_release_of_another_consultation_is_not_found(editor: AuditedClient) -> None:
    assert editor.get(f"{REPORT}/releases/7").status_code == 404
    assert session.scalars(select(Consultation)).one().slug == "a-bid"
