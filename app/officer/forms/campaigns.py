"""What officers send about campaigns and petitions."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older
from wtforms.validators import InputRequired, Length, NumberRange

from app.enums import CampaignTreatment, Stance
from app.officer.forms.coding import CHOOSE_STANCE, CHOOSE_THEME
from app.officer.forms.words import STANCE
from app.web.widgets import RadioInput, TextArea, TextInput

TREATMENT = {
    CampaignTreatment.EVERY_SENDER: "Count every sender",
    CampaignTreatment.ONE_RESPONSE: "Count as one response",
    CampaignTreatment.REPORTED_APART: "Report apart",
}
COPY = {"exact": "Exact", "edited": "Edited", "own_words_added": "Own words added"}


class TreatmentForm(FlaskForm):
    name = StringField(
        "Name", widget=TextInput(), validators=[InputRequired("Enter a name"), Length(max=100)]
    )
    treatment = RadioField(
        "How does the report treat it?",
        widget=RadioInput(),
        choices=[SelectChoice(value.value, words) for value, words in TREATMENT.items()],
        validators=[InputRequired("Choose how the report treats it")],
    )
    note = TextAreaField("Note", widget=TextArea(), description="Why. The report can say it.")
    version = HiddenField()


class TemplateForm(FlaskForm):
    theme = StringField("Theme", validators=[InputRequired(CHOOSE_THEME)])
    stance = RadioField(
        "How does it stand to the theme?",
        widget=RadioInput(),
        choices=[SelectChoice(stance.value, STANCE[stance]) for stance in Stance],
        validators=[InputRequired(CHOOSE_STANCE)],
    )
    words = TextAreaField(
        "The words that carry it",
        widget=TextArea(),
        description="Copy them from the template. Leave this empty for all of it.",
    )


class AddSenderForm(FlaskForm):
    reference = StringField(
        "Reference of the response",
        widget=TextInput(),
        validators=[InputRequired("Enter the reference of a response")],
    )


class PetitionForm(FlaskForm):
    reference = StringField(
        "Reference of the response that brought it",
        widget=TextInput(),
        validators=[InputRequired("Enter the reference of a response")],
    )
    title = StringField(
        "What does it ask for?",
        widget=TextInput(),
        validators=[InputRequired("Enter what the petition asks for"), Length(max=200)],
    )
    signatories = IntegerField(
        "How many people signed it?",
        widget=TextInput(),
        validators=[
            InputRequired("Enter how many people signed it"),
            NumberRange(1, 100_000_000, "Enter a number of 1 or more"),
        ],
    )
    seen_title = HiddenField()
    seen_signatories = HiddenField()

    def replaces(self, title: str, signatories: int) -> None:
        """What the page shows now, so that pressing again replaces it."""
        self.seen_title.data, self.seen_signatories.data = title, str(signatories)


def seen_petition(form: Mapping[str, str]) -> tuple[str, int] | None:
    number = form.get("seen_signatories", "")
    return (form.get("seen_title", ""), int(number)) if number.isdecimal() and len(number) < 10 else None
