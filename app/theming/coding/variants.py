"""Training sets as a frame might have been written: with cue words where a set has none.

An officer's cue words come from reading comments. So do these: they are the telling phrases of the comments
of one half, given to the themes for coding the other half, whose comments had no part in them.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from app.theming.coding.training import TrainingSet
from app.theming.comments import CodedComment, Theme
from app.theming.naming import name_groups

_SKIP: Final = 1  # the most telling phrase is left out: officers do not guess it
_CUES: Final = 4


def with_cue_words(one: TrainingSet) -> list[TrainingSet]:
    """Two training sets, a half of the comments each, whose themes have cue words from the other half."""
    halves = [[item for item in one.coded if _half(item) == number] for number in (0, 1)]
    return [
        replace(
            one, name=f"{one.name}, cue words {number}", coded=tuple(mine), themes=_cued(one.themes, other)
        )
        for number, (mine, other) in enumerate((halves, halves[::-1]))
    ]


def _half(item: CodedComment) -> int:
    return hashlib.sha256(item.comment.text.encode("utf-8", "replace")).digest()[0] % 2


def _cued(themes: Sequence[Theme], coded: Sequence[CodedComment]) -> tuple[Theme, ...]:
    done: list[Theme] = []
    for question in sorted({theme.question or "" for theme in themes}):
        mine = [theme for theme in themes if (theme.question or "") == question]
        names = name_groups([_texts(theme, coded) for theme in mine])
        done += [
            replace(theme, cue_words=name.terms[_SKIP : _SKIP + _CUES])
            for theme, name in zip(mine, names, strict=True)
        ]
    return tuple(done)


def _texts(theme: Theme, coded: Sequence[CodedComment]) -> list[str]:
    here = [item for item in coded if theme.question in (None, item.comment.question)]
    return [item.comment.text for item in here if any(coding.code == theme.code for coding in item.codings)]
