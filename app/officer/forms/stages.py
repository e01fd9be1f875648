from datetime import datetime

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField

from app.officer.forms.moment import NotAMoment, moment, written
from app.web.widgets import TextArea


class Opening(FlaskForm):
    opens_day = StringField("Day")
    opens_month = StringField("Month")
    opens_year = StringField("Year")
    opens_time = StringField("Time")


class Closing(FlaskForm):
    closes_day = StringField("Day")
    closes_month = StringField("Month")
    closes_year = StringField("Year")
    closes_time = StringField("Time")


class DatesForm(Opening, Closing):
    pass


class ExtendForm(Closing):
    reason = TextAreaField(
        "Why is it extended?", widget=TextArea(), description="People can ask. Shown in the log of changes."
    )


class MoveForm(FlaskForm):
    reason = TextAreaField("Why does it go back?", widget=TextArea())


def show_moment(form: FlaskForm, name: str, at: datetime, *, zone: str) -> None:
    for part, value in written(at, zone=zone).items():
        form[f"{name}_{part}"].data = value


def read_moment(form: FlaskForm, name: str, *, zone: str, what: str) -> datetime | None:
    """None after a message has been put beside the field."""
    parts = [form[f"{name}_{part}"].data or "" for part in ("day", "month", "year", "time")]
    try:
        return moment(parts[0], parts[1], parts[2], parts[3], zone=zone, what=what)
    except NotAMoment as wrong:
        form[f"{name}_{wrong.part}"].errors = [str(wrong)]
        return None
