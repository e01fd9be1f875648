from flask_wtf import FlaskForm
from wtforms import BooleanField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.responses.intake import LONGEST_TEXT, TOO_LONG
from app.web.widgets import CheckboxInput, TextArea

CHOOSE = "This page is out of date. Open the request again."


class TakeForm(FlaskForm):
    """`seen`: the version of the request that the page showed."""

    seen = IntegerField(validators=[InputRequired(CHOOSE)])


class AnswerForm(TakeForm):
    answer = TextAreaField(
        "Answer",
        widget=TextArea(),
        description="The person reads it on their page “Your data” once the request is done.",
        validators=[Length(max=LONGEST_TEXT, message=TOO_LONG)],
    )
    done = BooleanField("This request is done", widget=CheckboxInput())


class EraseForm(FlaskForm):
    understood = BooleanField(
        "I have checked that this is the right response",
        widget=CheckboxInput(),
        validators=[InputRequired("Confirm that you have checked the response")],
    )
