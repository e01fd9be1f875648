"""A one-time link on its way to its officer: by mail, or to the page that shows it to the administrator once.

Until that page is shown it is in the administrator's own cookie.
"""

import uuid
from datetime import datetime

from flask import abort, flash, session, url_for

from app.accounts.queries.officers import officer_by_id
from app.accounts.set_up import DAYS, hash_of
from app.enums import MailKind
from app.mail.services.put import put
from app.rendering.mail import set_up_mail
from app.web import mail

KEY = "set_up_to_hand_over"


def hand_over(officer_id: uuid.UUID, *, token: str, now: datetime) -> None:
    """In the transaction that made it. While no mail is sent, the administrator hands it over."""
    if not mail.is_sent():
        session[KEY] = [officer_id.hex, token]
        return
    officer = officer_by_id(officer_id) or abort(404)
    link = mail.address("officer.set_up_link", token=token)
    words = set_up_mail(name=officer.name, link=link, days=DAYS)
    put(
        officer.email,
        kind=MailKind.SET_UP,
        words=words,
        key=f"set-up:{hash_of(token)}",
        now=now,
        about=officer.name,
    )
    flash(f"We are sending a set-up link to {officer.email}.", "info")


def take(officer_id: uuid.UUID) -> str | None:
    """The whole address, to copy; None when there is none for this officer."""
    owner, token = session.get(KEY) or (None, None)
    if owner != officer_id.hex:
        return None
    session.pop(KEY)
    return url_for("officer.set_up_link", token=token, _external=True)
