from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import AnyOf, InputRequired

from app.reporting.files.tables import FORMATS, TABLES

CHOOSE_TABLE = "Choose a table"
CHOOSE_FORMAT = "Choose a format"


class ExportForm(FlaskForm):
    table = StringField(
        "Which table?", validators=[InputRequired(CHOOSE_TABLE), AnyOf(list(TABLES), CHOOSE_TABLE)]
    )
    format = StringField(
        "Which format?", validators=[InputRequired(CHOOSE_FORMAT), AnyOf(list(FORMATS), CHOOSE_FORMAT)]
    )
