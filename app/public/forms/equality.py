from typing import Any

from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older
from wtforms.validators import Length, Optional

from app.consultations.queries.equality import EqualityQuestion, Intro
from app.public.forms.questions import LINE_TOO_LONG, LONGEST_LINE
from app.public.forms.spoken import PublicForm
from app.responses.intake import normalise
from app.responses.queries.equality import GivenEquality
from app.web.widgets import RadioInput, TextInput


class IntroForm(PublicForm):
    """Pressing Continue without a choice is no mistake: it means no."""

    wanted = RadioField(validators=[Optional()], widget=RadioInput())


class EqualityForm(PublicForm):
    answer = RadioField(validators=[Optional()], widget=RadioInput())

    def text_of(self, question: EqualityQuestion) -> str:
        """The words beside the option that was chosen; those beside another are not kept."""
        names = names_of_texts(question)
        return str(self[names[self.answer.data]].data or "") if self.answer.data in names else ""


def intro_form(intro: Intro) -> IntroForm:
    form = IntroForm()
    form.wanted.label.text, form.wanted.description = intro.text, intro.hint
    form.wanted.choices = [SelectChoice(key, label) for key, label in intro.options]
    return form


def equality_form(question: EqualityQuestion, given: GivenEquality | None) -> EqualityForm:
    names = names_of_texts(question)
    labels = {option.key: option.opens_text or "" for option in question.options}
    made = type(
        "EqualityFormOfQuestion", (EqualityForm,), {n: _line(labels[key]) for key, n in names.items()}
    )
    data: dict[str, Any] = {"answer": given.option if given else None}
    if given and given.option in names:
        data[names[given.option]] = given.text
    form: EqualityForm = made(data=data)
    form.answer.label.text, form.answer.description = question.text, question.hint or ""
    form.answer.choices = [SelectChoice(option.key, option.label) for option in question.options]
    return form


def names_of_texts(question: EqualityQuestion) -> dict[str, str]:
    """Of the fields for one's own words, by the option that opens each."""
    return {o.key: f"text_{at}" for at, o in enumerate(question.options) if o.opens_text}


def _line(label: str) -> StringField:
    return StringField(
        label,
        validators=[Optional(), Length(max=LONGEST_LINE, message=LINE_TOO_LONG)],
        filters=[lambda text: normalise(text or "")],
        widget=TextInput(),
    )
