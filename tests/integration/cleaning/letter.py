"""A letter with points for two questions, and officers who divide it."""

import uuid
from datetime import timedelta

from sqlalchemy import select

from app.accounts.actor import Actor
from app.cleaning.queries.letters import questions_to_choose
from app.cleaning.services.divide_letter import divide_letter
from app.database import session, transaction
from app.enums import Channel, CommentSource
from app.models import Comment, Consultation
from tests.factories.comment import a_comment
from tests.factories.response import SENT_AT, a_response

NOW = SENT_AT + timedelta(days=1)
BUS = "There is no bus home after six and none on Sunday."
TREES = "Please keep the old trees, says Mrs Ann Lowe of Mill Lane."
MORE = "And run the bus to the hospital as well, every hour."
TEXT = f"To the council.\n\n{BUS} {TREES}\n\n{MORE}\n\nYours faithfully, the parish."


def a_letter(here: Consultation, text: str) -> Comment:
    response = a_response(here, channel=Channel.EMAIL, is_letter=True)
    return a_comment(response, text, source=CommentSource.LETTER)


def keys(here: Consultation) -> dict[str, uuid.UUID]:
    return {one.key: one.id for one in questions_to_choose(here.id)}


def starts(here: Consultation) -> list[tuple[int, uuid.UUID | None]]:
    of = keys(here)
    return [
        (0, None),
        (TEXT.index(BUS), of["place_text"]),
        (TEXT.index(TREES), of["trees_text"]),
        (TEXT.index(MORE), of["place_text"]),
        (TEXT.index("Yours"), None),
    ]


def divide(here: Consultation, letter: Comment, acting: Actor) -> dict[uuid.UUID | None, Comment]:
    with transaction():
        made = divide_letter(letter.id, starts=starts(here), actor=acting, now=NOW)
        return {one.question_id: one for one in made}


def current(here: Consultation) -> list[Comment]:
    session.expire_all()
    query = select(Comment).where(Comment.consultation_id == here.id, Comment.is_current)
    return list(session.scalars(query.order_by(Comment.number)))
