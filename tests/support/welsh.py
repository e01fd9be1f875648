"""The small consultation with some of its texts in Welsh; those left out are there in English alone."""

from typing import Any

from app.accounts.actor import SYSTEM
from app.consultations.files.read import consultation_document
from app.consultations.services.load import load_consultation
from app.enums import Stage
from app.models import Consultation
from tests.support.small_consultation import CONSULTATION, LOADED_AT

WELSH: dict[str, Any] = {
    "title": "Sgwâr Marchnad Gwell",
    "summary": "Mae’r cyngor wedi drafftio cynllun.\n\nNid pleidlais yw hon.",
    "sections": {"traffic": "Traffig yn y sgwâr"},
    "passages": {"traffic.close": "Mae’r cynllun yn cau’r sgwâr i geir:\n\n- ar ddydd Sadwrn"},
    "scales": {"agreement": {"agree": "Cytuno", "disagree": "Anghytuno"}},
    "questions": {
        "kind": {
            "text": "Ydych chi’n ymateb drosoch eich hun neu dros sefydliad?",
            "options": {
                "individual": {"label": "Drosof fy hun"},
                "organisation": {"label": "Dros sefydliad"},
            },
        },
        "cars_text": {"text": "Pam ydych chi’n dweud hynny?"},
        "area": {"text": "Ble ydych chi’n byw?"},
    },
}


def welsh_document() -> dict[str, Any]:
    return {**consultation_document(CONSULTATION), "translations": {"cy": WELSH}}


def welsh_consultation(*, stage: Stage = Stage.OPEN) -> Consultation:
    """In the caller's transaction, as `small_consultation`."""
    return load_consultation(welsh_document(), actor=SYSTEM, now=LOADED_AT, stage=stage)
