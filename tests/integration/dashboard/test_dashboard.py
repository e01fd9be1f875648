from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app import database
from app.database import session, transaction
from app.enums import (
    Channel,
    DispositionValue,
    ExclusionReason,
    FlagSource,
    JobState,
    RespondentKind,
    ResponseStatus,
    Role,
    Stage,
)
from app.models import AuditEvent, Consultation, Disposition, Exclusion, Flag, Job, Petition, WorkerSign
from tests.factories.coding import a_run, a_suggestion
from tests.factories.comment import a_comment
from tests.factories.consultation import a_consultation
from tests.factories.officer import a_role, an_officer
from tests.factories.response import a_response
from tests.factories.theme import a_theme
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.queries import counted
from tests.support.sign_in import sign_in

DASHBOARD = "/officer/c/a-bid"
RECORDED = "Looking at results before closing is recorded."


@pytest.fixture
def here(app: Flask) -> Consultation:
    with transaction():
        consultation = a_consultation()
    session.refresh(consultation)
    session.expunge(consultation)
    return consultation


@pytest.fixture
def seen_by(client: AuditedClient, here: Consultation, clock: SettableClock) -> Any:
    def begin(role: Role) -> AuditedClient:
        with transaction():
            officer = an_officer()
            a_role(officer, role, consultation=None if role is Role.ADMINISTRATOR else here)
        sign_in(client, officer, at=clock.now())
        return client

    return begin


