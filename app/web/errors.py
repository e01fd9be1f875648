"""Error pages. A refused post shows again what was typed, whatever the reason."""

from typing import Any

from flask import Flask, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from app.accounts.queries.officers import active_administrators
from app.database import session

OPEN_A_LONG_TIME = (
    "This page had been open a long time, so we have not saved it yet. "
    "Your words are below. Press the button again."
)
CANNOT_SAVE = "We cannot save at the moment. Your words are below. Wait a minute, then press the button."
NOT_SHOWN_AGAIN = {"csrf_token", "password", "current_password", "new_password", "new_password_again"}
PAGES = {400: "400", 403: "403", 404: "404", 405: "400", 413: "413", 503: "503"}


def init_app(app: Flask) -> None:
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(DBAPIError, _database_fault)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(500, _fault)


def typed_fields() -> list[tuple[str, str]]:
    """What this post would send again: never a password or a token."""
    return [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_SHOWN_AGAIN]


def _send_again(message: str, status: int) -> tuple[str, int]:
    return render_template(
        "errors/resend.html", fields=typed_fields(), action=request.full_path.rstrip("?"), message=message
    ), status


def _expired(_error: CSRFError) -> tuple[str, int]:
    return _send_again(OPEN_A_LONG_TIME, 400)


def _database_fault(error: DBAPIError) -> tuple[str, int]:
    session.rollback()
    # Never the parameters: they may be a respondent's words.
    current_app.logger.error("database fault: %s", type(error.orig).__name__)
    if request.method == "POST":
        return _send_again(CANNOT_SAVE, 503)
    return render_template("errors/503.html"), 503


def _http_error(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400:
        return error
    if code == 403:
        return render_template("errors/403.html", administrator=_whom_to_ask()), code
    return render_template(f"errors/{PAGES.get(code, '400')}.html"), code


def _whom_to_ask() -> str | None:
    administrators = active_administrators()
    return administrators[0].name if administrators else None


def _fault(_error: Exception) -> tuple[str, int]:
    session.rollback()
    return render_template("errors/500.html"), 500
