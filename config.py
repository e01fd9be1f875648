"""Settings from the environment. Standard library only; a missing secret in production stops the start."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

SECRET_NAMES = ("SECRET_KEY", "PASSWORD_SALT", "LINK_KEY")
LONGEST_REQUEST_BYTES = 8 * 1024 * 1024


class MissingSetting(Exception):
    """A setting without which the product must not start. Its text is the one line the operator reads."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    production: bool
    instance: Path
    database_url: str
    template_cache: Path  # compiled templates: code, so only its owner may write there
    pdf_cache: Path
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
