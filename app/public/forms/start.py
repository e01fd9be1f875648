from typing import Any

from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older
from wtforms.validators import InputRequired, Optional

from app.consultations.queries.parts import AskedQuestion
from app.enums import RespondentKind
from app.public.forms.spoken import PublicForm
from app.rendering.words import later
from app.web.widgets import RadioInput

CHOOSE = later("Choose whether you are replying for yourself or for an organisation")
QUESTIONS, LETTER = "questions", "letter"


class StartForm(PublicForm):
    start_token = HiddenField()
    then = HiddenField()  # the part that the person was on the way to
    about = HiddenField()  # and the paragraph
    kind = RadioField(validators=[InputRequired(CHOOSE)], widget=RadioInput())
    how = RadioField(
        later("How do you want to reply?"),
        choices=[
            SelectChoice(QUESTIONS, later("Answer the questions")),
            SelectChoice(LETTER, later("Send a letter in one piece")),
        ],
        validators=[Optional()],
        widget=RadioInput(),
    )

    @property
    def chosen(self) -> RespondentKind:
        return RespondentKind(self.kind.data)

    @property
    def is_letter(self) -> bool:
        return self.chosen is RespondentKind.ORGANISATION and self.how.data == LETTER


def start_form(question: AskedQuestion, **data: Any) -> StartForm:
    form = StartForm(data=data)
    form.kind.label.text = question.text
    form.kind.description = question.hint or ""
    form.kind.choices = [SelectChoice(option.key, option.label) for option in question.options]
    return form
