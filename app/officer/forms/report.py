from flask_wtf import FlaskForm
from wtforms import TextAreaField
from wtforms.validators import InputRequired

from app.web.widgets import TextArea


class ConfirmForm(FlaskForm):
    """The token alone: a page that says what will happen, and a button."""


class WithdrawForm(FlaskForm):
    reason = TextAreaField(
        "Why is it withdrawn?",
        widget=TextArea(),
        description="The reason is kept in the audit log.",
        validators=[InputRequired("Give the reason for withdrawing the report")],
    )
