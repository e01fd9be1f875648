from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, func, select

from app.accounts.actor import SYSTEM
from app.consultations.files.problems import RefusedFile
from app.consultations.files.yaml_lines import read_yaml
from app.consultations.queries.documents import current_document, section_texts
from app.consultations.queries.questions import questions_of
from app.consultations.services.load import load_consultation
from app.database import session, transaction
from app.enums import QuestionPurpose, Stage
from app.models import AuditEvent, Consultation, Option, Partner, Question
from tests.support.small_consultation import CONSULTATION, LOADED_AT, small_consultation

WORDS = CONSULTATION.read_text(encoding="utf-8")


def load(words: str) -> Consultation:
    with transaction():
        return load_consultation(read_yaml(words), actor=SYSTEM, now=LOADED_AT)


def problems(words: str) -> list[str]:
    with pytest.raises(RefusedFile) as refused:
        load(words)
    return [str(problem) for problem in refused.value.problems]


def line_of(words: str, part: str) -> int:
    return words[: words.index(part)].count("\n") + 1


def test_a_file_becomes_the_document_and_its_questions(small: Consultation) -> None:
    document = current_document(small.id)
    assert document is not None
    sections = section_texts(document)

    assert [(s.number, s.key, len(s.passages)) for s in sections] == [("1", "traffic", 3), ("2", "market", 1)]
    assert [q.key for q in questions_of(small.id, purposes=(QuestionPurpose.BID,))] == [
        "cars", "cars_text", "stalls", "stalls_text", "anything",
    ]  # fmt: skip


def test_dates_are_local_times(small: Consultation) -> None:
    assert small.opens_at == datetime(2026, 5, 31, 23, 0, tzinfo=UTC)
    assert small.closes_at == datetime(2026, 6, 30, 22, 59, tzinfo=UTC)


def test_days_from_today_are_counted_on_the_local_calendar(engine: Engine) -> None:
    words = WORDS.replace('opens_on: "2026-06-01"', "opens_in_days: -2").replace(
        'closes_on: "2026-06-30"', "closes_in_days: 1"
    )
    with transaction():
        late_evening = datetime(2026, 6, 14, 23, 30, tzinfo=UTC)  # the 15th has begun in London
        here = load_consultation(read_yaml(words), actor=SYSTEM, now=late_evening)

    assert here.opens_at == datetime(2026, 6, 12, 23, 0, tzinfo=UTC)
    assert here.closes_at == datetime(2026, 6, 16, 22, 59, tzinfo=UTC)


def test_the_reference_prefix_is_made_of_the_titles_initials(small: Consultation) -> None:
    assert small.reference_prefix == "AB"


def test_equality_questions_are_asked_of_individuals_only(small: Consultation) -> None:
    (age,) = questions_of(small.id, purposes=(QuestionPurpose.EQUALITY,))

    assert age.wording.seen_by == ["individual"]


def test_the_wording_is_locked_when_it_is_loaded_as_open_and_not_before(engine: Engine) -> None:
    with transaction():
        here = small_consultation(stage=Stage.DRAFT)

    assert {q.wording.locked_at for q in questions_of(here.id)} == {None}


def test_an_unknown_a_missing_and_a_mistyped_key_are_named_with_their_lines(engine: Engine) -> None:
    words = (
        WORDS.replace("title: Traffic in the square", "heading: Traffic in the square")
        .replace("grace_minutes: 30", "grace_minutes: half an hour")
        .replace("    number: 1\n", "    number: one\n")
    )

    assert problems(words) == [
        f"line {line_of(words, 'grace_minutes')}: schedule.grace_minutes must be a whole number",
        f"line {line_of(words, '- key: traffic')}: sections[1].title is missing",
        f"line {line_of(words, 'number: one')}: sections[1].number must be a whole number",
        f"line {line_of(words, 'heading:')}: sections[1].heading is not a key of this format",
    ]


def test_names_that_point_at_nothing_are_named_with_their_lines(engine: Engine) -> None:
    words = WORDS.replace("explains: [cars]", "explains: [bikes]").replace(
        "    section: market\n    kind: several", "    section: fair\n    kind: several"
    )

    assert problems(words) == [
        f"line {line_of(words, '- key: cars_text')}: cars_text explains bikes: no such closed question",
        f"line {line_of(words, '- key: stalls')}: there is no section fair",
    ]


def test_keys_used_twice_are_refused(engine: Engine) -> None:
    words = WORDS.replace("key: stalls_text", "key: cars_text")
    first = line_of(words, "- key: cars_text")

    assert problems(words) == [
        f"line {line_of(words, '{key: cars_text')}: the question cars_text is here already, on line {first}"
    ]


def test_a_key_that_yaml_reads_as_something_else_is_refused(engine: Engine) -> None:
    words = WORDS.replace('{key: "no", label: Do', "{no: 1, label: Do")

    assert problems(words) == [f'line {line_of(words, "{no: 1")}: the key no is not text: write it as "no"']


def test_yaml_that_does_not_parse_is_refused_with_its_line(engine: Engine) -> None:
    assert problems("slug: a\ntitle: [b\n")[0].startswith("line 3:")


def test_a_slug_that_is_taken_is_refused(small: Consultation) -> None:
    assert problems(WORDS) == ["line 2: the slug market-square is taken by another one"]


def test_nothing_of_a_refused_file_is_kept(engine: Engine) -> None:
    problems(WORDS.replace("closes_on:", "closes_in_days: -90 #"))

    for model in (Consultation, Question, Option, Partner, AuditEvent):
        assert session.scalar(select(func.count()).select_from(model)) == 0
