"""Comments on paragraphs on officers' pages, in the numbers and in the report."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.counting.behind import NO_QUESTION, ON_PARAGRAPHS, CommentFilter
from app.counting.comments import (
    comment_progress,
    count_comments,
    progress_by_question,
    progress_on_paragraphs,
)
from app.database import session, transaction
from app.enums import CommentSource, Role
from app.models import Comment, Consultation, Passage
from app.reporting.queries.compose import compose
from app.reporting.queries.export_comments import comment_rows
from app.themes.queries.run_inputs import read_inputs
from tests.factories.officer import a_role, an_officer
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.document_versions import next_version
from tests.support.respondent import Respondent, words
from tests.support.sign_in import sign_in

OFFICER = "/officer/c/market-square"


@pytest.fixture
def comment(app: Flask, small: Consultation) -> Comment:
    """One on paragraph 1.1, sent with an answer to a question of the same section."""
    person = Respondent(app)
    person.start()
    passage = session.scalar(select(Passage.id).where(Passage.key == "traffic.close"))
    person.save("traffic", cars_text="On the question.", **{f"about-{passage}": "Saturdays are too many."})
    person.send()
    session.rollback()
    found = session.scalars(select(Comment).where(Comment.source == CommentSource.PASSAGE)).one()
    session.expunge(found)
    return found


@pytest.fixture
def analyst(client: AuditedClient, small: Consultation, clock: SettableClock) -> AuditedClient:
    with transaction():
        officer = an_officer()
        a_role(officer, Role.ANALYST, consultation=session.merge(small))
    sign_in(client, officer, at=clock.now())
    return client


def test_the_list_the_comment_and_the_response_name_the_paragraph(
    analyst: AuditedClient, comment: Comment
) -> None:
    listed = words(analyst.page(f"{OFFICER}/comments?question={ON_PARAGRAPHS}"))
    assert "1 comment" in listed
    assert "About paragraph 1.1: comment by" in listed
    page = analyst.page(f"{OFFICER}/comments/{comment.id}")
    assert "About paragraph 1.1: comment by" in words(page)
    assert "Paragraph 1.1 in version 1 The plan closes the square to cars" in words(page)
    response = page.find("a", string=lambda text: bool(text) and str(text).startswith("The whole response"))
    whole = words(analyst.page(str(response["href"])))  # type: ignore[index]
    assert "Other comments About paragraph 1.1 Paragraph 1.1 in version 1" in whole


def test_officers_see_the_wording_it_was_about(analyst: AuditedClient, comment: Comment) -> None:
    with transaction():
        here = session.get_one(Consultation, comment.consultation_id)
        next_version(here, changed={"traffic.close": "The plan closes the square on Sundays."})
    page = words(analyst.page(f"{OFFICER}/comments/{comment.id}"))

    assert "About paragraph 1.1 (about an earlier wording): comment by" in page
    assert (
        "Paragraph 1.1 in version 1. The draft has changed since. The plan closes the square to cars" in page
    )
    assert "(about an earlier wording)" in words(analyst.page(f"{OFFICER}/comments?question={NO_QUESTION}"))


def test_the_table_that_officers_take_out_names_it_too(app: Flask, comment: Comment) -> None:
    with transaction():
        here = session.get_one(Consultation, comment.consultation_id)
        next_version(here, changed={"traffic.close": "The plan closes the square on Sundays."})
    rows = [row for block in comment_rows(comment.consultation_id, zone="Europe/London") for row in block]

    titles = {str(row[13]): row[3] for row in rows}
    assert titles["Saturdays are too many."] == "About paragraph 1.1 (about an earlier wording)"


def test_a_comment_on_the_question_names_its_neighbour(analyst: AuditedClient, comment: Comment) -> None:
    other = session.scalars(select(Comment.id).where(Comment.source == CommentSource.QUESTION)).one()
    session.rollback()

    assert "About paragraph 1.1, comment 2" in words(analyst.page(f"{OFFICER}/comments/{other}"))


def test_every_comment_is_counted_once_with_a_question_or_without(
    comment: Comment, small: Consultation
) -> None:
    by_question = progress_by_question(small.id)

    assert {key: row.comments for key, row in by_question.items()} == {"cars_text": 1, None: 1}
    assert comment_progress(small.id).comments == 2
    assert count_comments(small.id, CommentFilter(question=NO_QUESTION)) == 1
    assert count_comments(small.id, CommentFilter(question=ON_PARAGRAPHS)) == 1
    assert [row.comments for row in progress_on_paragraphs(small.id).values()] == [1]


def test_the_report_counts_it_among_the_comments_of_its_section(
    comment: Comment, small: Consultation, clock: SettableClock
) -> None:
    report = compose(session.merge(small), now=clock.now())
    parts = {part["key"]: part["progress"]["comments"] for part in report["parts"]}

    assert parts["traffic"] == 2
    assert parts["market"] == 0
    assert sum(parts.values()) == report["progress"]["comments"] == 2


def test_a_run_reads_it_among_the_answers_to_the_section(comment: Comment, small: Consultation) -> None:
    inputs = read_inputs(small.id)
    read = {one.given.text: one for one in inputs.comments}
    on_paragraph, on_question = read["Saturdays are too many."], read["On the question."]

    assert on_paragraph.given.question == on_question.given.question == "cars_text"
    assert on_paragraph.question_id == on_question.question_id
    assert on_paragraph.given.closed is None
