"""Sentence encoders that work offline: text in, unit-free float32 arrays out."""

from collections.abc import Sequence
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

RECENT: Final = 8_192  # texts, one to three kilobytes each
JOINED: Final = " + "  # between the names of encoders that are used side by side
LONGEST: Final = 20_000  # characters of one text that are encoded; a longer text is a document, not a comment


class EncoderUnavailableError(RuntimeError):
    """The weights of an encoder are missing or are not the ones that were checked."""


class Encoder(Protocol):
    """Anything that turns texts into vectors of `dimensions` numbers."""

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    def encode(self, texts: list[str]) -> Floats:
        """Float32 array of shape (len(texts), dimensions); a text without a known token is all zeros."""
        ...


def same_encoder(one: str, other: str) -> bool:
    """Whether two names end in the same encoder: its folder may have any name, so its digest counts."""
    return one.split()[-1] == other.split()[-1]


class RecentTexts:
    """An encoder that keeps the vectors of the last texts: the parts of a block ask for the same ones."""

    def __init__(self, encoder: Encoder, *, most: int = RECENT) -> None:
        self.name, self.dimensions = encoder.name, encoder.dimensions
        self._encoder, self._most = encoder, most
        self._rows: dict[str, Floats] = {}

    def encode(self, texts: list[str]) -> Floats:
        """Float32 array of shape (len(texts), dimensions)."""
        new = list(dict.fromkeys(text for text in texts if text not in self._rows))
        if not texts or len(new) > self._most:
            return self._encoder.encode(texts)
        if len(self._rows) + len(new) > self._most:
            self._rows, new = {}, list(dict.fromkeys(texts))
        self._rows.update(zip(new, self._encoder.encode(new), strict=True))
        return np.stack([self._rows[text] for text in texts])

    def __getstate__(self) -> dict[str, Any]:
        """What goes to another process: no texts."""
        return {**self.__dict__, "_rows": {}}


class JoinedEncoder:
    """Several encoders side by side: what each makes of a text counts the same."""

    def __init__(self, parts: Sequence[Encoder]) -> None:
        self._parts = tuple(parts)
        self.name = JOINED.join(part.name for part in parts)
        self.dimensions = sum(part.dimensions for part in parts)

    def encode(self, texts: list[str]) -> Floats:
        """Float32 array of shape (len(texts), dimensions)."""
        return np.hstack([unit(part.encode(texts)) for part in self._parts])


class NoEncoder:
    """The fallback: no vectors at all, so the engine works from words alone."""

    name = "none"
    dimensions = 1

    def encode(self, texts: list[str]) -> Floats:
        """Zeros of shape (len(texts), 1)."""
        return np.zeros((len(texts), self.dimensions), np.float32)


def unit(vectors: npt.NDArray[np.floating]) -> Floats:
    """Rows of `vectors` (n, d) scaled to length one; a row of zeros stays zeros."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)
