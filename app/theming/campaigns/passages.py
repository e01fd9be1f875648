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
_SHORT: Final = 6  # words: a shorter sentence ("What is this?") is counted with the one after it
_OWN: Final = 4  # words of a sentence that counts as somebody's own


def reach(text: str, runs: frozenset[int]) -> float:
    """Share of the tenths of `text` in which a run of three words begins that is one of `runs`: 0 to 1."""
    words = plain_words(text)
    starts = max(1, len(words) - SHINGLE + 1)
    reached = {at * _PIECES // starts for at in range(starts) if run_hash(words[at : at + SHINGLE]) in runs}
    return len(reached) / min(_PIECES, starts)


def quotes_one_sentence(text: str, runs: frozenset[int]) -> bool:
    """Whether `text` has only one sentence of which much is in `runs`, and beside it one of its own."""
    shared, own = _sentences(text, runs)
    return shared < 2 and own > 0


def sentences_shared(text: str, runs: frozenset[int]) -> int:
    """Sentences of `text` of which a fifth of the runs of three words, two at least, are in `runs`."""
    return _sentences(text, runs)[0]


def _sentences(text: str, runs: frozenset[int]) -> tuple[int, int]:
    """How many sentences of `text` are shared with `runs`, and how many have no run of them at all."""
    words, part_of = _parts(text)
    all_runs: Counter[int] = Counter()
    in_common: Counter[int] = Counter()
    for at in range(max(1, len(words) - SHINGLE + 1)):
        all_runs[part_of[at]] += 1
        in_common[part_of[at]] += run_hash(words[at : at + SHINGLE]) in runs
    shared = sum(hits >= max(_FEWEST, _SOME * all_runs[part]) for part, hits in in_common.items())
    own = sum(not in_common[part] for part, count in Counter(part_of).items() if count >= _OWN)
    return shared, own


def _parts(text: str) -> tuple[list[str], list[int]]:
    """The words of a text, and the number of the sentence of each."""
    cut = [words for words in (squash(part).split() for part in _ENDS.split(text)) if words]
    if len(cut) == 1 and len(cut[0]) > _LONG:
        cut = [cut[0][at : at + _PIECE] for at in range(0, len(cut[0]), _PIECE)]
    whole: list[list[str]] = []
    for part in cut:
        if whole and len(whole[-1]) < _SHORT:
            whole[-1] += part
        else:
            whole.append(part)
    words = [word for part in whole for word in part][:LONGEST]
    return words or [""], [number for number, part in enumerate(whole) for _ in part][:LONGEST] or [0]
