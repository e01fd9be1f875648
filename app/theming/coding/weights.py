"""The matcher's weights: a small JSON file of numbers that says what it was trained on."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from app.theming.encoders import JOINED, Floats, same_encoder

FORMAT: Final = 1
DEFAULT: Final = "default.json"
WITH_SENTENCES: Final = "sentences.json"  # for the encoder that ships beside one of sentences
Scored = tuple[npt.NDArray[np.floating], npt.NDArray[np.bool_]]
"""Probabilities and truth of the pairs of one set, flat."""


class WeightsError(ValueError):
    """A weights file that cannot be used; the message says why in one line."""


@dataclass(frozen=True)
class LinearModel:
    """A logistic regression on standardised features, Platt's calibration of it (1999), and the probability
    from which a theme is assigned, tuned for F1 on cross-fitted predictions."""

    features: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    coefficients: tuple[float, ...]
    intercept: float
    slope: float
    offset: float
    threshold: float

    def probabilities(self, features: Floats) -> Floats:
        """Calibrated probabilities (n, t) of features (n, t, f)."""
        standard = (features - np.array(self.mean, np.float32)) / np.array(self.scale, np.float32)
        logits = np.clip(standard, -10, 10) @ np.array(self.coefficients, np.float32) + self.intercept
        return np.asarray(1 / (1 + np.exp(-(self.slope * logits + self.offset))), np.float32)


@dataclass(frozen=True)
class Weights:
    """Weights for the first day and for when there are coded comments, with where they come from."""

    name: str
    encoder: str
    trained_on: tuple[Mapping[str, Any], ...]
    day_one: LinearModel
    with_examples: LinearModel
    stance: Mapping[str, Any] | None = None
    """Weights of stances, where the file has its own; None: those that ship."""

    def check_encoder(self, name: str) -> None:
        """Raise WeightsError unless the weights were trained with the encoder of this name."""
        if self.encoder != name:
            raise WeightsError(f"the weights were trained with the encoder {self.encoder}, not {name}")

    def model(self, features: Sequence[str]) -> LinearModel:
        """The model for these features. Raises WeightsError when the file is of another version."""
        for model in (self.day_one, self.with_examples):
            if model.features == tuple(features):
                return model
        raise WeightsError("the weights were trained for other features; train them again")


def read_weights(path: Path) -> Weights:
    """Weights from a JSON file. Raises WeightsError when it is not one."""
    try:
        return _parsed(json.loads(path.read_text(encoding="utf-8")))
    except OSError as problem:
        raise WeightsError(f"{path} cannot be read: {problem.strerror}") from problem
    except (ValueError, KeyError, TypeError) as problem:
        raise WeightsError(f"{path} is not a weights file of format {FORMAT}") from problem


def default_weights(encoder: str = "") -> Weights:
    """The weights that ship with the product for the encoder of this name; without one, those for the encoder
    that ships. The features of a pair are relative to the other comments and themes, so those for an encoder
    of sentences serve any: with another than it was trained with, the name says so."""
    alone = _shipped(DEFAULT)
    if not encoder.startswith(alone.encoder + JOINED):
        return alone
    found = _shipped(WITH_SENTENCES)
    trained = found.encoder.removeprefix(alone.encoder + JOINED)
    same = same_encoder(found.encoder, encoder)
    name = found.name if same else f"{found.name}, trained with {trained}"
    return replace(found, encoder=encoder, name=name)


@lru_cache(maxsize=2)
def _shipped(name: str) -> Weights:
    return _parsed(json.loads(files("app.theming").joinpath("weights", name).read_text(encoding="utf-8")))


def _parsed(record: Mapping[str, Any]) -> Weights:
    if record["format"] != FORMAT:
        raise WeightsError(f"the weights are of format {record['format']}, not {FORMAT}")
    day_one, with_examples = (_model(record[name]) for name in ("day_one", "with_examples"))
    trained_on = tuple(record["trained_on"])
    return Weights(
        record["name"], record["encoder"], trained_on, day_one, with_examples, record.get("stance")
    )


def _model(record: Mapping[str, Any]) -> LinearModel:
    listed: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in record.items()
    }
    model = LinearModel(**listed)
    lengths = {len(part) for part in (model.features, model.mean, model.scale, model.coefficients)}
    if len(lengths) != 1:
        raise ValueError("features and coefficients differ in number")
    return model


def written(weights: Weights) -> str:
    """The text of a weights file; numbers to six digits, so that training again gives the same file."""
    record = {"format": FORMAT, **asdict(weights)}
    return json.dumps(_rounded(record), indent=1, ensure_ascii=False) + "\n"


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(item) for item in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value


def best_threshold(parts: Sequence[Scored], shares: Sequence[float]) -> float:
    """The probability from which assigning gives the highest micro-averaged F1 in each of `parts`, averaged
    by `shares`, so that a set with many themes a comment does not decide for one with few."""
    steps = np.linspace(0.02, 0.9, 177)
    scores = np.zeros(len(steps))
    for (probabilities, truth), share in zip(parts, shares, strict=True):
        for place, step in enumerate(steps):
            made = probabilities >= step
            scores[place] += share * 2 * (made & truth).sum() / max(1, made.sum() + truth.sum())
    return float(steps[int(np.argmax(scores))])
