from wtforms import StringField
from wtforms.validators import InputRequired

from app.public.forms.spoken import PublicForm
from app.web.widgets import TextInput


class CodeForm(PublicForm):
    code = StringField(
        "Code from your page or email",
        description="For example, KTMC-4927-XQPD. Capital letters and hyphens do not matter.",
        validators=[InputRequired("Enter your code")],
        widget=TextInput(),
    )
