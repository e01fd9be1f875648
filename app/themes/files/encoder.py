"""The encoder that the commands for files use: the one that ships, alone or beside one in a folder."""

from app.theming.choice import choose_encoder
from app.theming.chosen_encoder import default_encoder
from app.theming.coding.weights import default_weights
from app.theming.encoders import EncoderUnavailableError

__all__ = ["EncoderUnavailableError", "choose_encoder", "encoder_and_weights"]


def encoder_and_weights() -> tuple[str, str]:
    """Their names. Raises EncoderUnavailableError."""
    encoder = default_encoder().name
    return encoder, default_weights(encoder).name
