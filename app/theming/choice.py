"""Which folder the sentence encoder is in, and for how many comments it is used. It loads nothing: web
processes may import it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

# Officers wait for a run. At 434 points a second, one of 10,000 comments of 35 words took 68 s of a core, and
# 15 s without (docs/theming.md, A better encoder). Past twice as many only an operator may make them wait.
MOST_FOR_SENTENCES: Final = 20_000


@dataclass
class Choice:
    """What this process has been told; None: the encoder that ships is used alone."""

    folder: Path | None = None
    named: bool = False  # by the operator, who knows how many comments there are; not what setup built

    def folder_for(self, comments: int) -> Path | None:
        return self.folder if self.named or comments <= MOST_FOR_SENTENCES else None


CHOICE: Final = Choice()


def choose_encoder(folder: Path | None, *, named: bool = True) -> None:
    """From now on in this process, `default_encoder` uses the ONNX sentence encoder in `folder` as well; with
    None it does not. The folder is looked at when the encoder is first asked for. Not `named`, it is left out
    for more than MOST_FOR_SENTENCES comments."""
    CHOICE.folder, CHOICE.named = folder, named
