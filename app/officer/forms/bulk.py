"""Which suggestions a decision over many is about, as addresses and forms carry it."""

from collections.abc import Iterable
from uuid import UUID

from app.officer.forms.asked import key
from app.themes.queries.suggestions import LIKELY, POSSIBLE, Band

ACCEPT, DISMISS = "accept", "dismiss"
CHOICES = (
    ("90", "From 90% up", Band(least=0.9)),
    ("80", "From 80% up", Band(least=0.8)),
    ("70", "Likely: from 70% up", Band(least=LIKELY)),
    ("40", "Likely and possible: from 40% up", Band(least=POSSIBLE)),
    ("0", "All that wait", Band()),
    ("under-40", "Unlikely: under 40%", Band(under=POSSIBLE)),
    ("under-20", "Under 20%", Band(under=0.2)),
)
BANDS = {key: band for key, _, band in CHOICES}
USUAL = {ACCEPT: "70", DISMISS: "under-40"}


def band_of(which: str | None, action: str) -> tuple[str, Band]:
    """What is not one of the choices is the usual one for the action."""
    chosen = which if which in BANDS else USUAL[action]
    return chosen, BANDS[chosen]


def in_words(least: float, under: float) -> str:
    """from 70% up; under 40%; at any probability"""
    if least > 0:
        return f"from {round(least * 100)}% up"
    return f"under {round(under * 100)}%" if under <= 1 else "at any probability"


def ticked(values: Iterable[str]) -> list[UUID]:
    """Ids; what is none is ignored."""
    return [found for value in values if (found := key(value)) is not None]
