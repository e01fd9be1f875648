"""Setting up a blind sample, and settling what its coders decided differently."""

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length

from app.themes.services.draw_sample import INTERVALS
from app.themes.services.settle_difference import Choice
from app.web.widgets import TextArea

CHOOSE_INTERVAL = "Choose how sure you want to be"
CHOOSE_CODER = "Choose who reads second"
CHOOSE_SECTION = "Choose at least one section"
CHOOSE_SETTLEMENT = "Choose what is right"
GIVE_REASON = "Say why, for those who ask later"
LONGEST_REASON = 2000


class SampleForm(FlaskForm):
    interval = StringField(
        "How sure do you want to be?",
        validators=[
            InputRequired(CHOOSE_INTERVAL),
            AnyOf([str(one) for one in INTERVALS], CHOOSE_INTERVAL),
        ],
    )
    coder = StringField("Who reads second?", validators=[InputRequired(CHOOSE_CODER)])


class SettleForm(FlaskForm):
    choice = StringField(
        "What is right?",
        validators=[
            InputRequired(CHOOSE_SETTLEMENT),
            AnyOf([one.value for one in Choice], CHOOSE_SETTLEMENT),
        ],
    )
    reason = TextAreaField(
        "Why?",
        widget=TextArea(),
        validators=[
            InputRequired(GIVE_REASON),
            Length(max=LONGEST_REASON, message=f"Use {LONGEST_REASON:,} characters or fewer"),
        ],
    )
