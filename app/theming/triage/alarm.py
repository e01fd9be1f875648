"""Words that a person must read the same day, or that are never published unread. Loads no learned part."""

import re
from functools import lru_cache
from typing import Final

from app.theming.plain import squash
from app.theming.triage.rules import alternatives, any_of, rules

_LONGEST: Final = 20_000  # characters that the rules read


def is_abusive(text: str) -> bool:
    """Insults, slurs, or accusations of crime; possibly defamatory, so never published unread."""
    plain = squash(text[:_LONGEST])
    return _abuse().search(plain) is not None


@lru_cache(maxsize=1)
def _abuse() -> re.Pattern[str]:
    section = rules()["abuse"]
    listed = alternatives([*section["strong"], *section["accuse"], *section["slurs"]])
    return re.compile("|".join([rf"\b(?:{listed})\b", *section["patterns"]]))


def needs_safeguarding(text: str) -> bool:
    """Words that speak of harm to oneself or others, abuse or a threat. For a person to read the same day."""
    return any_of("safeguarding").search(squash(text[:_LONGEST])) is not None
