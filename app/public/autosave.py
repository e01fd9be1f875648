"""A page of the reply that saves itself while one types: the form of its buttons, answered in brief."""

from flask import Response, jsonify, request

from app.public.here import Here
from app.rendering.filters import clock_time
from app.rendering.words import later, plain

HEADER = "X-Autosave"
CHANGED = later(
    "Not saved: this part was changed on another device. Your words are still here. "
    "Press “Save and continue” to choose which words to keep."
)
NOT_COMPLETE = later("Not saved yet. Press “Save and continue” to see what needs to be changed.")


def is_autosave() -> bool:
    return HEADER in request.headers


def saved(here: Here, *, seen: str) -> Response:
    """`seen`: the versions that the next save of the same page has to name."""
    at = clock_time(here.reply.version.updated_at, here.consultation.timezone)
    return jsonify(said=plain("Saved at %(time)s", time=at), seen=seen)


def not_saved(said: str) -> tuple[Response, int]:
    return jsonify(said=str(said)), 422
