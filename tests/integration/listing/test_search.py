"""What a search finds is written down once here, and both databases must find it."""

import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.database import session, transaction
from app.models import Comment
from app.responses.queries.search import found
from tests.factories.comment import a_comment
from tests.factories.consultation import a_consultation
from tests.factories.response import a_response

pytestmark = pytest.mark.both_databases

TEXTS = {
    "last": "The last bus leaves at six, and there is none on Sunday.",
    "plural": "Buses! More of them, and better-paid drivers.",
    "police": "Our police and our policies",
    "policy": "A housing policy for everybody's well-being and/or comfort",
    "café": "The café at Zoë's Place near Budleigh",
    "cafe": "A cafe costs £4.50 in town",
    "station": "A new train station: at Marsh Barton station, trains stop.",
    "reverse": "The station has no train",
    "nobody": "",
}
EXPECTED = {
    "bus": {"last", "plural"},
    "BUS": {"last", "plural"},
    "buses": {"last", "plural"},
    "polic": {"police", "policy"},
    "policies": {"police", "policy"},
    "bud": {"café"},
    "cafe": {"café", "cafe"},
    "CAFÉ": {"café", "cafe"},
    "zoe": {"café"},
    "bus sunday": {"last"},
    "the": {"last", "plural", "café", "reverse"},
    '"train station"': {"station"},
    "train station": {"station", "reverse"},
    "well-being": {"policy"},
    "or": {"policy"},
    "everybody's": {"policy"},
    "4.50": {"cafe"},
    "£4": {"cafe"},
    "bus OR sunday": set(),
    "bus AND NOT sunday": set(),
    "text: bus": set(),
    "comment_id:bus": set(),
    "!!! ...": set(),
    "": set(),
}


@pytest.fixture
def ids(engine: Engine) -> dict[uuid.UUID, str]:
    with transaction():
        response = a_response(a_consultation())
        return {a_comment(response, text).id: name for name, text in TEXTS.items()}


@pytest.mark.parametrize("typed", EXPECTED)
def test_both_databases_find_the_same_comments(ids: dict[uuid.UUID, str], typed: str) -> None:
    consultation_id = _consultation_of(ids)

    assert {ids[one] for one in found(consultation_id, typed)} == EXPECTED[typed]


def test_words_that_were_redacted_are_not_found(ids: dict[uuid.UUID, str]) -> None:
    with transaction():
        comment = _comment(next(iter(ids)))
        comment.redacted_text = comment.text.replace("Sunday", "[name removed]")

    assert [ids[one] for one in found(_consultation_of(ids), "sunday")] == []
    assert [ids[one] for one in found(_consultation_of(ids), "removed")] == ["last"]


@pytest.fixture
def consultation_id(ids: dict[uuid.UUID, str]) -> uuid.UUID:
    return _consultation_of(ids)


FTS_SYNTAX = st.text(alphabet="\"*()^:+-{}&|!<>'\\ aNEARotANDOR\x00́𝔸ß’½") | st.text()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=FTS_SYNTAX)
def test_no_input_is_an_error(consultation_id: uuid.UUID, typed: str) -> None:
    assert isinstance(found(consultation_id, typed), list)


def test_a_very_long_input_is_cut_and_not_an_error(consultation_id: uuid.UUID) -> None:
    assert found(consultation_id, "bus " * 5000) != []
    assert found(consultation_id, "b" * 50_000) == []


def _comment(comment_id: uuid.UUID) -> Comment:
    return session.get_one(Comment, comment_id)


def _consultation_of(ids: dict[uuid.UUID, str]) -> uuid.UUID:
    return _comment(next(iter(ids))).consultation_id
