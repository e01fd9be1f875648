"""Hashing, by Flask-Security. It takes about a quarter of a second: keep it outside the writing unit."""

import unicodedata

from flask_security import hash_password, verify_password
from flask_security.proxies import _security

from app.models import Officer

# The hash of nothing that anyone knows, made with the settings in force: an unknown email takes as long.
NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$CSGkFIIwJuQ8p3TOee8dIw$fOJ6G1VKYW/KubG0t55O283QejGm33/Kw1JCBHYbywc"


def _normalised(password: str) -> str:
    """The same keys give the same password on every device."""
    return unicodedata.normalize("NFKC", password)


def hashed(password: str) -> str:
    return str(hash_password(_normalised(password)))


def is_password_of(officer: Officer | None, *, password: str) -> bool:
    """Takes as long for nobody as for somebody."""
    stored = officer.password if officer else None
    right = verify_password(_normalised(password), stored or NOBODY)
    return bool(right) and stored is not None


def renewed(officer: Officer, *, password: str) -> str | None:
    """A new hash when the one stored was made with weaker settings than now."""
    return hashed(password) if _security.pwd_context.needs_update(officer.password) else None
