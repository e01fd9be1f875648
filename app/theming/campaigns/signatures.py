"""Finding texts that share wording without comparing all with all: MinHash signatures of word shingles in
bands (Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3)."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from app.theming.text import squash

SHINGLE: Final = 3  # words
_BANDS: Final = 40
_ROWS: Final = 3  # hashes a band: texts that share 0.3 of their shingles meet with 67%, 0.5 with 99.5%
LONGEST: Final = 5_000  # words of a text that are looked at
_CROWD: Final = 5  # texts that share a band are compared with this many of its first ones
Hashes = npt.NDArray[np.uint64]


def plain_words(text: str) -> list[str]:
    """Words of a text for comparing: no punctuation, no capitals."""
    return squash(text).split()[:LONGEST]


def shingles(listed: Sequence[str]) -> frozenset[int]:
    """Hashes of the runs of three words in a text; of the whole text when it is shorter."""
    return frozenset(run_hash(listed[at : at + SHINGLE]) for at in range(max(1, len(listed) - SHINGLE + 1)))


def run_hash(run: Sequence[str]) -> int:
    words = " ".join(run).encode("utf-8", "replace")
    return int.from_bytes(hashlib.blake2b(words, digest_size=4).digest(), "big")


def signature(items: frozenset[int]) -> Hashes:
    """The smallest value of each of _BANDS * _ROWS fixed hash functions over the shingles."""
    values = np.fromiter(sorted(items), np.uint64, len(items))
    # Multiply and shift (Dietzfelbinger and others 1997): the product is meant to wrap round at 64 bits.
    return np.asarray(
        ((_FACTORS[:, None] * values + _SHIFTS[:, None]) >> np.uint64(24)).min(axis=1), np.uint64
    )


def candidate_pairs(signatures: Sequence[Hashes]) -> Iterator[tuple[int, int]]:
    """Pairs of texts that share a band, each once. In a crowded band each text meets the first few and its
    neighbour, which is enough to join a group and keeps the work linear."""
    seen: set[tuple[int, int]] = set()
    for band in range(_BANDS):
        buckets: dict[bytes, list[int]] = defaultdict(list)
        for index, hashes in enumerate(signatures):
            buckets[hashes[band * _ROWS : (band + 1) * _ROWS].tobytes()].append(index)
        for members in buckets.values():
            for pair in _meetings(members):
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _meetings(members: list[int]) -> Iterator[tuple[int, int]]:
    for place, index in enumerate(members):
        for other in members[: min(place, _CROWD)]:
            yield other, index
        if place > _CROWD:
            yield members[place - 1], index


def shared(one: frozenset[int], other: frozenset[int]) -> tuple[int, float, float]:
    """Shingles in both, their Jaccard similarity, and their share of the shorter text (containment)."""
    both = len(one & other)
    return both, both / max(1, len(one | other)), both / max(1, min(len(one), len(other)))


_DRAWS: Final = np.random.default_rng(20151214).integers(
    0, 1 << 63, size=(2, _BANDS * _ROWS), dtype=np.uint64
)
_FACTORS: Final = _DRAWS[0] * np.uint64(2) + np.uint64(1)
_SHIFTS: Final = _DRAWS[1]
