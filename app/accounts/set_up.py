"""The one-time link by which an officer chooses a password."""

import hashlib

DAYS = 7


def hash_of(token: str) -> str:
    """Plain SHA-256: the token itself is 256 random bits."""
    return hashlib.sha256(token.encode()).hexdigest()
