"""A reply in words, part by part, as the check and the copy show it."""

from dataclasses import dataclass

from app.consultations.queries.parts import AskedQuestion, Part
from app.public.forms.questions import EMAIL
from app.public.here import Here
from app.public.progress import LETTER_PART, address, parts_in_order
from app.responses.personal import may_hold_personal_details

NOT_ANSWERED = "Not answered"


@dataclass(frozen=True)
class Line:
    question: str
    answer: str
    answered: bool
    href: str
    personal: bool  # the text looks as if it held contact details


@dataclass(frozen=True)
class Chapter:
    title: str
    lines: tuple[Line, ...]


def chapters(here: Here) -> list[Chapter]:
    parts = parts_in_order(here)
    keys = {part.key for part in parts}
    more = [part for part in here.parts if part.key not in keys and _any(part, here)]
    return [_chapter(part, here) for part in [*parts[:-1], *more, *parts[-1:]]]


def _any(part: Part, here: Here) -> bool:
    return any(here.given.to(question.id).is_there for question in part.questions)


def _chapter(part: Part, here: Here) -> Chapter:
    title = f"{part.number} {part.title}".strip()
    if part is LETTER_PART:
        return Chapter(
            title, (_line("Your letter", here.given.letter.text, address(here, part) + "#letter"),)
        )
    return Chapter(title, tuple(_asked(question, part, here) for question in part.questions))


def _asked(question: AskedQuestion, part: Part, here: Here) -> Line:
    href = f"{address(here, part)}#q-{question.key}"
    if question.contact:
        email, uses = here.given.email, "\n".join(question.labels(here.given.email_uses))
        return _line(question.text, email if question.key == EMAIL else uses, href, free=False)
    given = here.given.to(question.id)
    if question.is_text:
        return _line(question.text, given.text, href, free=question.lines == "many")
    words = "\n".join(question.labels(given.choices))
    if not words and question.if_unanswered:
        words = f"{NOT_ANSWERED}. We will treat this as “{question.if_unanswered}”."
        return Line(question.text, words, False, href, False)
    return _line(question.text, words, href, free=False)


def _line(question: str, answer: str, href: str, *, free: bool = True) -> Line:
    personal = free and may_hold_personal_details(answer)
    return Line(question, answer or NOT_ANSWERED, bool(answer), href, personal)
