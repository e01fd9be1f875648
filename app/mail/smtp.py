"""One conversation with the mail server, ended by a dot that is said only after it is written down.

A server has taken nothing until it has heard that dot (RFC 5321, 4.1.1.4): whatever breaks off before it can
be said again.
"""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from app.mail.message import on_the_wire
from config import MailServer

READY_FOR_TEXT = 354


class NotNow(Exception):
    """The server is not there, or will not take it at present. Its text is fit for officers and logs."""


class Refused(Exception):
    """For good: the server will not take this mail whenever it is asked."""


class NoAnswer(Exception):
    """The end of the mail was said and no answer came: the server may have it."""


class TakenOver(Exception):
    """Another sender has this mail now."""


@contextmanager
def conversation(server: MailServer) -> Iterator[smtplib.SMTP]:
    """Connected and signed in. Raises NotNow."""
    try:
        smtp = _connected(server)
    except smtplib.SMTPAuthenticationError as error:
        raise NotNow(f"The mail server did not accept our sign-in ({error.smtp_code})") from None
    except (OSError, smtplib.SMTPException) as error:
        raise NotNow(f"The mail server could not be reached ({type(error).__name__})") from None
    try:
        yield smtp
        with suppress(OSError, smtplib.SMTPException):
            smtp.quit()
    finally:
        smtp.close()


def _connected(server: MailServer) -> smtplib.SMTP:
    seconds = server.command_seconds
    if server.security == "tls":
        context = ssl.create_default_context()
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=seconds, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=seconds)
    try:
        if server.security == "starttls":
            smtp.starttls(context=ssl.create_default_context())
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def say(
    smtp: smtplib.SMTP,
    message: EmailMessage,
    *,
    sender: str,
    to: str,
    hand_over: Callable[[], bool],
    answer_seconds: float,
) -> None:
    """Returns once the server has taken the mail. `hand_over` is called just before the end is said.

    Raises NotNow, Refused, NoAnswer, TakenOver.
    """
    try:
        _envelope(smtp, sender=sender, to=to)
        code, _ = smtp.docmd("DATA")
        if code != READY_FOR_TEXT:
            raise _refusal(code, "the mail")
        smtp.send(on_the_wire(message))
    except (OSError, smtplib.SMTPException) as error:
        raise NotNow(f"The mail server went away ({type(error).__name__})") from None
    if not hand_over():
        raise TakenOver
    try:
        if smtp.sock is not None:
            smtp.sock.settimeout(answer_seconds)
        smtp.send(b".\r\n")
        code, _ = smtp.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise NoAnswer(f"The mail server did not answer at the end ({type(error).__name__})") from None
    if code // 100 != 2:
        raise _refusal(code, "the mail")


def _envelope(smtp: smtplib.SMTP, *, sender: str, to: str) -> None:
    options = []
    smtp.ehlo_or_helo_if_needed()
    if not to.isascii():
        if not smtp.has_extn("smtputf8"):
            raise Refused("The mail server cannot write to an address with letters beyond a to z")
        options = ["SMTPUTF8", "BODY=8BITMIME"]
        smtp.command_encoding = "utf-8"
    code, _ = smtp.mail(sender, options)
    if code // 100 != 2:
        raise NotNow(f"The mail server refused our own address ({code})")
    code, _ = smtp.rcpt(to)
    if code // 100 != 2:
        raise _refusal(code, "the address")


def _refusal(code: int, what: str) -> NotNow | Refused:
    """Only the code: a server's words often repeat the address."""
    if code // 100 == 5:
        return Refused(f"The mail server refused {what} ({code})")
    return NotNow(f"The mail server did not take {what} for now ({code})")
