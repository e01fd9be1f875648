"""The private link of a response and its short code for paper.

Both follow from the start token by keyed hashes, so that a start sent twice gives one link, and a person who
types the code gets the link back. The database holds hashes of them under the key; the key is not in it.
"""

import base64
import hashlib
import hmac
import re
import secrets
import uuid
from dataclasses import dataclass

from app.responses.references import ALPHABET

START_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
TOKEN_BYTES = 16  # 128 bits, 22 characters
CODE_LENGTH = 12
CODE_GROUP = 4


@dataclass(frozen=True)
class PrivateLink:
    token: str
    code: str  # KTBM-4927-XQPD


def new_start_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def link_from_start(start_token: str, *, key: str) -> PrivateLink:
    digest = _digest(key, "token", start_token)[:TOKEN_BYTES]
    return link_of(base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), key=key)


def link_of_invitation(invitation_id: uuid.UUID, *, key: str) -> PrivateLink:
    """What colleagues are given. It opens nothing that the private link opens."""
    return link_from_start(f"invitation {invitation_id}", key=key)


def link_of(token: str, *, key: str) -> PrivateLink:
    number = int.from_bytes(_digest(key, "code", token))
    letters = ""
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        letters += ALPHABET[place]
    groups = [letters[start : start + CODE_GROUP] for start in range(0, CODE_LENGTH, CODE_GROUP)]
    return PrivateLink(token, "-".join(groups))


def token_hash(token: str, *, key: str) -> str:
    return _digest(key, "token hash", token).hex()


def code_hash(code: str, *, key: str) -> str:
    """Whatever the case, the spaces and the hyphens with which it was typed."""
    letters = re.sub(r"[^A-Z0-9]", "", code.upper())
    return _digest(key, "code hash", letters).hex()


def _digest(key: str, purpose: str, value: str) -> bytes:
    return hmac.new(key.encode(), f"{purpose}:{value}".encode(), hashlib.sha256).digest()
