"""The words of each mail. Plain text: nothing in it is escaped, and nothing in it can be followed or run."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.consultations.queries.texts import texts_in
from app.mail.words import Words
from app.rendering.filters import FILTERS
from app.rendering.words import GLOBALS, is_translated, plain, speaking, text_of

if TYPE_CHECKING:
    from app.models import Consultation

TEMPLATES = Path(__file__).parents[2] / "templates" / "mail"

_texts = Environment(
    loader=FileSystemLoader(TEMPLATES),
    undefined=StrictUndefined,
    autoescape=False,  # noqa: S701 - text, not HTML
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_texts.filters.update(FILTERS)
_texts.globals.update({**GLOBALS, "_": plain})


def link_mail(consultation: "Consultation", *, language: str, link: str, code: str, code_at: str) -> Words:
    """To come back to a response: `link` is the private link, `code` is typed at `code_at`."""
    return _words("link", consultation, language, link=link, code=code, code_at=code_at)


def copy_mail(
    consultation: "Consultation",
    *,
    language: str,
    reference: str,
    sent_at: datetime,
    chapters: Sequence[object],
    link: str,
    code: str,
    code_at: str,
) -> Words:
    """The receipt. `chapters` have a title and lines, each with a question and an answer."""
    more = {"reference": reference, "sent_at": sent_at, "chapters": chapters}
    return _words("copy", consultation, language, link=link, code=code, code_at=code_at, **more)


def report_mail(consultation: "Consultation", *, language: str, link: str) -> Words:
    return _words("report", consultation, language, link=link)


def alarm_mail(consultation: "Consultation", *, reference: str, link: str) -> Words:
    body = _texts.get_template("alarm.txt").render(consultation=consultation, reference=reference, link=link)
    return Words(subject=f"Read today: response {reference}", body=body)


def set_up_mail(*, name: str, link: str, days: int) -> Words:
    body = _texts.get_template("set_up.txt").render(name=name, link=link, days=days)
    return Words(subject="Choose your password for Soundings", body=body)


class _Speech:
    """Says texts in the language of the mail, and knows whether one of them stayed English."""

    def __init__(self) -> None:
        self.stayed_english = False

    def __call__(self, text: str, /, **values: object) -> str:
        self.stayed_english = self.stayed_english or not is_translated(text)
        return plain(text, **values)


def _words(name: str, consultation: "Consultation", language: str, **given: object) -> Words:
    """In `language` where the consultation has been translated into it, else in its own."""
    spoken = language if language in consultation.languages else consultation.language
    with speaking(spoken, texts_in(consultation, spoken)):
        speech, title = _Speech(), text_of(consultation, "title")
        subject = SUBJECTS[name](speech, {**given, "title": title})
        given = {**given, "consultation": consultation, "title": title, "_": speech}
        body = _texts.get_template(f"{name}.txt").render(given)
        if speech.stayed_english:  # nothing in plain text can say which of its lines is in which language
            body = plain("Parts of this email are in English.") + "\n\n" + body
        return Words(subject=subject, body=body)


SUBJECTS: dict[str, Callable[[_Speech, dict[str, object]], str]] = {
    "link": lambda _, given: _("Your link to come back: %(title)s", title=given["title"]),
    "copy": lambda _, given: _(
        "Your response %(reference)s: %(title)s", reference=given["reference"], title=given["title"]
    ),
    "report": lambda _, given: _("The report is out: %(title)s", title=given["title"]),
}
