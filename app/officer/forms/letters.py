"""What officers send about a letter: which question each of its points belongs to."""

import uuid
from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import TextAreaField

from app.officer.forms.asked import whole
from app.officer.forms.cleaning import NOTE_HINT
from app.web.widgets import TextArea

AT = "at-"  # and the place in the letter where the point begins
SAME = "same"  # as the point before it


class LetterForm(FlaskForm):
    note = TextAreaField("Note", widget=TextArea(), description=f"Optional. {NOTE_HINT}")


def chosen(form: Mapping[str, str]) -> dict[int, str]:
    """By the place where a point begins, in order; the key of a question, "same" or nothing."""
    places = (
        (whole(name.removeprefix(AT), otherwise=-1), form[name]) for name in form if name.startswith(AT)
    )
    return dict(sorted((start, value) for start, value in places if start >= 0))


def starts_of(
    choices: Mapping[int, str], questions: Mapping[str, uuid.UUID]
) -> list[tuple[int, uuid.UUID | None]]:
    """A key that is not one of the questions is general, as is the first point's "same"."""
    found: list[tuple[int, uuid.UUID | None]] = []
    for start, value in choices.items():
        before = found[-1][1] if found else None
        found.append((start, before if value == SAME else questions.get(value)))
    return found
