"""The equality questions of a consultation, asked after sending. None where it has none, or all are off."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.consultations.languages import Texts
from app.consultations.queries.questions import questions_of, seen_by
from app.consultations.queries.stamp import Stamp, questions_stamp, translations_stamp
from app.consultations.queries.texts import texts_in
from app.enums import QuestionKind, QuestionPurpose, RespondentKind
from app.models import Consultation, Option, Question

YES = "yes"
ONE_ANSWER = (QuestionKind.ONE_CHOICE, QuestionKind.SCALE)


@dataclass(frozen=True)
class EqualityOption:
    id: uuid.UUID
    key: str
    label: str
    opens_text: str | None  # the label of a line of one's own words


@dataclass(frozen=True)
class EqualityQuestion:
    """`only_if`: the other question's key and the answer to it without which this one is not asked."""

    id: uuid.UUID
    number: int  # its place in the consultation file, from 1
    key: str
    text: str
    hint: str | None
    options: tuple[EqualityOption, ...]
    only_if: tuple[str, str] | None


@dataclass(frozen=True)
class Intro:
    text: str
    hint: str
    options: tuple[tuple[str, str], ...]  # key, label


_KEPT: dict[tuple[uuid.UUID, RespondentKind, str], tuple[Stamp, tuple[EqualityQuestion, ...]]] = {}


def equality_questions(
    consultation: Consultation, kind: RespondentKind, *, language: str | None = None
) -> tuple[EqualityQuestion, ...]:
    """Kept in the process as reply_parts are: the page after every sending asks for them."""
    language = language or consultation.language
    key, stamp = (consultation.id, kind, language), questions_stamp(consultation.id)
    if language != consultation.language:
        stamp += translations_stamp(consultation.id)
    kept = _KEPT.get(key)
    if kept is None or kept[0] != stamp:
        kept = _KEPT[key] = (stamp, _read(consultation, kind, texts_in(consultation, language)))
    return kept[1]


def equality_intro(consultation: Consultation, *, language: str | None = None) -> Intro:
    row, texts = consultation.settings["equality"], texts_in(consultation, language)

    def said(name: str, text: str) -> str:
        return texts.of(consultation.id, f"equality.{name}", text)

    options = tuple((one["key"], said(one["key"], one["label"])) for one in row["options"])
    return Intro(text=said("text", row["text"]), hint=said("hint", row["hint"]), options=options)


def that_apply(questions: Sequence[EqualityQuestion], chosen: Mapping[str, str]) -> list[EqualityQuestion]:
    """Those to ask, given the option chosen for each question so far. A condition points backwards."""
    found: list[EqualityQuestion] = []
    for question in questions:
        if question.only_if is None:
            found.append(question)
            continue
        key, answer = question.only_if
        if chosen.get(key) == answer and key in {one.key for one in found}:
            found.append(question)
    return found


def _read(consultation: Consultation, kind: RespondentKind, texts: Texts) -> tuple[EqualityQuestion, ...]:
    if not consultation.settings.get("equality"):
        return ()
    asked = [
        question
        for question in questions_of(consultation.id, purposes=(QuestionPurpose.EQUALITY,))
        if question.kind in ONE_ANSWER and seen_by(question, kind)
    ]
    return tuple(_question(question, number, texts) for number, question in enumerate(asked, 1))


def _question(question: Question, number: int, texts: Texts) -> EqualityQuestion:
    wording = question.wording
    condition = wording.condition
    return EqualityQuestion(
        id=question.id,
        number=number,
        key=question.key,
        text=texts.of(wording.id, "text", wording.text),
        hint=texts.of_optional(wording.id, "hint", wording.hint),
        options=tuple(_option(option, texts) for option in question.options),
        only_if=(condition["question"], condition["answer"]) if condition else None,
    )


def _option(option: Option, texts: Texts) -> EqualityOption:
    label = texts.of(option.id, "label", option.label)
    opens_text = texts.of_optional(option.id, "opens_text", option.opens_text)
    return EqualityOption(option.id, option.key, label, opens_text)
