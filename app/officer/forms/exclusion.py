from flask_wtf import FlaskForm
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older
from wtforms.validators import InputRequired

from app.enums import ExclusionReason
from app.web.widgets import RadioInput, TextArea, TextInput

REASONS = [
    SelectChoice(ExclusionReason.TEST.value, "It is a test"),
    SelectChoice(ExclusionReason.BLANK.value, "It is blank"),
    SelectChoice(ExclusionReason.DUPLICATE.value, "It is a duplicate: the same reply was sent twice"),
    SelectChoice(ExclusionReason.COMBINED.value, "It is combined with another reply of the same person"),
    SelectChoice(ExclusionReason.LATE.value, "It is late"),
    SelectChoice(ExclusionReason.SPAM.value, "It is spam"),
    SelectChoice(ExclusionReason.OTHER.value, "Another reason"),
]


class ExcludeForm(FlaskForm):
    reason = RadioField(
        "Why is it left out?",
        widget=RadioInput(),
        choices=REASONS,
        validators=[InputRequired("Choose why this response is left out")],
    )
    stays = StringField(
        "Reference of the response that stays",
        widget=TextInput(),
        description="Only for a duplicate, or one that is combined with another.",
    )
    note = TextAreaField(
        "Note", widget=TextArea(), description="Needed for another reason. Do not copy the response's words."
    )


class RestoreForm(FlaskForm):
    note = TextAreaField("Why is it put back?", widget=TextArea())


class LateForm(FlaskForm):
    decision = RadioField(
        "Does this late reply count?",
        widget=RadioInput(),
        choices=[SelectChoice("count", "Yes, count it"), SelectChoice("leave", "No, leave it out as late")],
        validators=[InputRequired("Choose whether this late reply counts")],
    )
    note = TextAreaField("Note", widget=TextArea(), description="Optional.")
