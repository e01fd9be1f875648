"""Public references such as HS-4T7K-92. They identify a response and open nothing."""

import secrets

# No vowels, so that no word comes out by accident, and nothing mistaken for another: 0 O, 1 I L, B, S, Z.
ALPHABET = "2346789CDFGHJKMNPQRTVWXY"


def new_reference(prefix: str) -> str:
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(6))
    return f"{prefix}-{drawn[:4]}-{drawn[4:]}"
