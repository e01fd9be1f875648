from app.models import Consultation


def handling_labels(consultation: Consultation) -> dict[str, str]:
    """What each handling code of the consultation says, by the code. A flag has a code like it."""
    return {code["code"]: code["label"] for code in consultation.settings.get("handling_codes", [])}
