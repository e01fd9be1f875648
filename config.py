"""Settings from the environment. Standard library only; a missing secret in production stops the start."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

SECRET_NAMES = ("SECRET_KEY", "PASSWORD_SALT", "LINK_KEY")
MAIL_NAMES = ("SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD", "SMTP_SECURITY", "MAIL_FROM")
SMTP_PORTS = {"starttls": 587, "tls": 465, "none": 25}
BUILT_ENCODER = Path(__file__).parent / "build" / "minilm-l6"  # by tools/encoder.sh, or put there
LONGEST_REQUEST_BYTES = 8 * 1024 * 1024


class MissingSetting(Exception):
    """A setting without which the product must not start. Its text is the one line the operator reads."""


@dataclass(frozen=True, kw_only=True)
class MailServer:
    host: str
    port: int
    security: str  # starttls, tls or none
    user: str
    password: str
    sender: str  # noreply@example.org, or Name <noreply@example.org>
    lease_seconds: float  # how long the mail of a worker that has gone waits for another

    @property
    def command_seconds(self) -> float:
        """How long the mail server may think about each command before the end of a mail."""
        return min(30.0, self.lease_seconds / 5)

    @property
    def answer_seconds(self) -> float:
        """How long it may think about a whole mail: the ten minutes of RFC 5321, by default."""
        return self.lease_seconds * 2 / 3

    @property
    def sender_address(self) -> str:
        return parseaddr(self.sender)[1]

    @property
    def sender_domain(self) -> str:
        return self.sender_address.rpartition("@")[2]


@dataclass(frozen=True, kw_only=True)
class Settings:
    production: bool
    instance: Path
    database_url: str
    template_cache: Path  # compiled templates: code, so only its owner may write there
    pdf_cache: Path
    exports: Path  # tables that officers asked for: the web hands out what the worker has made
    secret_key: str
    password_salt: str
    link_key: str
    secure_cookies: bool
    proxies: int
    job_lease_seconds: float
    job_heartbeat_seconds: float
    job_attempts: int
    session_idle_minutes: int
    session_hours: int
    public_url: str  # no slash at its end; empty where links follow the address of the request
    mail: MailServer | None
    theming_encoder: Path | None  # a folder; the worker says what is unfit when it first needs it
    encoder_is_named: bool

    @property
    def queue_path(self) -> Path:
        return self.instance / "queue.sqlite"


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings. Raises MissingSetting, naming what is missing."""
    mode = environ.get("SOUNDINGS_MODE", "local")
    if mode not in ("local", "production"):
        raise MissingSetting(f"SOUNDINGS_MODE is {mode!r}. Set it to local or production.")
    production = mode == "production"
    instance = Path(environ.get("SOUNDINGS_INSTANCE", Path(__file__).parent / "instance")).resolve()
    found = _production_secrets(environ) if production else _local_secrets(environ, instance)
    return Settings(
        production=production,
        instance=instance,
        database_url=_database_url(environ, instance, production),
        template_cache=Path(environ.get("TEMPLATE_CACHE", instance / "templates")),
        pdf_cache=Path(environ.get("PDF_CACHE", instance / "pdf")),
        exports=Path(environ.get("EXPORTS", instance / "exports")).resolve(),
        secret_key=found["SECRET_KEY"],
        password_salt=found["PASSWORD_SALT"],
        link_key=found["LINK_KEY"],
        # Local mode serves plain HTTP on the loopback address, where a Secure cookie would be lost.
        secure_cookies=production,
        proxies=_number(environ, "PROXIES", 1 if production else 0),
        job_lease_seconds=_seconds(environ, "JOB_LEASE_SECONDS", 60),
        job_heartbeat_seconds=_seconds(environ, "JOB_HEARTBEAT_SECONDS", 10),
        job_attempts=_number(environ, "JOB_ATTEMPTS", 5),
        session_idle_minutes=_number(environ, "SESSION_IDLE_MINUTES", 30),
        session_hours=_number(environ, "SESSION_HOURS", 10),
        public_url=_public_url(environ, production),
        mail=_mail_server(environ),
        theming_encoder=encoder_folder(environ),
        encoder_is_named=encoder_is_named(environ),
    )


def _number(environ: Mapping[str, str], name: str, default: int) -> int:
    value = environ.get(name, str(default))
    if not (value.isascii() and value.isdecimal()):
        raise MissingSetting(f"{name} is {value!r}. Set it to a whole number.")
    return int(value)


def _seconds(environ: Mapping[str, str], name: str, default: float) -> float:
    value = environ.get(name, str(default))
    if not value.replace(".", "", 1).isdigit():
        raise MissingSetting(f"{name} is {value!r}. Set it to a number of seconds.")
    return float(value)


