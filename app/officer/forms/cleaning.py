"""What officers send about things that wait in the queues of cleaning."""

from collections.abc import Mapping
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older
from wtforms.validators import InputRequired, Optional

from app.enums import CleaningDecision, ExclusionReason
from app.responses.hidden import KINDS
from app.web.widgets import CheckboxInput, RadioInput, Select, TextArea

KIND_CHOICES = [(key, words[:1].upper() + words[1:]) for key, words in KINDS.items()]
_KINDS = [SelectChoice(key, words) for key, words in KIND_CHOICES]
NOTE_HINT = "Do not copy the response's words."


class HideForm(FlaskForm):
    words = TextAreaField(
        "The words to hide",
        widget=TextArea(),
        description="Copy them exactly from the text.",
        validators=[InputRequired("Enter the words to hide")],
    )
    kind = SelectField("What are they?", widget=Select(), choices=_KINDS, default="name")
    reason = TextAreaField("Note", widget=TextArea(), description=f"Optional. {NOTE_HINT}")
    everywhere = BooleanField("Hide them in the other comments of this response too", widget=CheckboxInput())


class ReasonForm(FlaskForm):
    """Of an action that needs nothing else."""

    reason = TextAreaField(
        "Why?", widget=TextArea(), description=NOTE_HINT, validators=[InputRequired("Say why")]
    )


class SafetyForm(FlaskForm):
    done = RadioField(
        "What was done?",
        widget=RadioInput(),
        choices=[
            SelectChoice("passed on", "Passed on to the person responsible for safeguarding"),
            SelectChoice("no concern", "Read: there is no concern"),
            SelectChoice("not published", "Read: abusive, so it must not be quoted"),
        ],
        validators=[InputRequired("Choose what was done about it")],
    )
    note = TextAreaField("Note", widget=TextArea(), description=f"Who it went to, and when. {NOTE_HINT}")


def chosen_spans(form: Mapping[str, str], ids: set[UUID]) -> dict[UUID, str]:
    """Ticked spans, each with its kind."""
    return {key: form.get(f"kind-{key}", "other") for key in ids if form.get(f"hide-{key}")}


class PairForm(FlaskForm):
    decision = RadioField(
        "Are these two one reply?",
        widget=RadioInput(),
        choices=[
            SelectChoice(CleaningDecision.COUNTS.value, "Both count"),
            SelectChoice(CleaningDecision.LEFT_OUT.value, "Count once: keep the later"),
            SelectChoice(CleaningDecision.LATER.value, "Decide later"),
        ],
        validators=[InputRequired("Choose what to do with these two")],
    )
    reason = RadioField(
        "If it counts once, why?",
        widget=RadioInput(),
        choices=[
            SelectChoice(ExclusionReason.DUPLICATE.value, "The same reply was sent twice"),
            SelectChoice(
                ExclusionReason.COMBINED.value,
                "One person replied twice: the comments of both count, as one person's",
            ),
        ],
        validators=[Optional()],
    )
    note = TextAreaField("Note", widget=TextArea(), description=f"Optional. {NOTE_HINT}")
    version = HiddenField()


class SingleForm(FlaskForm):
    decision = RadioField(
        "Does it count?",
        widget=RadioInput(),
        choices=[
            SelectChoice(CleaningDecision.COUNTS.value, "Yes, it counts"),
            SelectChoice(ExclusionReason.TEST.value, "No: it is a test"),
            SelectChoice(ExclusionReason.BLANK.value, "No: it is blank"),
            SelectChoice(ExclusionReason.SPAM.value, "No: it is spam"),
        ],
        validators=[InputRequired("Choose whether this response counts")],
    )
    note = TextAreaField("Note", widget=TextArea(), description=f"Optional. {NOTE_HINT}")
