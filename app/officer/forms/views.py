from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Length

from app.accounts.services.views import LONGEST_NAME
from app.web.widgets import CheckboxInput, TextInput

NAME_TAKEN = "You have a view of this name already. Choose another name, or delete the old view first."


class SaveViewForm(FlaskForm):
    name = StringField(
        "Name of the view",
        widget=TextInput(),
        description="For example: Buses, not decided",
        validators=[
            DataRequired("Enter a name for the view"),
            Length(max=LONGEST_NAME, message=f"The name must be {LONGEST_NAME} characters or fewer"),
        ],
    )
    shared = BooleanField("Show it to my colleagues here too", widget=CheckboxInput())
