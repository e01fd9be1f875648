"""What the partners say to a theme, as an officer writes it."""

from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.validators import DataRequired, Length, Optional

from app.enums import PartnerAnswerKind
from app.rendering.answers import ANSWERS
from app.reporting.queries.partners_answers import Answer
from app.reporting.services.answer_theme import Said
from app.responses.intake import LONGEST_TEXT, TOO_LONG
from app.web.widgets import DateInput, RadioInput, TextArea, TextInput

OWNER_LENGTH = 200


class AnswerForm(FlaskForm):
    """`seen`: the state of the answer that the page showed."""

    seen = HiddenField()
    kind = RadioField(
        "What do the partners do about it?",
        widget=RadioInput(),
        choices=[SelectChoice(kind.value, str(ANSWERS[kind])) for kind in PartnerAnswerKind],
        validate_choice=False,
        validators=[DataRequired("Choose what the partners do about it")],
    )
    reason = TextAreaField(
        "Answer, with the reason",
        widget=TextArea(),
        description="Plain English. Everybody who raised the theme reads it.",
        validators=[
            DataRequired("Write the answer, with the reason"),
            Length(max=LONGEST_TEXT, message=TOO_LONG),
        ],
    )
    owner = StringField(
        "Who answers for it",
        widget=TextInput(),
        description="An organisation or a team, not a person. For example, a council's transport team.",
        validators=[
            DataRequired("Enter who answers for it"),
            Length(max=OWNER_LENGTH, message=f"Who answers must be {OWNER_LENGTH} characters or fewer"),
        ],
    )
    due = DateField(
        "By when (optional)",
        widget=DateInput(),
        format="%d %m %Y",
        description="For example, 31 1 2027",
        validators=[Optional()],
    )

    def show(self, answer: Answer | None) -> None:
        if answer is None:
            return
        self.seen.data, self.kind.data = answer.seen, answer.kind.value
        self.reason.data, self.owner.data, self.due.data = answer.reason, answer.owner, answer.due

    def said(self) -> Said | None:
        """None after a message has been put beside the field."""
        valid = self.validate()
        if self.kind.data and self.kind.data not in set(PartnerAnswerKind):
            self.kind.errors = ["Choose what the partners do about it"]
            valid = False
        if self.due.errors:
            self.due.errors = ["The date must be a real date, like 31 1 2027"]
        if not valid:
            return None
        return Said(
            kind=PartnerAnswerKind(self.kind.data),
            reason=self.reason.data or "",
            owner=self.owner.data or "",
            due=self.due.data,
        )
