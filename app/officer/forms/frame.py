"""What a lead analyst sends about the coding frame."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, InputRequired, Length

from app.officer.forms.asked import key
from app.themes.services.add_theme import NewTheme
from app.web.widgets import RadioInput, Select, TextArea, TextInput

NO_SECTION = ""
TOO_LONG = "The label must be 120 characters or fewer"
TEXTS = ("definition", "include", "exclude", "example", "support_means")
SHOWN = ("label", "section_id", *TEXTS, "cue_words")  # in the order of the page
NAMES = {
    "label": "Label",
    "section_id": "Section",
    "definition": "Definition",
    "include": "Include",
    "exclude": "Exclude",
    "example": "Example",
    "support_means": "What “support” means here",
    "cue_words": "Cue words",
}


class SectionForm(FlaskForm):
    label = StringField(
        "Label",
        widget=TextInput(),
        validators=[InputRequired("Enter a label"), Length(max=120, message=TOO_LONG)],
    )
    code = StringField(
        "Code", widget=TextInput(), description="Optional. Left empty, it gets the next free one."
    )

    def new_theme(self) -> NewTheme:
        return NewTheme(label=self.label.data or "", code=self.code.data or "", is_section=True)


class ThemeForm(FlaskForm):
    seen = HiddenField()
    label = StringField(
        "Label",
        widget=TextInput(),
        validators=[InputRequired("Enter a label"), Length(max=120, message=TOO_LONG)],
    )
    code = StringField(
        "Code",
        widget=TextInput(),
        description="Optional. Left empty, it gets the next number of its section.",
    )
    section_id = SelectField(NAMES["section_id"], widget=Select(), validate_choice=False)
    definition = TextAreaField(
        NAMES["definition"], widget=TextArea(), description="What a comment says that belongs here."
    )
    include = TextAreaField(NAMES["include"], widget=TextArea(), description="What belongs here as well.")
    exclude = TextAreaField(
        NAMES["exclude"], widget=TextArea(), description="What does not, and which theme it belongs to."
    )
    example = TextAreaField(
        NAMES["example"], widget=TextArea(), description="In words of your own. Do not copy a response."
    )
    cue_words = TextAreaField(
        NAMES["cue_words"],
        widget=TextArea(),
        description="One a line. The software looks for them, and looks further too.",
    )
    support_means = TextAreaField(
        NAMES["support_means"],
        widget=TextArea(),
        description="For a label that is against something: does “support” agree with the label, or with "
        "what it is against?",
    )

    read_again = RadioField(
        widget=RadioInput(),
        choices=[SelectChoice("yes", "Yes"), SelectChoice("no", "No")],
        default="no",
        validate_choice=False,
        description="If what belongs here has changed. Their codings stand until an officer changes them.",
    )

    def offer(self, sections: Iterable[Any]) -> None:
        self.section_id.choices = [
            *(SelectChoice(str(one.id), f"{one.code} {one.label}") for one in sections),
            SelectChoice(NO_SECTION, "No section"),
        ]

    def show(self, theme: Any) -> None:
        self.seen.data = str(theme.version)
        for name, value in written(theme).items():
            self[name].data = value

    def given(self) -> dict[str, Any]:
        """By the names that services use."""
        values: dict[str, Any] = {name: self[name].data or "" for name in ("label", *TEXTS)}
        values["cue_words"] = lines(self.cue_words.data)
        values["section_id"] = an_id(self.section_id.data)
        return values

    def new_theme(self) -> NewTheme:
        return NewTheme(code=self.code.data or "", **self.given())


class RetireForm(FlaskForm):
    seen = HiddenField()
    goes_to = SelectField("Where do its codings go?", widget=Select(), validate_choice=False)


class MoveForm(FlaskForm):
    seen = HiddenField()
    section_id = RadioField(
        "Which section does it move to?", widget=RadioInput(), validate_choice=False, validators=[]
    )


class DeliberateForm(FlaskForm):
    reason = TextAreaField(
        "Why is it so?",
        widget=TextArea(),
        description="Other officers see it beside the warning.",
        validators=[DataRequired("Say why"), Length(max=500, message="Use 500 characters or fewer")],
    )


def written(theme: Any) -> dict[str, str]:
    """The fields of a theme as a form shows them."""
    values = {name: getattr(theme, name) for name in ("label", *TEXTS)}
    return {
        **values,
        "cue_words": "\n".join(theme.cue_words),
        "section_id": str(theme.parent_id) if theme.parent_id else NO_SECTION,
    }


def lines(text: str | None) -> Sequence[str]:
    """Each once, without empty ones."""
    found = (" ".join(line.split()) for line in (text or "").splitlines())
    return list(dict.fromkeys(line for line in found if line))


def an_id(value: str | None) -> uuid.UUID | None:
    """None for "no section", and an id that is none's for what is no id."""
    return (key(value) or uuid.UUID(int=0)) if value else None
