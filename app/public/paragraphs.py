"""Comments on single paragraphs: which have a field on a page of the reply, and where links to them lead."""

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import request, url_for
from markupsafe import Markup

from app.consultations.queries.documents import SectionText
from app.consultations.queries.parts import Part, reply_parts
from app.consultations.queries.passages import PassageShown, passages_shown
from app.consultations.queries.timing import Window
from app.enums import RespondentKind
from app.public.here import Here
from app.rendering.words import marked

if TYPE_CHECKING:
    from app.models import Consultation

ABOUT = "about"  # of an address and of a button: the place of a paragraph in its section
LONGEST_PLACE = 20
SENT = "q-about-"


def pages_to_comment_on(consultation: "Consultation", window: Window) -> dict[str, str]:
    """The page of the reply for each section, by its key; none while no replies are taken."""
    if window is not Window.OPEN:
        return {}
    return {
        part.section_key: url_for("public.part", slug=consultation.slug, part_key=part.key)
        for part in reply_parts(consultation, RespondentKind.INDIVIDUAL)
        if part.section_key
    }


def commented(here: Here, part: Part) -> list[PassageShown]:
    return [one for one in here.passages.values() if one.section_key == part.section_key]


def sent_with(here: Here, part: Part) -> list[PassageShown]:
    """Those whose field the form had: of this section, in any version of the document."""
    ids = _ids(name.removeprefix(SENT) for name in request.form if name.startswith(SENT))
    found = passages_shown(here.consultation.id, ids)
    return [one for one in found.values() if one.section_key == part.section_key]


def asked_for(here: Here, part: Part, section: SectionText | None) -> PassageShown | None:
    """The paragraph that the address or the button names. A comment on the same words is found again."""
    place = request.values.get(ABOUT, "")
    if section is None or not place:
        return None
    passage = next((one for one in section.passages if section.place(one) == place), None)
    if passage is None:
        return None
    same = [one for one in commented(here, part) if one.key == passage.key and not one.earlier]
    return same[0] if same else passages_shown(here.consultation.id, [passage.id]).get(passage.id)


def title_of(passage: PassageShown) -> str:
    if passage.earlier:
        return marked("About paragraph %(number)s (about an earlier wording)", number=passage.number)
    return marked("About paragraph %(number)s", number=passage.number)


def quoting(title: str, words: str) -> Markup:
    """Each in its own language."""
    return Markup("{}: “{}”").format(title, words)


def anchor(place: str) -> str:
    return f"about-paragraph-{place}"


def is_place(given: str | None) -> bool:
    return bool(given) and len(given or "") <= LONGEST_PLACE and (given or "").replace("-", "").isalnum()


def _ids(given: Iterable[str]) -> set[uuid.UUID]:
    found = set()
    for one in given:
        try:
            found.add(uuid.UUID(one))
        except ValueError:
            continue
    return found
