from wtforms import HiddenField, TextAreaField
from wtforms.validators import Length

from app.enums import RequestKind
from app.public.forms.questions import TEXT_TOO_LONG
from app.public.forms.spoken import PublicForm
from app.rendering.words import later
from app.responses.intake import LONGEST_TEXT
from app.web.widgets import TextArea

WRONG = later("Tell us what we have got wrong")
CORRECT = later("Tell us what is wrong, and what it should say")
OBJECT = later("Tell us what we should not do with your data, and why")
ERASE = later("Is there anything we should know? (optional)")


def _text(label: str) -> TextAreaField:
    return TextAreaField(
        label, widget=TextArea(), validators=[Length(max=LONGEST_TEXT, message=TEXT_TOO_LONG)]
    )


class RequestForm(PublicForm):
    """One field for each kind, so that the forms of a page do not mix their words."""

    kind = HiddenField()
    wrong = _text(WRONG)
    correct = _text(CORRECT)
    object = _text(OBJECT)
    erase = _text(ERASE)

    def text_for(self, kind: RequestKind) -> str:
        return self[kind.value].data or ""

    def asks_for(self, kind: RequestKind) -> bool:
        """Whether there is enough to go by; a message stands beside the field otherwise."""
        if not self.validate_on_submit():
            return False
        if kind is RequestKind.ERASE or self.text_for(kind).strip():
            return True
        self[kind.value].errors = [self[kind.value].label.text]
        return False
