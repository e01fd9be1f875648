"""Signing in to a mail server over TLS and STARTTLS; and one that cannot prove its name hears no password."""

import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from app.mail.smtp import NotNow, conversation, say
from config import MailServer
from tests.support.site import free_port

NAME, PASSWORD = "soundings", "correct horse"


@dataclass
class Guarded:
    """What a mail server that asks for a name and a password heard."""

    sign_ins: list[tuple[str, str]] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _how: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        said = (given.login.decode(), given.password.decode())
        self.sign_ins.append(said)
        return AuthResult(success=said == (NAME, PASSWORD), handled=False)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken += envelope.rcpt_tos
        self.encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
        return "250 taken"


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made by hand, for "localhost" and for another name."""
    folder = tmp_path_factory.mktemp("certificates")
    for name in ("localhost", "elsewhere.example"):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
             "-days", "2", "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}",
             "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.pem"],
            check=True, capture_output=True,
        )  # fmt: skip
    return folder


@pytest.fixture
def trusted(certificates: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if both were among the certificates that the machine trusts."""
    both = certificates / "trusted.pem"
    both.write_text("".join(one.read_text() for one in sorted(certificates.glob("[el]*.pem"))))
    monkeypatch.setenv("SSL_CERT_FILE", str(both))


@contextmanager
def guarded(security: str, certificate: Path) -> Iterator[tuple[Guarded, MailServer]]:
    heard, port = Guarded(), free_port()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_suffix(".key"))
    ways: dict[str, dict[str, Any]] = {
        "tls": {"ssl_context": context, "auth_require_tls": False, "auth_required": False},
        "starttls": {"tls_context": context, "require_starttls": True},
        "none": {"auth_require_tls": False, "auth_required": False},
    }
    controller = Controller(
        heard, hostname="127.0.0.1", port=port, authenticator=heard.authenticate,
        **{"auth_required": True} | ways[security],
    )  # fmt: skip
    controller.start()
    try:
        yield heard, server(port, security)
    finally:
        controller.stop(no_assert=True)


def server(port: int, security: str, *, password: str = PASSWORD) -> MailServer:
    return MailServer(
        host="localhost", port=port, security=security, user=NAME, password=password,
        sender="Soundings <noreply@soundings.example>", lease_seconds=20,
    )  # fmt: skip


def deliver(to: MailServer) -> None:
    message = EmailMessage(policy=SMTP)
    message.set_content("The private words")
    with conversation(to) as smtp:
        say(
            smtp, message, sender="noreply@soundings.example", to="a@x.org", hand_over=lambda: True,
            answer_seconds=5,
        )  # fmt: skip


def refuses(to: MailServer, why: str) -> None:
    with pytest.raises(NotNow, match=why):
        deliver(to)


@pytest.mark.parametrize("security", ["tls", "starttls"])
class TestBothWays:
    def test_it_signs_in_and_hands_over_over_an_encrypted_connection(
        self, certificates: Path, trusted: None, security: str
    ) -> None:
        with guarded(security, certificates / "localhost.pem") as (heard, there):
            deliver(there)

        assert heard.sign_ins == [(NAME, PASSWORD)]
        assert (heard.taken, heard.encrypted) == (["a@x.org"], [True])

    def test_a_refused_sign_in_leaves_the_mail_for_later(
        self, certificates: Path, trusted: None, security: str
    ) -> None:
        with guarded(security, certificates / "localhost.pem") as (heard, there):
            wrong = server(there.port, security, password="wrong horse")
            refuses(wrong, "did not accept our sign-in")

        assert heard.taken == []

    def test_a_certificate_that_nobody_vouches_for_hears_no_password(
        self, certificates: Path, security: str
    ) -> None:
        with guarded(security, certificates / "localhost.pem") as (heard, there):
            refuses(there, "SSLCertVerificationError")

        assert (heard.sign_ins, heard.taken) == ([], [])

    def test_a_certificate_of_another_name_hears_no_password(
        self, certificates: Path, trusted: None, security: str
    ) -> None:
        with guarded(security, certificates / "elsewhere.example.pem") as (heard, there):
            refuses(there, "SSLCertVerificationError")

        assert (heard.sign_ins, heard.taken) == ([], [])


def test_a_server_that_offers_no_encryption_hears_no_password(certificates: Path) -> None:
    """As somebody on the line would have it who takes STARTTLS out of the answer."""
    with guarded("none", certificates / "localhost.pem") as (heard, there):
        refuses(server(there.port, "starttls"), "SMTPNotSupportedError")

    assert (heard.sign_ins, heard.taken) == ([], [])
