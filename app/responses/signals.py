"""Signals of a machine, as plain facts for officers. Never an address, and nothing is refused by them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.responses.duration import duration

HIDDEN_FIELD, SECONDS, VERIFIED = "hidden_field_filled", "seconds_to_send", "verified"


@dataclass(frozen=True)
class Proof:
    """A solved challenge of ours, not expired; whether it was used before is not known yet."""

    digest: str
    expires_at: datetime


@dataclass(frozen=True)
class Signals:
    """What came with the press of "Send"."""

    hidden_field_filled: bool
    proof: Proof | None


def in_words(signals: Mapping[str, Any]) -> list[str]:
    """None for a response that was not sent here."""
    if not signals:
        return []
    found = [f"Sent {duration(timedelta(seconds=int(signals.get(SECONDS, 0))))} after it was started."]
    if signals.get(HIDDEN_FIELD):
        found.append("A field that people do not see was filled in.")
    found.append(
        "The background check of the browser was passed."
        if signals.get(VERIFIED)
        else "Not verified: the background check was not done. Browsers without JavaScript cannot do it."
    )
    return found
