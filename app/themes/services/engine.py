"""The engine as a job finds it: which encoder there is, and the weights that go with it."""

from app.jobs.work import CannotBeDone
from app.theming.chosen_encoder import default_encoder
from app.theming.coding.weights import WeightsError, default_weights
from app.theming.encoders import EncoderUnavailableError


def engine() -> tuple[str, str]:
    """Names of the encoder and of the weights. Raises CannotBeDone where its files are not what they should
    be: an officer reads why."""
    try:
        encoder = default_encoder().name
        return encoder, default_weights(encoder).name
    except (WeightsError, EncoderUnavailableError, FileNotFoundError) as problem:
        raise CannotBeDone(f"The engine cannot start: {problem}.") from problem
