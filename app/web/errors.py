"""Error pages. A refused post shows again what was typed, whatever the reason."""

import traceback
from types import TracebackType
from typing import Any

from flask import Flask, abort, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import HTTPException

from app.accounts.queries.officers import active_administrators
from app.database import session
from app.rendering.words import later

OPEN_A_LONG_TIME = later(
    "This page had been open a long time, so we have not saved it yet. "
    "Your words are below. Press the button again."
)
CANNOT_SAVE = later(
    "We cannot save at the moment. Your words are below. Wait a minute, then press the button."
)
NOT_SHOWN_AGAIN = {"csrf_token", "password", "current_password", "new_password", "new_password_again"}
NOT_TYPED = NOT_SHOWN_AGAIN | {"seen", "start_token", "then", "about", "held", "next"}  # hidden fields
NOT_A_LINE = 60  # characters
PAGES = {400: "400", 403: "403", 404: "404", 405: "400", 413: "413", 503: "503"}


def init_app(app: Flask) -> None:
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(DBAPIError, _database_fault)
    app.register_error_handler(NoConnectionFree, _database_fault)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(500, _fault)
    app.before_request(_refuse_nul)
    app.log_exception = _log_without_words  # type: ignore[method-assign,assignment]


def _refuse_nul() -> None:
    """PostgreSQL holds no NUL, so no address with one leads anywhere; `web.requests` drops it from forms."""
    if "\0" in request.path or any("\0" in value for _, value in request.args.items(multi=True)):
        abort(404)


def _log_without_words(
    info: tuple[type, BaseException, TracebackType] | tuple[None, None, None],
) -> None:
    """Neither the address nor the message: one can hold a private link, the other a person's words."""
    kind, _, trace = info
    name, places = kind.__name__ if kind else "fault", "".join(traceback.format_tb(trace))
    current_app.logger.error("%s in %s at\n%s", name, request.endpoint, places)


def typed_fields() -> list[tuple[str, str]]:
    """What this post would send again: never a password or a token."""
    return [(name, value) for name, value in request.form.items(multi=True) if name not in NOT_SHOWN_AGAIN]


def typed_words() -> list[tuple[str, str]]:
    """What a person wrote into this post, for a page that cannot take it: to read and to copy."""
    return [
        (name, value)
        for name, value in typed_fields()
        if value.strip() and name not in NOT_TYPED and (_is_answer(name) or _is_long(value))
    ]


def _is_answer(name: str) -> bool:
    return name.startswith("q-") or name == "letter"


def _is_long(value: str) -> bool:
    return len(value) > NOT_A_LINE or "\n" in value


def _send_again(message: str, status: int) -> tuple[str, int]:
    return render_template(
        "errors/resend.html", fields=typed_fields(), action=request.full_path.rstrip("?"), message=message
    ), status


def _expired(_error: CSRFError) -> tuple[str, int]:
    return _send_again(OPEN_A_LONG_TIME, 400)


def _database_fault(error: SQLAlchemyError) -> tuple[str, int]:
    session.rollback()
    # Never the parameters: they may be a respondent's words.
    current_app.logger.error("database fault: %s", type(getattr(error, "orig", error)).__name__)
    if request.method == "POST":
        return _send_again(CANNOT_SAVE, 503)
    return render_template("errors/503.html"), 503


def _http_error(error: HTTPException) -> Any:
    code = error.code or 500
    if code < 400:
        return error
    words = [] if code == 413 else _typed_in_a_post()  # 413: there is more than can be read
    if code == 403:
        return render_template("errors/403.html", administrator=_whom_to_ask(), words=words), code
    return render_template(f"errors/{PAGES.get(code, '400')}.html", words=words), code


def _typed_in_a_post() -> list[tuple[str, str]]:
    """Back does not always find it: a browser need not keep what was typed into a page that is not stored."""
    return typed_words() if request.method == "POST" else []


def _whom_to_ask() -> str | None:
    administrators = active_administrators()
    return administrators[0].name if administrators else None


def _fault(_error: Exception) -> tuple[str, int]:
    session.rollback()
    return render_template("errors/500.html", words=_typed_in_a_post()), 500
