from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import actor
from app.accounts.services.record import record
from app.database import session
from app.enums import ResponseStatus, Role
from app.models import AuditEvent, CheckSample, Comment, Consultation, Officer, Response
from tests.factories.comment import a_comment
from tests.factories.consultation import a_consultation
from tests.factories.officer import a_role, an_officer
from tests.factories.response import a_response
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.sign_in import sign_in


@pytest.fixture
def log(app: Flask, clock: SettableClock) -> dict[str, Officer]:
    """Three entries in one consultation, by an analyst and a lead, and one in another."""
    here, other = a_consultation(), a_consultation(slug="another")
    people = {"analyst": an_officer("V. Lee"), "lead": an_officer("R. Ashdown")}
    a_role(people["analyst"], Role.ANALYST, consultation=here)
    a_role(people["lead"], Role.LEAD_ANALYST, consultation=here)
    told: list[tuple[str, str, str, str, dict[str, object], UUID, timedelta]] = [
        ("analyst", "added", "coding", "PLA07", {"stance": "concern"}, here.id, timedelta(0)),
        ("lead", "started", "run", "1", {}, here.id, timedelta(days=1)),
        ("lead", "accepted in bulk", "suggestions", "PLA07", {"size": 12}, here.id, timedelta(days=2)),
        ("lead", "started", "run", "99", {}, other.id, timedelta(0)),
    ]
    for who, action, subject, name, details, place, later in told:
        record(
            action,
            actor=actor.officer(people[who].id),
            now=clock.now() + later,
            subject=subject,
            subject_name=name,
            consultation_id=place,
            details=details,
        )
    session.commit()
    return people


def entries(client: AuditedClient, query: str = "") -> list[str]:
    page = client.page(f"/officer/c/a-bid/audit{query}")
    return [" ".join(cell.get_text().split()) for cell in page.select("tbody td")]


def test_a_lead_analyst_reads_every_entry_of_this_consultation_the_newest_first(
    client: AuditedClient, log: dict[str, Officer], clock: SettableClock
) -> None:
    sign_in(client, log["lead"], at=clock.now())

    assert entries(client) == [
        "R. Ashdown accepted theme PLA07 on 12 comments in bulk.",
        "R. Ashdown started run 1.",
        "V. Lee put theme PLA07 on a comment, as concern.",
    ]


def test_an_analyst_reads_their_own_entries_whatever_the_address_says(
    client: AuditedClient, log: dict[str, Officer], clock: SettableClock
) -> None:
    lead = log["lead"].id
    sign_in(client, log["analyst"], at=clock.now())

    own = ["V. Lee put theme PLA07 on a comment, as concern."]
    assert entries(client) == own
    assert entries(client, f"?who={lead}") == own


@pytest.mark.parametrize(
    ("query", "found"),
    [("?thing=run", 1), ("?name=pla07", 2), ("?from=2026-06-16&to=2026-06-16", 1), ("?from=never&who=x", 3)],
)
def test_entries_are_filtered_by_thing_name_and_day(
    client: AuditedClient, log: dict[str, Officer], clock: SettableClock, query: str, found: int
) -> None:
    sign_in(client, log["lead"], at=clock.now())

    assert len(entries(client, query)) == found


def test_the_log_comes_fifty_entries_at_a_time(
    client: AuditedClient, log: dict[str, Officer], clock: SettableClock
) -> None:
    here = a_consultation(slug="long")
    a_role(log["lead"], Role.LEAD_ANALYST, consultation=here)
    for number in range(51):
        at = clock.now() + timedelta(seconds=number)
        record(
            "started",
            actor=actor.SYSTEM,
            now=at,
            subject="run",
            subject_name=str(number),
            consultation_id=here.id,
        )
    sign_in(client, log["lead"], at=clock.now())

    first = client.page("/officer/c/long/audit")
    older = first.select_one("a[rel=next]")
    assert older is not None
    last = client.page(str(older["href"]))
    newer = last.select_one("a[rel=prev]")
    assert newer is not None
    back = client.page(str(newer["href"]))

    assert len(first.select("tbody tr")) == 50
    assert first.select_one("a[rel=prev]") is None
    assert [cell.get_text(strip=True) for cell in last.select("tbody td")] == ["The system started run 0."]
    assert last.select_one("a[rel=next]") is None
    assert back.select("tbody tr") == first.select("tbody tr")


def test_a_page_begins_from_no_entry_of_another_log(
    client: AuditedClient, log: dict[str, Officer], clock: SettableClock
) -> None:
    other = session.scalars(select(AuditEvent).where(AuditEvent.subject_name == "99")).one().id
    sign_in(client, log["lead"], at=clock.now())

    assert entries(client, f"?older={other}") == entries(client, f"?newer={other}") == entries(client)


