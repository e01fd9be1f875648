"""A reply in words, part by part, as the check and the copy show it."""

from dataclasses import dataclass

from app.consultations.queries.parts import AskedQuestion, Part
from app.consultations.queries.passages import PassageShown
from app.enums import PartState
from app.public.forms.questions import EMAIL, field_id
from app.public.here import Here
from app.public.paragraphs import commented
from app.public.progress import LETTER_PART, address, is_answered, numbered, parts_in_order, state_of
from app.rendering.words import plain
from app.responses.personal import may_hold_personal_details


@dataclass(frozen=True)
class Line:
    question: str
    answer: str
    answered: bool
    href: str
    personal: bool  # the text looks as if it held contact details
    was: str = ""  # the wording it is about, where the document has another by now


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
    text = here.given.about(passage.id).text
    return Line(
        question=f"{_title(passage)}: “{passage.first_words}”",
        answer=text,
        answered=True,
        href=href,
        personal=may_hold_personal_details(text),
        was=passage.text if passage.earlier else "",
    )


def _title(passage: PassageShown) -> str:
    if passage.earlier:
        return plain("About paragraph %(number)s (about an earlier wording)", number=passage.number)
    return plain("About paragraph %(number)s", number=passage.number)


def _asked(question: AskedQuestion, part: Part, here: Here) -> Line:
    href = f"{address(here, part)}#q-{question.key}"
    if question.contact:
        email, uses = here.given.email, "\n".join(question.labels(here.given.email_uses))
        return _line(question.text, email if question.key == EMAIL else uses, href, free=False)
    given = here.given.to(question.id)
    if not given.is_there and state_of(part, here) is PartState.NO_COMMENT:
        return Line(question.text, plain("No comment"), False, href, False)
    if question.is_text:
        return _line(question.text, given.text, href, free=question.lines == "many")
    words = "\n".join(question.labels(given.choices))
    if not words and question.if_unanswered:
        words = plain("Not answered. We will treat this as “%(label)s”.", label=question.if_unanswered)
        return Line(question.text, words, False, href, False)
    return _line(question.text, words, href, free=False)


def _line(question: str, answer: str, href: str, *, free: bool = True) -> Line:
    personal = free and may_hold_personal_details(answer)
    return Line(question, answer or plain("Not answered"), bool(answer), href, personal)
