"""What an officer sends about one comment."""

from collections.abc import Iterable
from typing import Any

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired

from app.enums import DispositionValue, Stance
from app.themes.refusals import QuoteNotInComment, Refusal

CHOOSE_THEME = "Choose a theme from the coding frame"
CHOOSE_STANCE = "Choose how the comment stands to the theme"
CHOOSE_OUTCOME = "Choose what this comment is"
OUTCOMES = (
    (DispositionValue.NO_POINT, "No point made"),
    (DispositionValue.OUT_OF_SCOPE, "Out of scope"),
    (DispositionValue.UNCLEAR, "Unclear"),
    (DispositionValue.REFERS_ELSEWHERE, "Refers to another answer"),
    (DispositionValue.OTHER, "Other: a point the frame lacks"),
    (DispositionValue.UNDECIDED, "Undecided: leave it for later"),
)


class AddThemeForm(FlaskForm):
    theme = StringField("Theme", validators=[InputRequired(CHOOSE_THEME)])
    stance = StringField(
        "How does it stand to the theme?",
        validators=[InputRequired(CHOOSE_STANCE), AnyOf([one.value for one in Stance], CHOOSE_STANCE)],
    )
    words = TextAreaField("The words that carry it")

    def refuse(self, refusal: Refusal) -> None:
        field = self.words if isinstance(refusal, QuoteNotInComment) else self.theme
        field.errors = [str(refusal)]


class OutcomeForm(FlaskForm):
    outcome = StringField(
        "What is it?",
        validators=[
            InputRequired(CHOOSE_OUTCOME),
            AnyOf([value.value for value, _ in OUTCOMES], CHOOSE_OUTCOME),
        ],
    )
    refers_to = StringField("Which answer does it refer to?")


def chosen_theme(form: FlaskForm, themes: Iterable[Any]) -> Any:
    """The theme that the form names. None where it is refused; it says why beside its fields."""
    if not form.validate():
        return None
    found = next((one for one in themes if one.code == form["theme"].data), None)
    if found is None:
        form["theme"].errors = [CHOOSE_THEME]
    return found
