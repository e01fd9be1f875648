from datetime import datetime

from app.database import insert_once
from app.models import Response, UsedChallenge
from app.responses.signals import HIDDEN_FIELD, SECONDS, VERIFIED, Proof, Signals


def note_signals(response: Response, signals: Signals, *, now: datetime) -> None:
    """Of a response that was just sent for the first time; the audit log has the sending."""
    response.signals = {
        HIDDEN_FIELD: signals.hidden_field_filled,
        SECONDS: max(0, int((now - response.started_at).total_seconds())),
        VERIFIED: signals.proof is not None and _use(signals.proof),
    }


def _use(proof: Proof) -> bool:
    """False where somebody handed it in before, also at the same moment."""
    return insert_once(UsedChallenge, digest=proof.digest, expires_at=proof.expires_at)
