from wtforms import StringField
from wtforms.validators import Email, InputRequired, Length

from app.public.forms.questions import LINE_TOO_LONG, LONGEST_LINE, NOT_AN_ADDRESS
from app.public.forms.spoken import PublicForm
from app.web.widgets import TextInput


class CodeForm(PublicForm):
    code = StringField(
        "Code from your page or email",
        description="For example, KTMC-4927-XQPD. Capital letters and hyphens do not matter.",
        validators=[InputRequired("Enter your code")],
        widget=TextInput(),
    )


class LinkAgainForm(PublicForm):
    email = StringField(
        "The email address that you gave with your response",
        validators=[
            InputRequired("Enter your email address"),
            Length(max=LONGEST_LINE, message=LINE_TOO_LONG),
            Email(message=NOT_AN_ADDRESS),
        ],
        filters=[lambda typed: (typed or "").strip()],
        widget=TextInput(),
    )
