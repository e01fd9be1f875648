from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine

from app.accounts.actor import SYSTEM
from app.consultations.files.read import consultation_document
from app.consultations.services.load import load_consultation
from app.database import transaction
from app.enums import Stage
from app.models import Consultation
from tests.support.respondent import Respondent
from tests.support.small_consultation import CONSULTATION, LOADED_AT

PREFER_NOT = {"key": "prefer_not_to_say", "label": "Prefer not to say"}


def one_choice(key: str, *options: str | dict[str, str], **more: Any) -> dict[str, Any]:
    """Each option by its key, or whole."""
    offered = [{"key": o, "label": o.capitalize()} if isinstance(o, str) else o for o in options]
    return {
        "key": key,
        "kind": "one_choice",
        "text": f"Which {key}?",
        "response_field": None,
        "options": [*offered, PREFER_NOT],
        **more,
    }


QUESTIONS = [
    one_choice("age", "young", "old"),
    one_choice("health", "yes", "no"),
    one_choice("effect", "much", "little", show_if={"question": "health", "answer": "yes"}),
    one_choice("unused", "left", "right", enabled=False),
    one_choice("group", "hill", "river"),
    one_choice(
        "river",
        "upper",
        {"key": "other", "label": "Another", "opens_text": "How would you describe it? (optional)"},
        show_if={"question": "group", "answer": "river"},
    ),
]


@pytest.fixture
def asking(engine: Engine) -> Consultation:
    """The small consultation with six equality questions, of which one is off and two hang on an answer."""
    document = consultation_document(CONSULTATION)
    equality: Any = document["equality"]
    equality["questions"] = QUESTIONS
    with transaction():
        return load_consultation(document, actor=SYSTEM, now=LOADED_AT, stage=Stage.OPEN)


@pytest.fixture
def person(app: Flask, asking: Consultation) -> Respondent:
    """Has just sent a response for themselves."""
    return sent_response(app)


def sent_response(app: Flask, *, words: str = "Fewer cars.") -> Respondent:
    person = Respondent(app)
    person.start()
    person.save("traffic", cars="agree", cars_text=words)
    person.send()
    return person
