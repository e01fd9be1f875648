"""A sender changes a text in which words are hidden."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.actor import Actor
from app.cleaning.services.redact import hide_words
from app.database import session, transaction
from app.models import Comment, Consultation, Flag, Redaction
from app.responses.services.hide_words import refresh_hidden
from tests.support.clock import SettableClock
from tests.support.respondent import Respondent

BASE = "/c/market-square/reply"
NOW = datetime(2026, 7, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def sent(app: Flask, small: Consultation, acting: Actor, clock: SettableClock) -> Respondent:
    """Its name is hidden."""
    person = Respondent(app)
    person.start()
    person.save("traffic", cars="agree", cars_text="Ask Mary Kqseven.")
    person.send()
    with transaction():
        key = session.scalars(select(Comment.id)).one()
        hide_words(
            key, words="Mary Kqseven", kind="name", decides=True, original=True, actor=acting, now=clock.now()
        )
    return person


def change(person: Respondent, text: str) -> Comment:
    return changes(person, text, "")[0]


def changes(person: Respondent, text: str, anything: str) -> list[Comment]:
    """`anything` answers the other question."""
    person.client.submit(f"{BASE}/change", _from=f"{BASE}/sent")
    person.save("traffic", cars="agree", cars_text=text)
    person.save("anything-else", anything=anything)
    person.send()
    session.expire_all()
    return list(session.scalars(select(Comment).where(Comment.is_current).order_by(Comment.number)))


def test_the_words_stay_hidden_wherever_they_stand_in_the_new_wording(sent: Respondent) -> None:
    comment = change(sent, "I say it again: Mary Kqseven knows. Mary Kqseven was there.")

    assert comment.redacted_text == "I say it again: [name removed] knows. [name removed] was there."
    assert session.scalars(select(Flag)).all() == []


def test_where_the_words_are_gone_an_officer_looks_at_the_new_wording(sent: Respondent) -> None:
    comment = change(sent, "I say it again: M. Kqseven knows.")

    assert comment.redacted_text == comment.text
    assert session.scalars(select(Flag.code).where(Flag.comment_id == comment.id)).all() == ["ZZ09"]


def test_an_unchanged_text_keeps_what_is_hidden(sent: Respondent) -> None:
    assert change(sent, "Ask Mary Kqseven.").redacted_text == "Ask [name removed]."


@pytest.mark.parametrize("left", ["Ask Mary Kqseven.", "Ask the council.", ""])
def test_the_words_stay_hidden_when_they_move_to_another_question(sent: Respondent, left: str) -> None:
    comments = changes(sent, left, "Mary Kqseven knows, Mary Kqseven was there.")

    assert comments[-1].redacted_text == "[name removed] knows, [name removed] was there."
    assert "Kqseven" not in " ".join(comment.redacted_text for comment in comments)


def test_what_the_other_question_said_openly_before_stays_open(sent: Respondent) -> None:
    moved = changes(sent, "Ask Mary Kqseven.", "Mary Kqseven knows.")[-1]
    with transaction():
        session.scalars(select(Redaction).where(Redaction.comment_id == moved.id)).one().reversed_at = NOW
        refresh_hidden(session.get_one(Comment, moved.id))

    comment = changes(sent, "Ask Mary Kqseven.", "Mary Kqseven knows it well.")[-1]

    assert comment.redacted_text == "Mary Kqseven knows it well."