def test_sign_ins_and_administrators_have_a_log_of_their_own(
    client: AuditedClient, log: dict[str, Officer], clock: SettableClock
) -> None:
    a_role(log["lead"], Role.ADMINISTRATOR)
    record("signed_in", actor=actor.officer(log["lead"].id), now=clock.now(), subject="officer")
    sign_in(client, log["lead"], at=clock.now())

    page = client.page("/officer/people/audit")

    assert "R. Ashdown signed in." in page.get_text()
    assert "PLA07" not in page.get_text()


@pytest.fixture
def coded(log: dict[str, Officer], clock: SettableClock) -> Comment:
    """A comment that the analyst put a theme on and the lead decided, beside one of another response."""
    here = session.scalars(select(Consultation).where(Consultation.slug == "a-bid")).one()
    comment = a_comment(a_response(here, reference="HS-2M9C-41"))
    other = a_comment(a_response(here, reference="HS-7777-77"))
    about: list[tuple[str, str, str, str, UUID, dict[str, object]]] = [
        ("analyst", "added", "coding", "PLA07", uuid4(), {"comment": str(comment.id), "stance": "concern"}),
        ("lead", "decided", "comment", "", comment.id, {"before": "undecided", "after": "unclear"}),
        ("lead", "accepted", "suggestion", "PLA07", comment.id, {"suggestions": ["one", "two"]}),
        ("lead", "decided", "comment", "", other.id, {"before": "undecided", "after": "unclear"}),
    ]
    for number, (who, action, subject, name, key, details) in enumerate(about):
        record(
            action, actor=actor.officer(log[who].id), now=clock.now() + timedelta(days=3, minutes=number),
            subject=subject, subject_id=key, subject_name=name, consultation_id=here.id, details=details,
        )  # fmt: skip
    session.commit()
    session.refresh(comment)
    session.expunge(comment)  # tests read it after requests have ended their session
    return comment


def test_what_was_done_to_a_comment_names_its_response_and_is_found_by_it(
    client: AuditedClient, log: dict[str, Officer], coded: Comment, clock: SettableClock
) -> None:
    sign_in(client, log["lead"], at=clock.now())

    assert entries(client, "?name=hs-2m9c-41") == [
        "R. Ashdown accepted 2 suggestions PLA07.",
        "R. Ashdown changed what became of a comment of response HS-2M9C-41 from undecided to unclear.",
        "V. Lee put theme PLA07 on a comment of response HS-2M9C-41, as concern.",
    ]
    page = client.page("/officer/c/a-bid/audit?name=hs-2m9c-41")
    assert [a["href"] for a in page.select("tbody a")] == [f"/officer/c/a-bid/comments/{coded.id}"] * 2


def test_who_may_not_read_responses_gets_no_link_and_a_withdrawn_one_has_none(
    client: AuditedClient, log: dict[str, Officer], coded: Comment, clock: SettableClock
) -> None:
    here = session.get_one(Consultation, coded.consultation_id)
    administrator = an_officer("administrator")
    a_role(administrator, Role.ADMINISTRATOR, consultation=here)
    session.commit()

    sign_in(client, administrator, at=clock.now())
    page = client.page("/officer/c/a-bid/audit?name=HS-2M9C-41")
    assert (len(page.select("tbody tr")), page.select("tbody a")) == (3, [])

    session.get_one(Response, coded.response_id).status = ResponseStatus.WITHDRAWN
    session.commit()
    lead = session.scalars(select(Officer).where(Officer.name == "R. Ashdown")).one()
    sign_in(client, lead, at=clock.now())
    page = client.page("/officer/c/a-bid/audit?name=HS-2M9C-41")
    assert (len(page.select("tbody tr")), page.select("tbody a")) == (3, [])


def test_a_comment_that_is_being_read_a_second_time_is_not_named(
    client: AuditedClient, log: dict[str, Officer], coded: Comment, clock: SettableClock
) -> None:
    sample = CheckSample(
        consultation_id=coded.consultation_id, layer="check", second_coder_id=log["lead"].id,
        drawn_by_id=log["lead"].id, interval=10, seed=1, comment_ids=[str(coded.id)],
    )  # fmt: skip
    session.add(sample)
    session.commit()
    sign_in(client, log["lead"], at=clock.now())

    assert entries(client, "?name=HS-2M9C-41") == []
    assert entries(client)[2] == "R. Ashdown changed what became of a comment from undecided to unclear."

    session.scalars(select(CheckSample)).one().finished_at = clock.now()
    session.commit()
    assert len(entries(client, "?name=HS-2M9C-41")) == 3
