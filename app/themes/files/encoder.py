"""The encoder that the commands for files use: the one that ships, alone or beside one in a folder."""

from app.theming.choice import choose_encoder
from app.theming.chosen_encoder import default_encoder, proposing_encoder
from app.theming.coding.weights import default_weights
from app.theming.encoders import EncoderUnavailableError

__all__ = ["EncoderUnavailableError", "choose_encoder", "names_of_engine"]


def names_of_engine() -> dict[str, str]:
    """What is used, by what to call it. Raises EncoderUnavailableError."""
    encoder = default_encoder().name
    return {
        "Encoder": encoder,
        "Encoder of proposed themes": proposing_encoder().name,
        "Weights": default_weights(encoder).name,
    }
