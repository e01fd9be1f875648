"""The engine as a job finds it: which encoder there is, and the weights that go with it."""

from dataclasses import dataclass

from app.jobs.work import CannotBeDone
from app.theming.choice import CHOICE, MOST_FOR_SENTENCES
from app.theming.chosen_encoder import default_encoder, proposing_encoder
from app.theming.coding.weights import WeightsError, default_weights
from app.theming.encoders import Encoder, EncoderUnavailableError


@dataclass(frozen=True)
class Engine:
    """`proposing` is the encoder that proposes themes, `encoder` that of all else. `weights` are their name.
    `told`: what a run says on its page beside the names."""

    encoder: Encoder
    proposing: Encoder
    weights: str
    told: dict[str, int | bool]


def engine(comments: int) -> Engine:
    """What is used for so many comments. Raises CannotBeDone where its files are not what they should be: an
    officer reads why."""
    try:
        encoder, proposing = default_encoder(comments), proposing_encoder(comments)
        return Engine(encoder, proposing, default_weights(encoder.name).name, _told(comments))
    except (WeightsError, EncoderUnavailableError, FileNotFoundError) as problem:
        raise CannotBeDone(f"The engine cannot start: {problem}.") from problem


def _told(comments: int) -> dict[str, int | bool]:
    """Whether sentences were read, and up to how many comments they are, where that is why they were not."""
    used = CHOICE.folder_for(comments) is not None
    if used or CHOICE.folder is None:
        return {"sentences": used}
    return {"sentences": False, "sentences_up_to": MOST_FOR_SENTENCES}
