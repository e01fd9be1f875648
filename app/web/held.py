"""A form that came after the session had ended, carried through the sign-in page in the browser's own hands.

It is signed, and bound to the officer whose session it was, so that nobody else on that computer sends it.
"""

import uuid

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from app.web.errors import typed_fields

Fields = list[tuple[str, str]]


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="held form")


def hold(*, officer_id: uuid.UUID | None) -> str:
    """What this request would have sent; empty when nothing was typed."""
    fields = typed_fields()
    if not fields:
        return ""
    return str(_serializer().dumps([officer_id.hex if officer_id else "", request.full_path, fields]))


def release(held: str, *, officer_id: uuid.UUID) -> tuple[str, Fields] | None:
    """The address and the fields; None for what is not ours, too old, or another officer's."""
    longest = current_app.extensions["settings"].session_hours * 3600
    try:
        owner, address, fields = _serializer().loads(held, max_age=longest)
    except BadData:
        return None
    if owner not in ("", officer_id.hex):
        return None
    return address.rstrip("?"), [(name, value) for name, value in fields]
