"""A page of the reply as a form, made from its questions as data. A field is "q-" and the question's key."""

import re
import uuid
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are older
from wtforms.validators import Email, Length, Optional, StopValidation, ValidationError

from app.consultations.queries.parts import AskedQuestion, Part
from app.consultations.queries.passages import PassageShown
from app.enums import QuestionKind
from app.public.forms.spoken import PublicForm
from app.rendering.words import later, said
from app.responses.intake import LONGEST_TEXT, normalise
from app.responses.new_answers import NewAnswer
from app.responses.queries.reply import GivenAnswers
from app.responses.services.keep_contact import NewContact, address_seen
from app.responses.services.save_part import passage_key
from app.web.widgets import CheckboxesInput, RadioInput, TextArea, TextInput

LONGEST_LINE = 500
LINE_TOO_LONG = later("Shorten this to %(most)s characters or fewer", most=LONGEST_LINE)
TEXT_TOO_LONG = later(
    "This answer is longer than we can take on one page. Shorten it, or send it as a letter."
)
NOT_AN_ADDRESS = later("Enter an email address in the correct format, like name@example.com")
EARLIER = later("This is about an earlier wording. The draft has changed since.")
EMAIL, EMAIL_USES = "email", "email_uses"
VERSION = re.compile("[0-9]{1,9}")


class PartForm(PublicForm):
    """`seen` holds the version of each answer that the page showed: "vision_text:3 overall_text:0"."""

    seen = HiddenField()

    def versions_seen(self) -> dict[str, int]:
        pairs = (pair.rpartition(":") for pair in (self.seen.data or "").split())
        return {key: int(version) for key, _, version in pairs if VERSION.fullmatch(version)}

    def answer_to(self, question: AskedQuestion) -> NewAnswer:
        data, seen = self[name_of(question)].data, self.versions_seen().get(question.key)
        if question.is_text:
            return NewAnswer(text=data or "", seen=seen)
        return NewAnswer(
            choices=tuple(data) if isinstance(data, list) else (data,) if data else (), seen=seen
        )


def name_of(question: AskedQuestion) -> str:
    return f"q-{question.key}"


def name_on(passage_id: uuid.UUID) -> str:
    return f"q-{passage_key(passage_id)}"


def field_id(passage: PassageShown) -> str:
    """Where links to it lead. An earlier wording may stand beside the paragraph that has its place now."""
    earlier = f"-in-version-{re.sub('[^A-Za-z0-9]+', '-', passage.version)}" if passage.earlier else ""
    return f"about-paragraph-{passage.place}{earlier}"


def part_form(
    part: Part,
    given: GivenAnswers,
    *,
    passages: Sequence[PassageShown] = (),
    sent: MultiDict[str, str] | None = None,
) -> PartForm:
    fields = {name_of(question): _field(question) for question in part.questions}
    fields |= {name_on(one.id): _field_on(one) for one in passages}
    made = type("PartFormOfQuestions", (PartForm,), fields)
    data: dict[str, Any] = {name_of(q): _value(q, given) for q in part.questions}
    data |= {name_on(one.id): given.about(one.id).text for one in passages}
    data["seen"] = versions_shown(part, given, passages)
    form: PartForm = made(formdata=sent, data=data)
    return form


def versions_shown(part: Part, given: GivenAnswers, passages: Sequence[PassageShown] = ()) -> str:
    seen = [(q.key, given.to(q.id).version) for q in part.questions if not q.contact]
    seen += [(q.key, address_seen(given.email)) for q in part.questions if q.key == EMAIL]
    seen += [(passage_key(one.id), given.about(one.id).version) for one in passages]
    return " ".join(f"{key}:{version}" for key, version in seen)


def answers_in(form: PartForm, part: Part) -> dict[str, NewAnswer]:
    return {q.key: form.answer_to(q) for q in part.questions if not q.contact}


def words_on(form: PartForm, passages: Sequence[PassageShown]) -> dict[uuid.UUID, NewAnswer]:
    seen = form.versions_seen()
    return {
        one.id: NewAnswer(text=form[name_on(one.id)].data or "", seen=seen.get(passage_key(one.id)))
        for one in passages
    }


