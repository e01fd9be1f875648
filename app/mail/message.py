"""A mail as the bytes that go over the wire."""

import re
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime

from app.mail.services.claim import Claim

LEADING_DOT = re.compile(rb"(?m)^\.")


def wire_address(address: str) -> str:
    """The domain in ASCII, as every mail server takes it. Raises UnicodeError where it has no such form."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"


def message_of(claim: Claim, *, sender: str, domain: str, now: datetime) -> EmailMessage:
    """Its Message-ID follows from the row, so that a mail that came twice after all is known as one.

    Headers are set through the standard library's policy, which raises ValueError for a line end in one.
    """
    to = wire_address(claim.address)
    message = EmailMessage(policy=SMTP if to.isascii() else SMTPUTF8)
    message["From"] = sender
    message["To"] = to
    message["Subject"] = claim.words.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{claim.mail_id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(claim.words.body, charset="utf-8")
    return message


def on_the_wire(message: EmailMessage) -> bytes:
    """Without the dot that ends it; lines that begin with one are doubled, as SMTP asks."""
    text = LEADING_DOT.sub(b"..", message.as_bytes())
    return text if text.endswith(b"\r\n") else text + b"\r\n"
