"""A one-time link on its way to the page that shows it once, in the administrator's own cookie."""

import uuid

from flask import session, url_for

KEY = "set_up_to_hand_over"


def keep(officer_id: uuid.UUID, *, token: str) -> None:
    session[KEY] = [officer_id.hex, token]


def take(officer_id: uuid.UUID) -> str | None:
    """The whole address, to copy; None when there is none for this officer."""
    owner, token = session.get(KEY) or (None, None)
    if owner != officer_id.hex:
        return None
    session.pop(KEY)
    return url_for("officer.set_up_link", token=token, _external=True)
