from wtforms import StringField
from wtforms.validators import Email, InputRequired, Length

from app.public.forms.questions import LINE_TOO_LONG, LONGEST_LINE, NOT_AN_ADDRESS
from app.public.forms.spoken import PublicForm
from app.rendering.words import later
from app.web.widgets import TextInput


class CodeForm(PublicForm):
    code = StringField(
        later("Code from your page or email"),
        description=later("For example, KTMC-4927-XQPD. Capital letters and hyphens do not matter."),
        validators=[InputRequired(later("Enter your code"))],
        widget=TextInput(),
    )


class LinkAgainForm(PublicForm):
    email = StringField(
        later("The email address that you gave with your response"),
        validators=[
            InputRequired(later("Enter your email address")),
            Length(max=LONGEST_LINE, message=LINE_TOO_LONG),
            Email(message=NOT_AN_ADDRESS),
        ],
        filters=[lambda typed: (typed or "").strip()],
        widget=TextInput(),
    )
