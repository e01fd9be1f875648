from flask import abort

from app.consultations.queries.find import consultation_by_slug
from app.consultations.queries.listing import NOT_PUBLIC
from app.enums import Stage
from app.models import Consultation
from app.web.languages import speak_for


def public_consultation(slug: str) -> Consultation:
    """The consultation that the address names; one that is not public yet is not found.

    One in test is open to whoever has its address.
    """
    found = consultation_by_slug(slug)
    if found is None or (found.stage in NOT_PUBLIC and found.stage is not Stage.TESTING):
        abort(404)
    speak_for(found)
    return found
