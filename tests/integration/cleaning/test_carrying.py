"""A sender changes a text in which words are hidden."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts.actor import Actor
from app.cleaning.services.redact import hide_words
from app.database import session, transaction
from app.models import Comment, Consultation, Flag
from tests.support.clock import SettableClock
from tests.support.respondent import Respondent

BASE = "/c/market-square/reply"


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
    person.client.submit(f"{BASE}/change", _from=f"{BASE}/sent")
    person.save("traffic", cars="agree", cars_text=text)
    person.send()
    session.expire_all()
    return session.scalars(select(Comment).where(Comment.is_current)).one()


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
