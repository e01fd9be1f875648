from typing import Final

from app.counting.flags import ABUSE, NO_SUBSTANCE, PERSONAL_DATA, SAFEGUARDING
from app.models import Consultation

# Those that the software gives by itself, for a consultation without a list of its own.
OWN: Final = {
    NO_SUBSTANCE: "No substance",
    PERSONAL_DATA: "Personal details",
    ABUSE: "Abusive words",
    SAFEGUARDING: "Somebody may need help",
}


def handling_labels(consultation: Consultation) -> dict[str, str]:
    """What each handling code of the consultation says, by the code. A flag has a code like it."""
    given = {code["code"]: code["label"] for code in consultation.settings.get("handling_codes", [])}
    return given or OWN
