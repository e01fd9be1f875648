"""What makes a password good enough, and how one is made for somebody. Hashing is in `web.passwords`."""

import secrets
from functools import cache
from itertools import pairwise
from pathlib import Path

SHORTEST = 12
LONGEST = 200
# Without letters and digits that are mistaken for one another when copied from paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
COMMON = Path(__file__).parent / "data" / "common-passwords.txt"


def why_refused(password: str, *, email: str, name: str) -> str | None:
    """What is wrong with this password, as a sentence for the page; None when nothing is."""
    if len(password) < SHORTEST:
        return f"Password must be {SHORTEST} characters or more"
    if len(password) > LONGEST:
        return f"Password must be {LONGEST} characters or fewer"
    plain = _plain(password)
    if plain in {_plain(email), _plain(email.partition("@")[0]), _plain(name)}:
        return "Choose a password that is not your name or email address"
    if plain in _common() or len(set(plain)) < 4 or _repeats(plain) or _counts(plain):
        return "Choose a password that is harder to guess"
    return None


def generated() -> str:
    """About 98 bits, in groups that can be read out."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(4))


def _plain(text: str) -> str:
    return "".join(text.lower().split())


def _repeats(plain: str) -> bool:
    """abcabcabcabc"""
    return len(plain) > 1 and plain in (plain + plain)[1:-1]


def _counts(plain: str) -> bool:
    """A run along the alphabet or the digits, either way."""
    steps = {(ord(b) - ord(a)) % 10 for a, b in pairwise(plain)}
    return steps in ({1}, {9})


@cache
def _common() -> frozenset[str]:
    lines = COMMON.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
