"""A part as a colleague writes it: the open questions alone, or the letter, and the colleague's name."""

import uuid
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict
from wtforms import StringField
from wtforms.validators import Length, Optional

from app.consultations.queries.parts import Part
from app.public.forms.questions import LINE_TOO_LONG, LONGEST_LINE, PartForm, long_text, name_of
from app.rendering.words import later, plain
from app.responses.intake import normalise
from app.responses.new_answers import NewAnswer
from app.responses.queries.colleagues import Own
from app.responses.services.save_part import LETTER
from app.web.widgets import TextInput


@dataclass(frozen=True)
class Place:
    """A field of the page. `question_id` is None for the letter."""

    field: str
    key: str
    question_id: uuid.UUID | None
    label: str
    hint: str


class ColleagueForm(PartForm):
    name = StringField(
        later("Your name (optional)"),
        description=later("For the person who invited you. It is not sent with the response."),
        validators=[Optional(), Length(max=LONGEST_LINE, message=LINE_TOO_LONG)],
        filters=[lambda name: normalise(name or "")],
        widget=TextInput(),
    )


def places(part: Part) -> tuple[Place, ...]:
    if part.key == LETTER:
        return (Place(LETTER, LETTER, None, plain("Your part of the letter"), ""),)
    return tuple(Place(name_of(q), q.key, q.id, q.text, q.hint or "") for q in part.questions)


def colleague_form(part: Part, own: Own, *, sent: MultiDict[str, str] | None = None) -> ColleagueForm:
    asked = places(part)
    fields = {place.field: long_text(place.label, place.hint) for place in asked}
    data = {place.field: own.to(place.question_id).text for place in asked}
    data["seen"] = " ".join(f"{place.key}:{own.to(place.question_id).version}" for place in asked)
    data["name"] = own.name
    form: ColleagueForm = type("ColleagueFormOfPart", (ColleagueForm,), fields)(formdata=sent, data=data)
    return form


def texts_in(form: ColleagueForm, part: Part) -> dict[str, tuple[uuid.UUID | None, NewAnswer]]:
    seen = form.versions_seen()
    return {
        place.key: (
            place.question_id,
            NewAnswer(text=form[place.field].data or "", seen=seen.get(place.key)),
        )
        for place in places(part)
    }