def words(client: AuditedClient) -> str:
    main = client.page(DASHBOARD).select_one("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())


def looks() -> list[AuditEvent]:
    session.expire_all()
    return list(session.scalars(select(AuditEvent).where(AuditEvent.action == "looked")))


def test_the_sum_adds_up_and_each_term_opens_its_list(seen_by: Any, here: Consultation) -> None:
    with transaction():
        for reference in ("AB-1", "AB-2", "AB-3"):
            a_response(here, reference=reference)
        left_out = a_response(here, reference="AB-4")
        session.add(Exclusion(response_id=left_out.id, reason=ExclusionReason.SPAM))
        a_response(here, reference="AB-5", status=ResponseStatus.WITHDRAWN)
        a_response(here, reference="AB-6", status=ResponseStatus.DRAFT)
        a_response(here, reference="AB-7", is_test=True)
    client = seen_by(Role.LEAD_ANALYST)
    page = client.page(DASHBOARD)

    terms = page.select(".app-sum a")
    shown = {str(term["href"]): int(term.find(string=True)) for term in terms}
    assert list(shown.values()) == [5, 3, 1, 1]
    for href, count in shown.items():
        assert f"{count} response" in client.page(href).get_text(" ")
    said = words(client)
    assert "1 draft not sent; 1 test reply , never counted" in said
    assert "Excluded: 1 spam ." in said


def test_what_waits_is_counted_and_each_line_opens_as_many(seen_by: Any, here: Consultation) -> None:
    with transaction():
        theme, run = a_theme(here), a_run(session.get_one(Consultation, here.id))
        response = a_response(here)
        comments = [a_comment(response, f"The bus, again {n}") for n in range(4)]
        a_suggestion(run, comments[0], theme, probability=0.82)
        a_suggestion(run, comments[1], theme, probability=0.42)
        session.add(Flag(comment_id=comments[2].id, code="ZZ11", source=FlagSource.OFFICER))
        session.add(Flag(comment_id=comments[1].id, code="ZZ09", source=FlagSource.MACHINE))
        session.add(Flag(comment_id=comments[2].id, code="ZZ09", source=FlagSource.MACHINE))
        session.add(
            Disposition(
                comment_id=comments[3].id, value=DispositionValue.NO_POINT, officer_id=an_officer().id
            )
        )
        late = a_response(here, late=True)
        session.add(Exclusion(response_id=late.id, reason=ExclusionReason.LATE_UNDECIDED))
    client = seen_by(Role.LEAD_ANALYST)

    lines = [line.get_text(" ", strip=True) for line in client.page(DASHBOARD).select(".app-todo li")]
    assert lines == [
        "1 safeguarding flag: same day",
        "1 late reply to decide",
        "2 comments with personal details",
        "1 comment with a likely suggestion",
        "3 comments not decided",
    ]
    for link in client.page(DASHBOARD).select(".app-todo a"):
        count = link.find_previous(class_="app-todo__number")
        assert count is not None
        strong = client.page(str(link["href"])).select_one("main strong")
        assert strong is not None
        assert strong.get_text().split()[0] == count.get_text()


def test_an_empty_consultation_says_that_nothing_waits(seen_by: Any) -> None:
    said = words(seen_by(Role.LEAD_ANALYST))

    assert "Nothing is waiting." in said
    assert "0 of 0 comments decided" in said


@pytest.mark.parametrize("role", list(Role))
def test_before_closing_results_are_for_roles_that_may_see_counts(
    seen_by: Any, here: Consultation, role: Role
) -> None:
    with transaction():
        a_comment(a_response(here))
    said = words(seen_by(role))

    sees = role not in (Role.VIEWER, Role.INPUTTER)
    assert ("in the analysis" in said) is sees
    assert (RECORDED in said) is sees
    assert len(looks()) == (1 if sees else 0)
    assert sees or "1" not in said.split("Stage")[0]


def test_a_look_is_recorded_once_a_minute_and_not_after_closing(
    seen_by: Any, here: Consultation, clock: SettableClock
) -> None:
    client = seen_by(Role.ANALYST)
    words(client)
    words(client)
    assert len(looks()) == 1

    clock.move(minutes=2)
    words(client)
    assert [event.subject_name for event in looks()] == ["dashboard", "dashboard"]

    with transaction():
        session.get_one(Consultation, here.id).stage = Stage.SIGNED_OFF
    clock.move(minutes=2)
    assert RECORDED not in words(client)
    assert len(looks()) == 2


def test_a_look_that_cannot_be_recorded_does_not_fail_the_page(
    seen_by: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = seen_by(Role.ANALYST)

    def broken() -> None:
        raise database_fault()

    monkeypatch.setattr(database, "aside", broken)

    assert RECORDED in words(client)


def database_fault() -> Exception:
    return OperationalError("INSERT", {}, Exception("locked"))


def test_after_closing_a_viewer_sees_small_groups_hidden_and_no_links(
    seen_by: Any, here: Consultation
) -> None:
    with transaction():
        session.get_one(Consultation, here.id).stage = Stage.SIGNED_OFF
        for number in range(20):
            a_response(here, area="Exeter" if number < 18 else "Mendip")
        a_response(here, kind=RespondentKind.ORGANISATION, organisation_type="council", area="Torbay")
    client = seen_by(Role.VIEWER)
    page = client.page(DASHBOARD)

    said = " ".join(page.get_text(" ").split())
    assert "fewer than 5" in said
    assert not page.select("main table a")
    assert not page.select(".app-sum a")
    captions = {caption.get_text(): caption for caption in page.select("main caption")}
    areas = next(caption.find_parent("table") for words, caption in captions.items() if "live" in words)
    assert areas is not None
    assert "2" not in [cell.get_text(strip=True) for cell in areas.select("td")]


def test_who_reads_the_report_too_sees_the_same_tables_here(seen_by: Any, here: Consultation) -> None:
    """A petition counted in one of two tables would give away what the other hides."""
    with transaction():
        responses = [a_response(here, area=area) for area in ("Exeter",) * 5 + ("Mendip",) * 9]
        a_response(here, area="Torbay", channel=Channel.PAPER)
        session.add(Petition(response_id=responses[0].id, title="Buses", signatories=900))
        session.get_one(Consultation, here.id).stage = Stage.SIGNED_OFF
    said = words(seen_by(Role.VIEWER))

    assert "Exeter fewer than 5" in said
    assert "Paper fewer than 5" in said
    assert "14 responses in the analysis, petitions apart" in said
    assert "15 received" in said


def test_a_failed_job_links_to_the_runs_only_for_those_who_may_open_them(
    seen_by: Any, here: Consultation, clock: SettableClock
) -> None:
    with transaction():
        session.add(
            Job(consultation_id=here.id, kind="theming", state=JobState.FAILED, run_after=clock.now())
        )
    line = seen_by(Role.ADMINISTRATOR).page(DASHBOARD).select_one(".app-todo li")

    assert line is not None
    assert "1 failed job" in line.get_text(" ", strip=True)
    assert line.select_one("a") is None


def test_working_roles_see_every_number(seen_by: Any, here: Consultation) -> None:
    with transaction():
        for area in ("Exeter", "Mendip", "Mendip"):
            a_response(here, area=area)

    assert "fewer than 5" not in words(seen_by(Role.ANALYST))


def test_a_running_job_shows_how_far_it_is_and_refreshes_itself(
    seen_by: Any, here: Consultation, clock: SettableClock
) -> None:
    with transaction():
        session.add(
            Job(
                consultation_id=here.id,
                kind="theming",
                state=JobState.RUNNING,
                run_after=clock.now(),
                done=412,
                total=676,
                step="Reading",
            )
        )
    client = seen_by(Role.LEAD_ANALYST)
    page = client.page(DASHBOARD)

    assert "Working: 412 of 676 comments. You can leave this page." in " ".join(page.get_text(" ").split())
    assert page.select_one(".app-working[data-refresh]") is not None
    assert "No worker is running." in words(client)
    with transaction():
        session.add(WorkerSign(name="one", seen_at=clock.now()))
    assert "No worker is running." not in words(client)


def test_a_job_that_failed_waits_until_one_of_its_kind_goes_well(
    seen_by: Any, here: Consultation, clock: SettableClock
) -> None:
    def ended(state: JobState) -> None:
        with transaction():
            session.add(Job(consultation_id=here.id, kind="theming", state=state, run_after=clock.now()))

    client = seen_by(Role.LEAD_ANALYST)
    ended(JobState.FAILED)
    assert "1 failed job" in words(client)
    ended(JobState.DONE)
    assert "Nothing is waiting." in words(client)


@pytest.mark.parametrize(
    ("stage", "closes_at", "said"),
    [
        (Stage.DRAFT, None, "Draft Opens at midnight, Monday 1 June 2026 and closes at 11:59pm"),
        (Stage.OPEN, None, "Open Closes at 11:59pm, Tuesday 30 June 2026."),
        (
            Stage.OPEN,
            datetime(2026, 6, 15, 9, 50, tzinfo=UTC),
            "Closed at 10:50am, Monday 15 June 2026. People who had started can send until 11:20am.",
        ),
        (Stage.CLOSED, datetime(2026, 6, 1, 9, 0, tzinfo=UTC), "Closed Closed at 10am, Monday 1 June 2026."),
    ],
)
def test_the_stage_line_says_where_it_is_with_its_dates(
    seen_by: Any, here: Consultation, stage: Stage, closes_at: datetime | None, said: str
) -> None:
    with transaction():
        row = session.get_one(Consultation, here.id)
        row.stage, row.closes_at = stage, closes_at or row.closes_at

    assert said in words(seen_by(Role.LEAD_ANALYST))


def test_the_number_of_queries_does_not_grow_with_the_responses(
    app: Flask, seen_by: Any, here: Consultation
) -> None:
    with transaction():
        a_comment(a_response(here, area="Exeter"))
    client = seen_by(Role.LEAD_ANALYST)
    words(client)
    with counted(app.extensions["engine"]) as few:
        words(client)
    with transaction():
        for number in range(30):
            a_comment(a_response(here, area=f"Area {number}"))
    with counted(app.extensions["engine"]) as many:
        words(client)

    assert len(many) == len(few)
