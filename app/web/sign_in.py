"""The sign-in that a browser carries: Flask-Security's identity and, beside it, the id of a session row.

Flask's signed cookie cannot be revoked, so the row decides: each request of an officer looks it up.
"""

import uuid
from datetime import datetime, timedelta
from typing import cast

from flask import Flask, current_app, g, session
from flask_security import current_user, login_user, logout_user
from sqlalchemy.exc import SQLAlchemyError

from app import database
from app.accounts.limits import SessionLimits
from app.accounts.queries.sessions import standing_session
from app.accounts.services.touch_session import touch_session
from app.extensions import security
from app.models import Officer, OfficerSession

KEY = "officer_session"
OURS = (KEY, "csrf_token", "_user_id", "_id", "_fresh", "fs_cc", "fs_paa")
TOUCH_EVERY = timedelta(minutes=1)


def init_app(app: Flask) -> None:
    # One way in: no token in an address or a header is an identity.
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]
    # Rights are `accounts.permissions`; Flask-Principal would only load the roles once more.
    security.principal.identity_loaders.clear()


def limits() -> SessionLimits:
    settings = current_app.extensions["settings"]
    return SessionLimits(
        idle=timedelta(minutes=settings.session_idle_minutes), whole=timedelta(hours=settings.session_hours)
    )


def begin(officer: Officer, *, session_id: uuid.UUID) -> None:
    """A fresh sign-in: nothing of the one before it stays, its CSRF token neither."""
    forget()
    login_user(officer, remember=False, authn_via=["password"])
    session[KEY] = session_id.hex


def forget() -> None:
    if current_user.is_authenticated:
        logout_user()
    for key in OURS:
        session.pop(key, None)
    g.pop("csrf_token", None)


def session_id() -> uuid.UUID | None:
    try:
        return uuid.UUID(hex=session.get(KEY, ""))
    except ValueError:
        return None


def identity() -> Officer | None:
    """Whom the cookie names, whether or not the session still stands."""
    if not current_user.is_authenticated:
        return None
    return cast(Officer, current_user._get_current_object())


def officer_here(*, now: datetime) -> Officer | None:
    """Who is signed in: an active officer whose session stands."""
    officer, key = identity(), session_id()
    if officer is None or key is None or officer.is_example or not officer.active:
        return None
    standing = standing_session(key, officer_id=officer.id, now=now, limits=limits())
    if standing is None:
        return None
    _touch(standing, now=now)
    return officer


def _touch(standing: OfficerSession, *, now: datetime) -> None:
    if now - standing.last_seen_at < TOUCH_EVERY:
        return
    try:
        with database.aside() as own:
            touch_session(own, session_id=standing.id, now=now)
    except SQLAlchemyError as error:  # the page must not fail for it
        current_app.logger.warning("session not touched: %s", type(error).__name__)
