"""The encoder that ships: the vectors and the tokeniser in the pinned `wordllama` wheel, read straight from
its folder. The package itself is not imported: importing it configures the root logger and loads a client
that can download, and neither has a place here.
"""

import hashlib
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np
from safetensors.numpy import load_file
from scipy import sparse
from tokenizers import Tokenizer

from app.theming.encoders import LONGEST, EncoderUnavailableError, Floats

WORDLLAMA: Final = "wordllama-l2-supercat-256"
WORDLLAMA_WEIGHTS: Final = "weights/l2_supercat_256.safetensors"
WORDLLAMA_TOKENISER: Final = "tokenizers/l2_supercat_tokenizer_config.json"
WORDLLAMA_SHA256: Final = "64b47a2dc493cb8e85944076601189739852d7b64e0e1eedcb1937a251cd9fd5"
_BATCH: Final = 512


class StaticEncoder:
    """The mean of static token vectors. A row depends on its own text alone, never on its neighbours:
    tokens are summed by a sparse product, one row at a time, so blocks of any size give the same bits."""

    def __init__(self, *, name: str, vectors: Floats, tokeniser: Tokenizer) -> None:
        self.name = name
        self.dimensions = int(vectors.shape[1])
        self._vectors = vectors
        self._tokeniser = tokeniser

    def encode(self, texts: list[str]) -> Floats:
        """Float32 array of shape (len(texts), dimensions)."""
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        return np.vstack([self._batch(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)])

    def __reduce__(self) -> tuple[Any, ...]:
        """In another process the shipped encoder is read from its package there: 33 MB are not sent."""
        if self.name == WORDLLAMA:
            return wordllama_encoder, ()
        return StaticEncoder._made, (self.name, self._vectors, self._tokeniser)

    @classmethod
    def _made(cls, name: str, vectors: Floats, tokeniser: Tokenizer) -> "StaticEncoder":
        return cls(name=name, vectors=vectors, tokeniser=tokeniser)

    def _batch(self, texts: list[str]) -> Floats:
        encoded = self._tokeniser.encode_batch_fast(
            [text[:LONGEST] for text in texts], add_special_tokens=False
        )
        tokens = [np.asarray(item.ids, np.int32) for item in encoded]
        lengths = np.array([len(ids) for ids in tokens])
        columns = np.minimum(np.concatenate(tokens), len(self._vectors) - 1)
        weights = np.repeat(1.0 / np.maximum(lengths, 1), lengths).astype(np.float32)
        starts = np.concatenate([[0], np.cumsum(lengths)])
        bag = sparse.csr_matrix((weights, columns, starts), shape=(len(texts), len(self._vectors)))
        return np.asarray(bag @ self._vectors, np.float32)


@lru_cache(maxsize=1)
def wordllama_encoder() -> StaticEncoder:
    """The 256 vectors of WordLlama (`l2_supercat_256`), checked against the recorded checksum.

    Raises EncoderUnavailableError when the package is not installed or its weights differ.
    """
    spec = find_spec("wordllama")
    if spec is None or spec.origin is None:
        raise EncoderUnavailableError("the package wordllama is not installed")
    folder = Path(spec.origin).parent
    weights = folder / WORDLLAMA_WEIGHTS
    if hashlib.sha256(weights.read_bytes()).hexdigest() != WORDLLAMA_SHA256:
        raise EncoderUnavailableError(f"{weights} does not have the recorded checksum")
    tokeniser = Tokenizer.from_file(str(folder / WORDLLAMA_TOKENISER))
    tokeniser.no_padding()
    tokeniser.no_truncation()
    vectors = load_file(str(weights))["embedding.weight"].astype(np.float32)
    return StaticEncoder(name=WORDLLAMA, vectors=vectors, tokeniser=tokeniser)
