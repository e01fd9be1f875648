"""All the questions on one form: once where everyone is asked the same, else for each kind of person."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.consultations.queries.parts import (
    ABOUT_YOU,
    PUBLICATION,
    AskedQuestion,
    Part,
    reply_parts,
    without_contact,
)
from app.enums import RespondentKind
from app.models import Consultation


@dataclass(frozen=True)
class PaperPart:
    """`alike` are for everyone; the others are worded or offered differently, or for one kind alone."""

    key: str
    number: str
    title: str
    section_key: str | None
    alike: tuple[AskedQuestion, ...]
    individuals: tuple[AskedQuestion, ...]
    organisations: tuple[AskedQuestion, ...]

    @property
    def groups(self) -> list[tuple[str, tuple[AskedQuestion, ...]]]:
        """Under what words they stand; under none where the part asks everyone the same."""
        split = self.individuals or self.organisations
        groups = [
            ("If you reply for yourself", self.individuals),
            ("If you reply for an organisation", self.organisations),
            ("Everyone" if split else "", self.alike),
        ]
        return [(words, questions) for words, questions in groups if questions]


def paper_parts(
    consultation: Consultation, *, language: str | None = None, contact: bool = True
) -> list[PaperPart]:
    """`contact`: with the questions about email."""
    individuals = _by_key(consultation, RespondentKind.INDIVIDUAL, language, contact)
    organisations = _by_key(consultation, RespondentKind.ORGANISATION, language, contact)
    either = organisations | individuals
    keys = sorted(dict.fromkeys([*individuals, *organisations]), key=_place)
    return [_paper_part(either[key], individuals.get(key), organisations.get(key)) for key in keys]


def _by_key(
    consultation: Consultation, kind: RespondentKind, language: str | None, contact: bool
) -> dict[str, Part]:
    parts = reply_parts(consultation, kind, language=language)
    return {part.key: part if contact else without_contact(part) for part in parts}


def _place(key: str) -> int:
    """The order is kept, but that a part for one kind alone stays between the first page and the last."""
    return {ABOUT_YOU: 0, PUBLICATION: 2}.get(key, 1)


def _paper_part(of_one: Part, mine: Part | None, ours: Part | None) -> PaperPart:
    for_me, for_us = mine.questions if mine else (), ours.questions if ours else ()
    return PaperPart(
        key=of_one.key,
        number=of_one.number,
        title=of_one.title,
        section_key=of_one.section_key,
        alike=tuple(_in(for_me, for_us, alike=True)),
        individuals=tuple(_in(for_me, for_us, alike=False)),
        organisations=tuple(_in(for_us, for_me, alike=False)),
    )


def _in(
    these: Iterable[AskedQuestion], those: Iterable[AskedQuestion], *, alike: bool
) -> Iterable[AskedQuestion]:
    others = {question.key: _as_read(question) for question in those}
    return (question for question in these if (others.get(question.key) == _as_read(question)) is alike)


def _as_read(question: AskedQuestion) -> tuple[object, ...]:
    labels = tuple(option.label for option in question.options)
    return question.number, question.text, question.hint, labels, question.if_unanswered
