"""The mail of all consultations. Its words are shown only where none is sent: locally, while trying."""

from flask import render_template

from app.enums import MailKind, Permission
from app.mail.queries.outbox import SHOWN, outbox
from app.web import mail as site
from app.web.access import allowed

KINDS = {
    MailKind.LINK: "Link to come back",
    MailKind.LINK_AGAIN: "Link to come back, asked for again",
    MailKind.COPY: "Copy of a response",
    MailKind.REPORT: "News of the report",
    MailKind.ALARM: "Response to read today",
    MailKind.SET_UP: "Set-up link for an officer",
}


@allowed(Permission.ADMINISTER)
def mail() -> str:
    return render_template(
        "officer/mail/mail.html",
        outbox=outbox(),
        kinds=KINDS,
        shown=SHOWN,
        is_sent=site.is_sent(),
        words_shown=site.is_written() and not site.is_sent(),
    )
