"""The rules of triage, read once from the data file."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml


@lru_cache(maxsize=1)
def rules() -> Mapping[str, Any]:
    """The data file as it is."""
    read: Mapping[str, Any] = yaml.safe_load(
        files("app.theming").joinpath("data", "triage.yaml").read_text(encoding="utf-8")
    )
    return read


def code(meaning: str) -> str:
    """The product's handling code for a meaning such as "no_substance"."""
    return str(rules()["codes"][meaning])


@lru_cache(maxsize=32)
def any_of(section: str, *, whole: bool = False) -> re.Pattern[str]:
    """One pattern for all the patterns of a section; `whole`: the text is nothing else."""
    joined = "|".join(f"(?:{pattern})" for pattern in rules()[section])
    return re.compile(f"(?:{joined})\\Z" if whole else joined)


def alternatives(words: Sequence[str]) -> str:
    """A pattern for any of `words`, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
