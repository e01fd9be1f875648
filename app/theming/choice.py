"""Which folder a council's own sentence encoder is in. It loads nothing: web processes may import it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final


@dataclass
class Choice:
    """What this process has been told; None: the encoder that ships is used alone."""

    folder: Path | None = None


CHOICE: Final = Choice()


def choose_encoder(folder: Path | None) -> None:
    """From now on in this process, `default_encoder` uses the ONNX sentence encoder in `folder` as well; with
    None it does not. The folder is looked at when the encoder is first asked for."""
    CHOICE.folder = folder
