"""The reply as a respondent of one kind sees it: parts in order, each with its questions in their words."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.consultations.languages import Texts
from app.consultations.queries.questions import questions_of, seen_by
from app.consultations.queries.stamp import Stamp, questions_stamp, translations_stamp
from app.consultations.queries.texts import texts_in
from app.enums import QuestionKind, QuestionPurpose, RespondentKind
from app.models import Consultation, Option, Question, QuestionVersion

START = "start"
ABOUT_YOU = "about-you"
PUBLICATION = "publication"
ASKED_BEFORE_SENDING = (QuestionPurpose.RESPONDENT, QuestionPurpose.BID)


@dataclass(frozen=True)
class OfferedOption:
    id: uuid.UUID
    key: str
    label: str
    exclusive: bool


@dataclass(frozen=True)
class AskedQuestion:
    id: uuid.UUID
    version_id: uuid.UUID | None
    key: str
    number: str
    kind: QuestionKind
    purpose: QuestionPurpose
    text: str
    hint: str | None
    options: tuple[OfferedOption, ...]
    lines: str
    max_choices: int | None
    needed_to_send: bool
    themed: bool
    contact: bool
    if_unanswered: str | None  # the label of the option that no answer is treated as

    @property
    def is_text(self) -> bool:
        return self.kind is QuestionKind.TEXT

    def labels(self, keys: Sequence[str]) -> list[str]:
        """Of the chosen options, in the order in which they are offered."""
        return [option.label for option in self.options if option.key in keys]


@dataclass(frozen=True)
class Part:
    """One page of the reply."""

    key: str
    number: str
    title: str
    section_key: str | None
    questions: tuple[AskedQuestion, ...]

    @property
    def on_document(self) -> bool:
        return any(question.purpose is QuestionPurpose.BID for question in self.questions)


_KEPT: dict[tuple[uuid.UUID, RespondentKind, str], tuple[Stamp, tuple[Part, ...]]] = {}


def reply_parts(
    consultation: Consultation, kind: RespondentKind, *, language: str | None = None
) -> list[Part]:
    """Every page of the reply but the first, in order: about you, the document's parts, publication.

    Every request of a reply needs them and they hardly ever change, so they are kept in the process for as
    long as the stamp of the questions is the same: reading them anew was half the time of a sending.
    """
    language = language or consultation.language
    key, stamp = (consultation.id, kind, language), questions_stamp(consultation.id)
    if language != consultation.language:
        stamp += translations_stamp(consultation.id)
    kept = _KEPT.get(key)
    if kept is None or kept[0] != stamp:
        kept = _KEPT[key] = (stamp, tuple(_read(consultation, kind, texts_in(consultation, language))))
    return list(kept[1])


def _read(consultation: Consultation, kind: RespondentKind, texts: Texts) -> list[Part]:
    grouped: dict[str, list[Question]] = {}
    for question in questions_of(consultation.id, purposes=ASKED_BEFORE_SENDING):
        if question.part != START and seen_by(question, kind):
            grouped.setdefault(question.part, []).append(question)
    return [_part(key, questions, kind, texts) for key, questions in grouped.items()]


def without_contact(part: Part) -> Part:
    return replace(part, questions=tuple(question for question in part.questions if not question.contact))


def start_question(consultation: Consultation, *, language: str | None = None) -> AskedQuestion | None:
    """The first question of all: for oneself or for an organisation."""
    found = questions_of(consultation.id, purposes=(QuestionPurpose.RESPONDENT,))
    first = next((question for question in found if question.part == START), None)
    return _asked(first, RespondentKind.INDIVIDUAL, texts_in(consultation, language)) if first else None


def _part(key: str, questions: list[Question], kind: RespondentKind, texts: Texts) -> Part:
    section = next((q.section for q in questions if q.section), None)
    return Part(
        key=key,
        number=section.number if section else "",
        title=_title(key, questions[0], kind, texts),
        section_key=section.key if section else None,
        questions=tuple(_asked(question, kind, texts) for question in questions),
    )


def _title(key: str, first: Question, kind: RespondentKind, texts: Texts) -> str:
    if key == ABOUT_YOU:
        return "About you" if kind is RespondentKind.INDIVIDUAL else "About your organisation"
    if key == PUBLICATION:
        return "Publication and contact"
    return texts.of(first.id, "part_title", first.part_title)


def _asked(question: Question, kind: RespondentKind, texts: Texts) -> AskedQuestion:
    wording = question.wording
    offered = tuple(_offered(o, kind, texts) for o in question.options if kind in (o.offered_to or [kind]))
    unanswered = next((o.label for o in offered if o.key == wording.if_unanswered), None)
    return AskedQuestion(
        id=question.id,
        version_id=question.current_version_id,
        key=question.key,
        number=question.number,
        kind=question.kind,
        purpose=question.purpose,
        text=_worded(wording, "text", kind, texts) or "",
        hint=_worded(wording, "hint", kind, texts),
        options=offered,
        lines=wording.lines,
        max_choices=wording.max_choices,
        needed_to_send=wording.needed_to_send,
        themed=question.themed,
        contact=question.contact,
        if_unanswered=unanswered,
    )


def _worded(wording: QuestionVersion, name: str, kind: RespondentKind, texts: Texts) -> str | None:
    """For organisations in words of their own, where there are some."""
    own = f"{name}_for_organisations"
    if kind is not RespondentKind.ORGANISATION or not getattr(wording, own):
        own = name
    return texts.of_optional(wording.id, own, getattr(wording, own))


def _offered(option: Option, kind: RespondentKind, texts: Texts) -> OfferedOption:
    name = "label"
    if kind is RespondentKind.INDIVIDUAL and option.label_for_individuals:
        name = "label_for_individuals"
    label = texts.of(option.id, name, getattr(option, name))
    return OfferedOption(option.id, option.key, label, option.exclusive)
