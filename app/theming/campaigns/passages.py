"""How far through a text the wording goes that it shares with another.

One long sentence in common is a leaflet, a slogan or the words of the question: many people quote it and
write their own letter round it. Who copies a letter shares wording through the whole of it.
"""

import re
from collections import Counter
from typing import Final

from app.theming.campaigns.signatures import LONGEST, SHINGLE, plain_words, run_hash
from app.theming.text import squash

_PIECES: Final = 10
_ENDS: Final = re.compile(r"(?<=[.!?…])\s+|\n+")
_LONG: Final = 40  # words of a text in one sentence from which it is cut: typed without any full stop
_PIECE: Final = 25  # words of its pieces
_SOME: Final = 0.2  # share of a sentence's runs: two copies that each changed a quarter keep about 0.3
_FEWEST: Final = 2  # runs


def reach(text: str, runs: frozenset[int]) -> float:
    """Share of the tenths of `text` in which a run of three words begins that is one of `runs`: 0 to 1."""
    words = plain_words(text)
    starts = max(1, len(words) - SHINGLE + 1)
    reached = {at * _PIECES // starts for at in range(starts) if run_hash(words[at : at + SHINGLE]) in runs}
    return len(reached) / min(_PIECES, starts)


def sentences_shared(text: str, runs: frozenset[int]) -> int:
    """Sentences of `text` of which a fifth of the runs of three words, two at least, are in `runs`."""
    words, part_of = _parts(text)
    all_runs: Counter[int] = Counter()
    in_common: Counter[int] = Counter()
    for at in range(max(1, len(words) - SHINGLE + 1)):
        all_runs[part_of[at]] += 1
        in_common[part_of[at]] += run_hash(words[at : at + SHINGLE]) in runs
    return sum(hits >= max(_FEWEST, _SOME * all_runs[part]) for part, hits in in_common.items())


def _parts(text: str) -> tuple[list[str], list[int]]:
    """The words of a text, and the number of the sentence of each."""
    cut = [words for words in (squash(part).split() for part in _ENDS.split(text)) if words]
    if len(cut) == 1 and len(cut[0]) > _LONG:
        cut = [cut[0][at : at + _PIECE] for at in range(0, len(cut[0]), _PIECE)]
    words = [word for part in cut for word in part][:LONGEST]
    return words or [""], [number for number, part in enumerate(cut) for _ in part][:LONGEST] or [0]
