"""A small invented consultation for everyone's tests: open 1 to 30 June 2026; the tests' clock stands at
15 June. Two sections and a page of its own; six responses (five individuals, one organisation, one email).
"""

from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from app.accounts.actor import SYSTEM
from app.consultations.files.read import consultation_document
from app.consultations.services.load import load_consultation
from app.enums import Stage
from app.models import Consultation
from app.responses.services.load import LoadedResponses, load_responses

HERE = Path(__file__).parent
CONSULTATION = HERE / "small_consultation.yaml"
RESPONSES = HERE / "small_responses.jsonl"
LOADED_AT = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)


def small_consultation(*, stage: Stage = Stage.OPEN, is_sample: bool = False) -> Consultation:
    """In the caller's transaction: call it inside `with transaction():` to keep it for requests."""
    return load_consultation(
        deepcopy(_document()), actor=SYSTEM, now=LOADED_AT, stage=stage, is_sample=is_sample
    )


@cache
def _document() -> dict[str, object]:
    """Read once: YAML takes its time."""
    return consultation_document(CONSULTATION)


def small_responses(consultation: Consultation) -> LoadedResponses:
    return load_responses(
        consultation,
        text=RESPONSES.read_text(encoding="utf-8"),
        file_name=RESPONSES.name,
        actor=SYSTEM,
        now=LOADED_AT,
    )
