"""Whether this site sends mail, and the addresses that stand in it."""

from typing import cast

from flask import current_app, request, url_for

import config


def settings() -> config.Settings:
    return cast(config.Settings, current_app.extensions["settings"])


def is_sent() -> bool:
    """A mail server is set: the worker sends what is in the outbox."""
    return settings().mail is not None


def is_written() -> bool:
    """Locally, mail is written without a mail server too, for administrators to look at."""
    return is_sent() or not settings().production


def address(endpoint: str, **values: object) -> str:
    """A whole address. Of the settings, because whoever sends a request chooses its Host header."""
    root = settings().public_url or request.host_url.rstrip("/")
    return root + url_for(endpoint, **values)  # type: ignore[arg-type]
