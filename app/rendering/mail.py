"""The words of each mail. Plain text: nothing in it is escaped, and nothing in it can be followed or run."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.mail.words import Words
from app.rendering.filters import FILTERS
from app.rendering.words import GLOBALS, plain, speaking

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


def link_mail(consultation: "Consultation", *, link: str, code: str, code_at: str) -> Words:
    """To come back to a response: `link` is the private link, `code` is typed at `code_at`."""
    return _words("link", f"Your link to come back: {consultation.title}", consultation, link, code, code_at)


def copy_mail(
    consultation: "Consultation",
    *,
    reference: str,
    sent_at: datetime,
    chapters: Sequence[object],
    link: str,
    code: str,
    code_at: str,
) -> Words:
    """The receipt. `chapters` have a title and lines, each with a question and an answer."""
    subject = f"Your response {reference}: {consultation.title}"
    more = {"reference": reference, "sent_at": sent_at, "chapters": chapters}
    return _words("copy", subject, consultation, link, code, code_at, **more)


def report_mail(consultation: "Consultation", *, link: str) -> Words:
    subject = f"The report is out: {consultation.title}"
    return Words(
        subject=subject, body=_texts.get_template("report.txt").render(consultation=consultation, link=link)
    )


def alarm_mail(consultation: "Consultation", *, reference: str, link: str) -> Words:
    body = _texts.get_template("alarm.txt").render(consultation=consultation, reference=reference, link=link)
    return Words(subject=f"Read today: response {reference}", body=body)


def set_up_mail(*, name: str, link: str, days: int) -> Words:
    body = _texts.get_template("set_up.txt").render(name=name, link=link, days=days)
    return Words(subject="Choose your password for Soundings", body=body)


def _words(
    name: str,
    subject: str,
    consultation: "Consultation",
    link: str,
    code: str,
    code_at: str,
    **more: object,
) -> Words:
    given = {"consultation": consultation, "link": link, "code": code, "code_at": code_at, **more}
    with speaking(consultation.language):  # the words of mail are not translated; dates go with them
        return Words(subject=subject, body=_texts.get_template(f"{name}.txt").render(given))
