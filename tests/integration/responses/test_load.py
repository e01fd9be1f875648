import json
from typing import Any

import pytest
from sqlalchemy import func, select

from app.accounts.actor import SYSTEM
from app.consultations.files.problems import RefusedFile
from app.database import session, transaction
from app.enums import AnswerState, ExclusionReason, Publication
from app.models import (
    Answer,
    Comment,
    Consultation,
    EqualityAnswer,
    Exclusion,
    ImportBatch,
    Question,
    Response,
)
from app.responses.services.load import LoadedResponses, load_responses
from tests.support.small_consultation import LOADED_AT, RESPONSES, small_responses

ROWS = [json.loads(line) for line in RESPONSES.read_text(encoding="utf-8").splitlines()]


def load(here: Consultation, *rows: dict[str, Any] | str, **more: Any) -> LoadedResponses:
    text = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows)
    with transaction():
        return load_responses(here, text=text, file_name="r.jsonl", actor=SYSTEM, now=LOADED_AT, **more)


def problems(here: Consultation, *rows: dict[str, Any] | str) -> list[str]:
    with pytest.raises(RefusedFile) as refused:
        load(here, *rows)
    return [str(problem) for problem in refused.value.problems]


def response(key: str) -> Response:
    return session.scalars(select(Response).where(Response.import_key == key)).one()


def states(key: str) -> dict[str, AnswerState]:
    found = (
        select(Question.key, Answer.state)
        .join(Answer, Answer.question_id == Question.id)
        .join(Response, Response.current_version_id == Answer.response_version_id)
        .where(Response.import_key == key)
    )
    return {row.key: row.state for row in session.execute(found)}


def count(model: Any) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def loaded(small: Consultation) -> Consultation:
    with transaction():
        small_responses(small)
    return small


def test_every_row_becomes_a_sent_response_with_its_comments(loaded: Consultation) -> None:
    assert (count(Response), count(Comment)) == (6, 7)
    assert response("S05").organisation_name == "Milbury Cycling Club"
    assert response("S01").area == "town"


def test_no_answer_dont_know_and_not_asked_are_three_things(loaded: Consultation) -> None:
    assert states("S04")["cars"] is AnswerState.DONT_KNOW
    assert states("S04")["stalls"] is AnswerState.NONE
    assert states("S03")["cars"] is AnswerState.NOT_ASKED
    assert states("S05")["organisation_authority"] is AnswerState.NOT_ASKED


def test_an_individual_who_ticked_named_counts_as_anonymous(loaded: Consultation) -> None:
    assert response("S04").publication is Publication.ANONYMOUS
    assert response("S05").publication is Publication.NAMED
    assert response("S03").publication is Publication.NO


def test_age_stands_with_the_equality_answers_and_nowhere_else(loaded: Consultation) -> None:
    age = session.scalars(select(Question).where(Question.key == "age")).one()

    assert count(EqualityAnswer) == 3
    assert session.scalars(select(Answer).where(Answer.question_id == age.id)).all() == []


def test_the_same_file_again_adds_nothing(loaded: Consultation) -> None:
    with transaction():
        again = small_responses(loaded)

    assert (again.responses, again.already) == (0, 6)
    assert (count(Response), count(ImportBatch)) == (6, 1)


def test_of_a_longer_file_only_the_new_rows_are_added(loaded: Consultation) -> None:
    found = load(loaded, *ROWS, {**ROWS[0], "id": "S99"})

    assert (found.responses, found.already) == (1, 6)


def test_a_response_after_the_closing_time_is_late_and_left_to_an_officer(small: Consultation) -> None:
    load(small, {**ROWS[0], "submitted": "2026-06-30T23:58"}, {**ROWS[1], "submitted": "2026-06-30T23:59"})

    assert [response("S01").late, response("S02").late] == [False, True]
    assert session.scalars(select(Exclusion.reason)).all() == [ExclusionReason.LATE_UNDECIDED]


def test_times_move_by_whole_days_whatever_summer_time_does(small: Consultation) -> None:
    load(small, {**ROWS[0], "submitted": "2026-01-10T08:12"}, move_days=150)

    assert str(response("S01").sent_at) == "2026-06-09 07:12:00+00:00"


def test_each_problem_is_named_with_its_line_and_nothing_is_loaded(small: Consultation) -> None:
    wrong = {**ROWS[1], "closed": {"cars": "perhaps", "bikes": "agree"}, "colour": "red"}

    assert problems(small, ROWS[0], wrong, "{", {k: v for k, v in ROWS[2].items() if k != "kind"}) == [
        "line 2: colour is not a key of this format",
        "line 3: not JSON: Expecting property name enclosed in double quotes at column 2",
        "line 4: kind is missing",
    ]
    assert problems(small, ROWS[0], {k: v for k, v in wrong.items() if k != "colour"}) == [
        "line 2: closed.cars has no answer perhaps",
        "line 2: no question asked of an individual reads closed.bikes",
    ]
    assert (count(Response), count(ImportBatch)) == (0, 0)


def test_a_quote_must_be_in_the_comment_word_for_word(small: Consultation) -> None:
    comment = {**ROWS[0]["comments"][0], "codes": [{"theme": "A1", "stance": "support", "quote": "no such"}]}

    assert problems(small, {**ROWS[0], "comments": [comment]}) == [
        "line 1: comments[1]: a quote is not in the text, word for word"
    ]


def test_an_id_used_twice_is_refused(small: Consultation) -> None:
    assert problems(small, ROWS[0], ROWS[0]) == ["line 2: the id S01 is here already, on line 1"]


def test_words_are_normalised_as_they_come_in(small: Consultation) -> None:
    words = "One.\r\nTwo.\x00\x07 \ud800Three.  "
    load(small, {**ROWS[2], "comments": [{"question": "anything", "text": words}]})

    assert session.scalars(select(Comment.text)).all() == ["One.\nTwo. Three."]
