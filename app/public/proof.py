"""The background check of the page that sends: a browser with JavaScript works for a moment, a person sees
nothing and solves nothing. ALTCHA's challenges, signed, so that none is stored before it is used.
"""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any

from altcha import Payload, create_challenge, verify_solution
from flask import request

from app.public.here import link_key
from app.responses.signals import Proof, Signals

ALGORITHM, COST = "PBKDF2/SHA-256", 2_000  # about 256 tries: a second or less on a phone
LASTS = timedelta(hours=2)
LONGEST = 4_000  # characters of a proof; one of ours has about 500
PROOF, HIDDEN = "proof", "further_details"


def new_challenge() -> str:
    """As JSON for the page. Real time, because the library judges by it."""
    made = create_challenge(ALGORITHM, COST, expires_at=datetime.now(UTC) + LASTS, hmac_secret=_secret())
    return json.dumps(made.to_dict())


def signals_sent() -> Signals:
    """Of the request: what came in the hidden field, and a proof if there is one that holds."""
    return Signals(
        hidden_field_filled=bool(request.form.get(HIDDEN, "").strip()),
        proof=_proof(request.form.get(PROOF, "")),
    )


def _proof(sent: str) -> Proof | None:
    if not sent or len(sent) > LONGEST:
        return None
    try:
        if not verify_solution(sent, _secret()).verified:
            return None
        parameters: Any = Payload.from_base64(sent).challenge.parameters
    except Exception:  # whatever a made-up proof breaks, the response is taken
        return None
    digest = hashlib.sha256(f"{parameters.nonce}:{parameters.salt}".encode()).hexdigest()
    return Proof(digest=digest, expires_at=datetime.fromtimestamp(parameters.expires_at, UTC))


def _secret() -> str:
    return hmac.new(link_key().encode(), b"background check", hashlib.sha256).hexdigest()
