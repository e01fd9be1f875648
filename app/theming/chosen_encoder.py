"""The encoders that are used unless another is given. Where a sentence encoder was built or chosen, and there
are not too many comments for it, it proposes themes alone (decision 311), the one that ships names them
(decision 312), and everything else is done by both side by side. Otherwise the one that ships does
all of it."""

from functools import lru_cache
from pathlib import Path
from typing import Final

from app.theming.choice import CHOICE
from app.theming.encoders import Encoder, JoinedEncoder, RecentTexts
from app.theming.onnx_encoder import onnx_encoder
from app.theming.static_encoder import wordllama_encoder

REMEMBERED: Final = 60_000  # texts, about 1.5 kB each: the steps of a run ask for the same ones


def default_encoder(comments: int = 0) -> Encoder:
    """The encoder that the engine uses for so many comments unless it is given another, but for proposing
    and naming themes. Raises EncoderUnavailableError, which says what is missing or unfit."""
    folder = CHOICE.folder_for(comments)
    if folder is None:
        return wordllama_encoder()
    return JoinedEncoder((wordllama_encoder(), _sentences(folder)))


def proposing_encoder(comments: int = 0) -> Encoder:
    """The encoder by which themes are proposed for so many comments. What it has read is not read again by
    `default_encoder`, nor the other way round. Raises EncoderUnavailableError as that does."""
    folder = CHOICE.folder_for(comments)
    return wordllama_encoder() if folder is None else _sentences(folder)


def naming_encoder() -> Encoder:
    """The encoder by which themes are named, whichever proposed them: a label is of single words, and that is
    what its vectors are of. Raises EncoderUnavailableError."""
    return wordllama_encoder()


@lru_cache(maxsize=1)
def _sentences(folder: Path) -> Encoder:
    return RecentTexts(onnx_encoder(folder), most=REMEMBERED)