def contact_in(form: PartForm, part: Part) -> NewContact | None:
    """None where the part does not ask for an address. Refused: uses without an address to use."""
    contact = {question.key: form.answer_to(question) for question in part.questions if question.contact}
    if EMAIL not in contact:
        return None
    uses = contact[EMAIL_USES].choices if EMAIL_USES in contact else ()
    return NewContact(email=contact[EMAIL].text, uses=uses, seen=contact[EMAIL].seen)


def complete(form: PartForm, contact: NewContact | None) -> bool:
    """An address and what it is for need each other."""
    if contact is None or bool(contact.email) == bool(contact.uses):
        return True
    if contact.email:
        form[f"q-{EMAIL_USES}"].errors = [
            said("Choose what we may use your email address for, or leave it out")
        ]
    else:
        form[f"q-{EMAIL}"].errors = [said("Enter your email address, or untick what we may use it for")]
    return False


def _value(question: AskedQuestion, given: GivenAnswers) -> Any:
    if question.contact:
        return given.email if question.is_text else list(given.email_uses)
    answer = given.to(question.id)
    if question.is_text:
        return answer.text
    several = question.kind is QuestionKind.SEVERAL_CHOICES
    return list(answer.choices) if several else next(iter(answer.choices), None)


def _field(question: AskedQuestion) -> Field:
    if question.is_text:
        return _text_field(question)
    label, hint = question.text, _hint(question)
    choices = [SelectChoice(option.key, option.label) for option in question.options]
    if question.kind is QuestionKind.SEVERAL_CHOICES:
        rules = [_AtMost(question), _AloneIfExclusive(question)]
        return SelectMultipleField(
            label, description=hint, choices=choices, validators=rules, widget=CheckboxesInput()
        )
    return RadioField(label, description=hint, choices=choices, validators=[Optional()], widget=RadioInput())


def _hint(question: AskedQuestion) -> str:
    if question.if_unanswered is None:
        return question.hint or ""
    unanswered = said(
        "If you do not answer, we will treat it as “%(if_unanswered)s”.", if_unanswered=question.if_unanswered
    )
    return Markup("{} {}").format(question.hint or "", unanswered).strip()


def _text_field(question: AskedQuestion) -> Field:
    label, hint = question.text, question.hint or ""
    if question.lines == "one":
        rules = [Optional(), Length(max=LONGEST_LINE, message=LINE_TOO_LONG)]
        if question.contact:
            rules.append(Email(message=NOT_AN_ADDRESS))
        return StringField(
            label, description=hint, validators=rules, filters=[_normalised], widget=TextInput()
        )
    return long_text(label, hint)


def _field_on(passage: PassageShown) -> TextAreaField:
    hint = EARLIER if passage.earlier else ""
    return long_text(
        later("Comment on paragraph %(number)s", number=passage.number), hint, field_id=field_id(passage)
    )


def long_text(label: str, hint: str, *, field_id: str | None = None) -> TextAreaField:
    rules = [Length(max=LONGEST_TEXT, message=TEXT_TOO_LONG)]
    return TextAreaField(
        label, description=hint, id=field_id, validators=rules, filters=[_normalised], widget=TextArea()
    )


def _normalised(text: str | None) -> str:
    return normalise(text or "")


class _AtMost:
    def __init__(self, question: AskedQuestion) -> None:
        self.most = question.max_choices

    def __call__(self, _form: object, field: Field) -> None:
        if self.most and len(field.data or []) > self.most:
            raise StopValidation(said("Choose %(most)s or fewer", most=self.most))


class _AloneIfExclusive:
    def __init__(self, question: AskedQuestion) -> None:
        self.alone = {option.key: option.label for option in question.options if option.exclusive}

    def __call__(self, _form: object, field: Field) -> None:
        for key in field.data or []:
            if key in self.alone and len(field.data) > 1:
                raise ValidationError(
                    said("Choose either “%(label)s” or the others, not both", label=self.alone[key])
                )
