"""A reply in words, part by part, as the check and the copy show it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from app.consultations.passage_words import first_words
from app.consultations.queries.parts import AskedQuestion, Part
from app.consultations.queries.passages import PassageShown
from app.enums import PartState
from app.public.forms.questions import EMAIL, field_id
from app.public.here import Here
from app.public.paragraphs import commented, quoting, title_of
from app.public.progress import LETTER_PART, address, is_answered, numbered, parts_in_order, state_of
from app.rendering.words import marked, plain, text_of
from app.responses.personal import may_hold_personal_details


@dataclass(frozen=True)
class Line:
    question: str
    answer: str
    answered: bool
    href: str
    personal: bool = False  # the text looks as if it held contact details
    was: str = ""  # the wording it is about, where the document has another by now
    about: str = ""  # the first words of the paragraph it is about
    labels: tuple[str, ...] = ()  # of the options chosen, each in the language it has

    @property
    def asked(self) -> str:
        """The whole question for a page, where each of its words can say which language it is."""
        return quoting(self.question, self.about) if self.about else self.question

    @property
    def shown(self) -> str:
        return Markup("\n").join(self.labels) if self.labels else self.answer


@dataclass(frozen=True)
class Chapter:
    title: str
    lines: tuple[Line, ...]


def chapters(here: Here) -> list[Chapter]:
    parts = parts_in_order(here)
    keys = {part.key for part in parts}
    more = [part for part in here.parts if part.key not in keys and is_answered(part, here)]
    return [
        *(_chapter(part, here) for part in [*parts[:-1], *more]),
        *_elsewhere(here),
        *(_chapter(part, here) for part in parts[-1:]),
    ]


def _elsewhere(here: Here) -> list[Chapter]:
    """On paragraphs of sections whose questions this kind of respondent is not asked: they are sent too."""
    asked = {part.section_key for part in here.parts}
    rest = [passage for passage in here.passages.values() if passage.section_key not in asked]
    lines = tuple(_about(passage, here, href=here.url("start")) for passage in rest)
    return [Chapter(plain("Comments on other parts of the draft"), lines)] if lines else []


def _chapter(part: Part, here: Here) -> Chapter:
    title = numbered(part)
    if part is LETTER_PART:
        return Chapter(
            title, (_line(plain("Your letter"), here.given.letter.text, address(here, part) + "#letter"),)
        )
    lines = [_asked(question, part, here) for question in part.questions]
    for passage in commented(here, part):
        lines.append(_about(passage, here, href=f"{address(here, part)}#{field_id(passage)}"))
    return Chapter(title, tuple(lines))


def _about(passage: PassageShown, here: Here, *, href: str) -> Line:
    text, wording = here.given.about(passage.id).text, text_of(passage, "text")
    return Line(
        question=title_of(passage),
        answer=text,
        answered=True,
        href=href,
        personal=may_hold_personal_details(text),
        was=wording if passage.earlier else "",
        about=first_words(wording),
    )


def _asked(question: AskedQuestion, part: Part, here: Here) -> Line:
    href = f"{address(here, part)}#q-{question.key}"
    if question.contact:
        if question.key == EMAIL:
            return _line(question.text, here.given.email, href, free=False)
        return _chosen(question, here.given.email_uses, href)
    given = here.given.to(question.id)
    if not given.is_there and state_of(part, here) is PartState.NO_COMMENT:
        return Line(question.text, marked("No comment"), False, href)
    if question.is_text:
        return _line(question.text, given.text, href, free=question.lines == "many")
    if not given.choices and question.if_unanswered:
        words = marked("Not answered. We will treat this as “%(label)s”.", label=question.if_unanswered)
        return Line(question.text, words, False, href)
    return _chosen(question, given.choices, href)


def _chosen(question: AskedQuestion, keys: Sequence[str], href: str) -> Line:
    labels = tuple(question.labels(keys))
    return replace(_line(question.text, "\n".join(labels), href, free=False), labels=labels)


def _line(question: str, answer: str, href: str, *, free: bool = True) -> Line:
    personal = free and may_hold_personal_details(answer)
    return Line(question, answer or marked("Not answered"), bool(answer), href, personal)