def encoder_folder(environ: Mapping[str, str] = os.environ) -> Path | None:
    """The one that is set, be it there or not: hosts that serve pages have no use for it. None where it is
    set to nothing. Where it is not set, what `make setup` built, if it could and what runs it is
    installed."""
    value = environ.get("THEMING_ENCODER")
    if value is None:
        usable = (BUILT_ENCODER / "model.onnx").is_file() and find_spec("onnxruntime")
        return BUILT_ENCODER if usable else None
    if value and not Path(value).is_absolute():
        raise MissingSetting(f"THEMING_ENCODER is {value!r}. Set it to a whole path that begins with /.")
    return Path(value) if value else None


def encoder_is_named(environ: Mapping[str, str] = os.environ) -> bool:
    return bool(environ.get("THEMING_ENCODER"))


def _public_url(environ: Mapping[str, str], production: bool) -> str:
    url = environ.get("PUBLIC_URL", "").rstrip("/")
    if not url:
        return ""
    parts = urlsplit(url)
    schemes = ("https",) if production else ("https", "http")
    if parts.scheme not in schemes or not parts.netloc or parts.path or parts.query or parts.fragment:
        raise MissingSetting(
            f"PUBLIC_URL is {url!r}. Set it to the site's address, like https://example.org."
        )
    return url


def _mail_server(environ: Mapping[str, str]) -> MailServer | None:
    """None where nothing of it is set. Raises MissingSetting where only a part is."""
    given = {name: environ.get(name, "") for name in MAIL_NAMES}
    if not any(given.values()):
        return None
    needed = {**given, "PUBLIC_URL": environ.get("PUBLIC_URL", "")}
    missing = [name for name in ("SMTP_HOST", "MAIL_FROM", "PUBLIC_URL") if not needed[name]]
    if missing:
        raise MissingSetting(f"Mail is only half set: {', '.join(missing)} not set.")
    security = given["SMTP_SECURITY"] or "starttls"
    if security not in SMTP_PORTS:
        raise MissingSetting(f"SMTP_SECURITY is {security!r}. Set it to starttls, tls or none.")
    _check_sign_in_to_mail(given, security)
    return MailServer(
        host=given["SMTP_HOST"],
        port=_number({"SMTP_PORT": given["SMTP_PORT"] or str(SMTP_PORTS[security])}, "SMTP_PORT", 0),
        security=security,
        user=given["SMTP_USER"],
        password=given["SMTP_PASSWORD"],
        sender=_sender(given["MAIL_FROM"]),
        lease_seconds=_seconds(environ, "MAIL_LEASE_SECONDS", 900),
    )


def _check_sign_in_to_mail(given: Mapping[str, str], security: str) -> None:
    if bool(given["SMTP_USER"]) != bool(given["SMTP_PASSWORD"]):
        raise MissingSetting("SMTP_USER and SMTP_PASSWORD need each other. Set both or neither.")
    if given["SMTP_PASSWORD"] and security == "none":
        raise MissingSetting("SMTP_SECURITY is none: SMTP_PASSWORD would be readable on its way.")


def _sender(value: str) -> str:
    address = parseaddr(value)[1]
    local, _, domain = address.rpartition("@")
    if not (local and domain and address.isascii() and value.isprintable()):
        raise MissingSetting(f"MAIL_FROM is {value!r}. Set it to an email address, with a name if you like.")
    return value


def _database_url(environ: Mapping[str, str], instance: Path, production: bool) -> str:
    url = environ.get("DATABASE_URL", "")
    if not url and production:
        raise MissingSetting("DATABASE_URL is not set. Set it to the address of the PostgreSQL database.")
    return url or f"sqlite:///{instance / 'soundings.sqlite'}"


def _production_secrets(environ: Mapping[str, str]) -> dict[str, str]:
    missing = [name for name in SECRET_NAMES if len(environ.get(name, "")) < 32]
    if missing:
        raise MissingSetting(f"{', '.join(missing)} not set, or shorter than 32 characters.")
    return {name: environ[name] for name in SECRET_NAMES}


def _local_secrets(environ: Mapping[str, str], instance: Path) -> dict[str, str]:
    """Made on the first run into a file that only its owner can read; the environment goes before it."""
    path = instance / "secrets.json"
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)  # the database in it holds personal data
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        made = json.loads(path.read_text())
    else:
        made = {name: secrets.token_urlsafe(48) for name in SECRET_NAMES}
        with os.fdopen(handle, "w") as file:
            json.dump(made, file)
    return {name: environ.get(name) or made[name] for name in SECRET_NAMES}
