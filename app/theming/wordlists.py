"""The word lists of `data/words.yaml`."""

from functools import lru_cache
from importlib.resources import files

import yaml


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    lists: dict[str, list[str]] = yaml.safe_load(
        files("app.theming").joinpath("data", "words.yaml").read_text(encoding="utf-8")
    )
    return lists


def word_list(name: str) -> frozenset[str]:
    """The entries of one list, in small letters."""
    return frozenset(_lists()[name])
