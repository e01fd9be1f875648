"""What became of my response, what is held of it, and asking about it."""

import json
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.actor import officer as acting
from app.database import session, transaction
from app.enums import DispositionValue, ExclusionReason, FlagSource, RequestKind, Role, Stance
from app.models import (
    AuditEvent,
    Comment,
    Consultation,
    Disposition,
    Exclusion,
    Flag,
    Officer,
    Passage,
    RespondentRequest,
    Response,
    Theme,
)
from app.reporting.services.freeze import freeze
from app.reporting.services.release import publish
from tests.factories.coding import a_coding
from tests.factories.comment import a_comment
from tests.factories.officer import a_role, an_officer
from tests.factories.response import a_response
from tests.factories.theme import a_net, a_theme
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.document_versions import next_version
from tests.support.respondent import Respondent, words
from tests.support.sign_in import sign_in

CODED_AT = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
CLOSED = datetime(2026, 7, 2, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 7, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def person(app: Flask, small: Consultation) -> Respondent:
    person = Respondent(app)
    person.start()
    person.save("traffic", cars="agree", cars_text="Fewer cars, please.")
    person.save("market", stalls_text="More books.")
    person.save("publication", publish="anonymous", email="kim@example.org", email_uses="copy")
    person.send()
    return person


def decide(small: Consultation, *, others: int, theme: str = "Cars") -> Theme:
    """My words on cars, and those of `others`, under one theme; my words on the market made no point."""
    with transaction():
        officer, net = an_officer("Q. Namesake"), a_net(small, label="Traffic", code="TRA")
        coded = a_theme(small, code="TRA01", label=theme, parent_id=net.id)
        mine = session.scalars(select(Comment).order_by(Comment.number)).all()
        cars = next(comment for comment in mine if "cars" in comment.text)
        (books,) = [comment for comment in mine if comment is not cars]
        rest = [a_comment(a_response(small), question_id=cars.question_id) for _ in range(others)]
        for comment in [cars, *rest]:
            a_coding(comment, coded, officer, stance=Stance.CONCERN, created_at=CODED_AT)
            put(comment, DispositionValue.CODED, officer)
        put(books, DispositionValue.NO_POINT, officer)
        return coded


def put(comment: Comment, value: DispositionValue, officer: Officer) -> None:
    session.add(Disposition(comment_id=comment.id, value=value, officer_id=officer.id, created_at=CODED_AT))
    session.flush()


def report(small: Consultation, clock: SettableClock) -> None:
    clock.set(CLOSED)
    with transaction():
        actor = acting(session.scalars(select(Officer.id)).first() or an_officer().id)
        release = freeze(session.get_one(Consultation, small.id), actor=actor, now=CLOSED)
        publish(release.id, actor=actor, now=CLOSED)


def step_now(person: Respondent) -> list[str]:
    (now,) = person.open("/outcome").select("li[aria-current=step]")
    return list(now.stripped_strings)


def outcome(person: Respondent) -> str:
    return words(person.open("/outcome"))


def test_before_a_report_nothing_but_how_far_it_has_come_is_shown(
    person: Respondent, small: Consultation
) -> None:
    fresh = outcome(person)
    assert step_now(person) == ["Received", "Now", "15 June 2026"]
    decide(small, others=7)

    assert "Officers are still reading." in fresh
    seen = outcome(person)
    assert step_now(person) == ["Grouped by theme", "Now", "1 July 2026"]
    assert "The report is not published yet." in seen
    assert "Cars" not in seen
    assert "TRA01" not in seen


def test_after_a_report_each_comment_has_its_theme_and_how_many_others_raised_it(
    person: Respondent, small: Consultation, clock: SettableClock
) -> None:
    decide(small, others=7)
    report(small, clock)

    said = outcome(person)

    assert "We recorded this under: Cars (concern). 7 other people raised it." in said
    assert "We read this. It did not make a point we could group." in said
    assert step_now(person) == ["In the report", "Now", "2 July 2026"]
    link = person.open("/outcome").select_one("main a[href*='#part-']")
    assert link is not None
    address, _, part = str(link["href"]).partition("#")
    assert person.client.page(address).select_one(f"#{part}") is not None


def test_a_comment_on_a_paragraph_names_it_and_says_that_it_has_changed(
    app: Flask, small: Consultation, clock: SettableClock
) -> None:
    person = Respondent(app)
    passage = session.scalar(select(Passage.id).where(Passage.key == "traffic.close"))
    person.start()
    person.save("traffic", **{f"about-{passage}": "Saturdays are too many."})
    person.send()
    with transaction():
        changed = {"traffic.close": "It closes the square on Sundays."}
        next_version(session.get_one(Consultation, small.id), changed=changed)
    report(small, clock)
    assert "The report is published. Read the report" in words(person.client.page(person.base))
    shown = outcome(person)
    data = json.loads(person.client.get(f"{person.base}/reply/your-data/copy.json").text)

    assert "About paragraph 1.1 (about an earlier wording): “The plan closes the square to cars" in shown
    (answer,) = [one for one in data["versions"][0]["answers"] if one["text"]]
    assert answer["question"].startswith("Paragraph 1.1 of the draft, version 1: “The plan closes")


@pytest.mark.parametrize(
    ("others", "said"),
    [(0, "Nobody else raised it."), (4, "A few others raised it."), (5, "5 other people raised it.")],
)
def test_fewer_than_five_others_are_a_few(
    person: Respondent, small: Consultation, clock: SettableClock, others: int, said: str
) -> None:
    decide(small, others=others)
    report(small, clock)

    assert said in outcome(person)
    assert f"{others} other people" not in outcome(person) or others == 5


def test_the_number_is_that_of_the_report_however_many_are_decided_since(
    person: Respondent, small: Consultation, clock: SettableClock
) -> None:
    theme = decide(small, others=7)
    report(small, clock)
    with transaction():
        late = a_comment(a_response(small))
        a_coding(late, session.merge(theme), session.scalars(select(Officer)).first(), created_at=LATER)  # type: ignore[arg-type]

    assert "7 other people raised it." in outcome(person)


def test_the_partners_answer_is_shown_once_an_officer_has_written_one(
    app: Flask, person: Respondent, small: Consultation, clock: SettableClock
) -> None:
    decide(small, others=7)
    report(small, clock)
    editor = app.test_client()
    with transaction():
        officer = an_officer("E. Ditor")
        a_role(officer, Role.REPORT_EDITOR, consultation=session.get_one(Consultation, small.id))
    sign_in(editor, officer, at=CLOSED)
    assert isinstance(editor, AuditedClient)
    address = f"/officer{person.base}/report/answers/TRA01"
    given = {"kind": "partly", "reason": "We will close one side.", "owner": "Milbury Town Council"}
    assert editor.submit(address, **given).status_code == 303

    said = outcome(person)

    assert "The partners’ answer: accepted in part. We will close one side." in said
    assert step_now(person)[:2] == ["Answered by the partners", "Now"]
    report_page = app.test_client().get(f"{person.base}/report").text
    assert 'id="partners-answers"' in report_page
    assert "We will close one side." in report_page

    with transaction():  # merged since the report: it still names the theme as it was
        counted = session.scalars(select(Theme).where(Theme.code == "TRA01")).one()
        counted.merged_into_id = a_theme(
            session.get_one(Consultation, small.id), code="TRA02", parent_id=counted.parent_id
        ).id
    assert "We will close one side." in app.test_client().get(f"{person.base}/report").text


def test_neither_flags_nor_officers_are_ever_shown(
    person: Respondent, small: Consultation, clock: SettableClock
) -> None:
    decide(small, others=7)
    with transaction():
        for comment in session.scalars(select(Comment)):
            for code in ("ZZ10", "ZZ11", "ZZ02"):
                session.add(Flag(comment_id=comment.id, code=code, source=FlagSource.MACHINE))
    report(small, clock)
    copies = [
        outcome(person),
        words(person.open("/your-data")),
        person.client.get(f"{person.base}/reply/your-data/copy.json").text,
        person.client.get(f"{person.base}/reply/your-data/copy.html").text,
    ]

    for said in copies:
        assert "ZZ1" not in said
        assert "Namesake" not in said
        assert "Fewer cars, please." in said or "Your data" in said
    assert "Fewer cars, please." in copies[3]


def test_a_response_that_is_left_out_says_why(person: Respondent, small: Consultation) -> None:
    with transaction():
        response = session.scalars(select(Response)).one()
        session.add(Exclusion(response_id=response.id, reason=ExclusionReason.LATE, note="Officers' note"))

    said = outcome(person)

    assert "Your response is not counted. It came after the consultation had closed." in said
    assert "Officers' note" not in said
    assert person.open("/outcome").select_one("a[href='#wrong']") is not None


def test_a_request_gets_a_case_number_and_a_day_a_month_on_however_often_it_is_pressed(
    person: Respondent,
) -> None:
    address = f"{person.base}/reply/outcome"
    for _ in range(2):
        assert person.client.submit(address, wrong="I am not late.").status_code == 303

    row = session.scalars(select(RespondentRequest)).one()
    assert (row.kind, row.text, row.due_on.isoformat()) == (RequestKind.WRONG, "I am not late.", "2026-07-15")
    seen = words(person.open("/your-data"))
    assert f"Case {row.case_number}" in seen
    assert "We will answer by 15 July 2026" in seen
    event = session.scalars(select(AuditEvent).where(AuditEvent.subject_kind == "request")).one()
    assert "late" not in json.dumps(event.details)


@pytest.mark.parametrize(("kind", "stored"), [("correct", 0), ("object", 0), ("erase", 1)])
def test_a_form_without_words_is_refused_where_words_are_needed(
    person: Respondent, kind: str, stored: int
) -> None:
    answer = person.client.submit(f"{person.base}/reply/your-data", kind=kind)

    assert answer.status_code == (303 if stored else 422)
    assert session.scalar(select(func.count()).select_from(RespondentRequest)) == stored


def test_more_requests_than_can_wait_are_refused_with_the_words_kept(person: Respondent) -> None:
    address = f"{person.base}/reply/your-data"
    for number in range(10):
        person.client.submit(address, kind="correct", correct=f"Thing {number}")

    answer = person.client.submit(address, kind="correct", correct="The eleventh")

    assert answer.status_code == 422
    assert "The eleventh" in answer.text
    assert session.scalar(select(func.count()).select_from(RespondentRequest)) == 10


def test_the_copy_of_my_data_holds_what_i_gave_and_after_the_report_my_themes(
    person: Respondent, small: Consultation, clock: SettableClock
) -> None:
    person.client.submit(f"{person.base}/reply/your-data", kind="object", object="Do not write to me.")
    decide(small, others=7)
    address = f"{person.base}/reply/your-data/copy.json"
    before = json.loads(person.client.get(address).text)
    report(small, clock)
    after = json.loads(person.client.get(address).text)

    assert before["contact"] == {"email": "kim@example.org", "uses": ["copy"]}
    texts = [answer["text"] for answer in before["versions"][0]["answers"]]
    assert "Fewer cars, please." in texts
    assert before["requests"][0]["text"] == "Do not write to me."
    assert before["themes"] == []
    assert [theme["theme"] for row in after["themes"] for theme in row["themes"]] == ["Cars"]


def test_nobody_without_the_link_sees_any_of_it(app: Flask, person: Respondent) -> None:
    stranger = app.test_client()

    for page in ("outcome", "your-data", "your-data/copy.json", "your-data/copy.html"):
        answer = stranger.get(f"{person.base}/reply/{page}")
        assert answer.status_code == 403
        assert "Fewer cars" not in answer.text


def test_a_draft_has_no_outcome(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    person.start()

    for page in ("outcome", "your-data"):
        assert person.client.get(f"{person.base}/reply/{page}").location == f"{person.base}/reply"
