"""From a difference of coders to the definition that it turns on, and back."""

from typing import Any

from flask import request, url_for

from app.themes.queries.coder_differences import Difference, differences
from app.web.access import visit


def named(one: Difference) -> str:
    """Its place changes when another is settled; its name does not."""
    return f"{one.sample.number}.{one.comment_id}"


def asked_of() -> str:
    return request.args.get("difference", "")


def came_from() -> dict[str, Any]:
    """Where the page that edits a theme leads back to: the frame, or the difference it was opened from; if
    that is settled by then, the first of those that are left."""
    slug, asked = visit().here.slug, asked_of()
    if not asked:
        return {"difference": None, "back_link": url_for(".frame", slug=slug), "back_text": "Coding frame"}
    waiting = differences(visit().consultation_id)
    at = next((place for place, one in enumerate(waiting, 1) if named(one) == asked), 1)
    back = url_for(".agreement_differences", slug=slug, at=at if at > 1 else None)
    return {"difference": asked, "back_link": back, "back_text": "Differences"}
