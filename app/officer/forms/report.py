from flask_wtf import FlaskForm
from wtforms import IntegerField, TextAreaField
from wtforms.validators import InputRequired, Optional

from app.web.widgets import TextArea


class ConfirmForm(FlaskForm):
    """The token alone: a page that says what will happen, and a button."""


class FreezeForm(FlaskForm):
    """`number`: the release that the page offers to make, so that a second press finds it."""

    number = IntegerField(validators=[Optional()])


class WithdrawForm(FlaskForm):
    reason = TextAreaField(
        "Why is it withdrawn?",
        widget=TextArea(),
        description="The reason is kept in the audit log.",
        validators=[InputRequired("Give the reason for withdrawing the report")],
    )
