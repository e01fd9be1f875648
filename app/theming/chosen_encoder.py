"""The encoder that is used unless another is given: the one that ships, or, where a sentence encoder was
built or chosen and there are not too many comments for it, both side by side."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from app.theming.choice import CHOICE
from app.theming.encoders import Encoder, JoinedEncoder, RecentTexts
from app.theming.onnx_encoder import onnx_encoder
from app.theming.static_encoder import wordllama_encoder

REMEMBERED: Final = 60_000  # texts, about 3 kB each: the steps of a run ask for the same ones


def default_encoder(comments: int = 0) -> Encoder:
    """The encoder that the engine uses for so many comments unless it is given another. Raises
    EncoderUnavailableError, which says what is missing or unfit."""
    folder = CHOICE.folder_for(comments)
    return wordllama_encoder() if folder is None else _with_sentences(folder)


@lru_cache(maxsize=1)
def _with_sentences(folder: Path) -> Encoder:
    both = JoinedEncoder((wordllama_encoder(), onnx_encoder(folder)))
    return RecentTexts(both, most=REMEMBERED)
