"""A sentence encoder from a folder, which `make setup` built or a council has, run by onnxruntime. That
(requirements-encoder.txt) may be missing, so it is loaded only when asked for. Nothing is downloaded.

The folder has `model.onnx` (or `onnx/model.onnx`) and `tokenizer.json`, as transformer models are exported.
The model takes `input_ids`, `attention_mask` and perhaps `token_type_ids`; it gives a vector for the text
(`sentence_embedding`) or one for each token. Those are averaged, or the first is taken where
`1_Pooling/config.json` says so.
"""

import hashlib
import json
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
from tokenizers import Tokenizer

from app.theming.encoders import LONGEST, EncoderUnavailableError, Floats, unit

WINDOW: Final = 256  # tokens read at once; a longer text is read in several windows
POOLING: Final = "1_Pooling/config.json"  # may be missing
_INPUTS: Final = {"input_ids", "attention_mask", "token_type_ids"}
_TRIAL: Final = ("An ordinary sentence.", "word " * WINDOW)
_EXTRA: Final = "onnxruntime is not installed (pip install -r requirements-encoder.txt)"


class OnnxEncoder:
    """Vectors of length one. Each window is computed alone and on one thread: a quantised model scales
    numbers by all that it is given at once, so a text among others would have other vectors."""

    def __init__(self, folder: Path) -> None:
        model, tokeniser = _files(folder)
        self._folder = folder
        self._tokeniser = _read_tokeniser(folder, tokeniser)
        self._session = _session(folder, model)
        self._asked = [one.name for one in self._session.get_inputs()]
        if not {"input_ids"} <= set(self._asked) <= _INPUTS:
            raise _unfit(folder, f"its model asks for {', '.join(self._asked)}, not for tokens alone")
        named = [one.name for one in self._session.get_outputs()]
        self._given = named.index("sentence_embedding") if "sentence_embedding" in named else 0
        self._first_token = _takes_the_first_token(folder)
        self.name = f"{folder.name} {_digest(model, tokeniser, folder / POOLING)[:12]}"
        self.dimensions = self._tried()

    def encode(self, texts: list[str]) -> Floats:
        """Float32 array of shape (len(texts), dimensions); a text of white space is all zeros."""
        found = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in enumerate(texts):
            if text.strip():
                found[row] = self._whole(text)
        return unit(found)

    def __reduce__(self) -> tuple[Any, ...]:
        """In another process, or on another machine, it is read from the same folder there."""
        return _the_same, (self._folder, self.name)

    def _whole(self, text: str) -> Floats:
        """The mean of a text's windows, each counting as many times as it has tokens."""
        first = self._tokeniser.encode(text[:LONGEST])
        windows = [window.ids for window in (first, *first.overflowing)]
        vectors = np.stack([self._window(ids) for ids in windows])
        return np.asarray(np.average(vectors, axis=0, weights=[len(ids) for ids in windows]), np.float32)

    def _window(self, tokens: list[int]) -> Floats:
        ids = np.array([tokens], np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        made = self._session.run(None, {name: inputs[name] for name in self._asked})[self._given]
        vector = np.asarray(made[0], np.float32)
        if vector.ndim == 2:
            vector = vector[0] if self._first_token else vector.mean(axis=0)
        return np.asarray(unit(vector[None])[0], np.float32)

    def _tried(self) -> int:
        """The number of dimensions, by encoding a short text and one of several windows."""
        try:
            vectors = [self._whole(text) for text in _TRIAL]
        except Exception as problem:  # onnxruntime has a class of its own for each way to fail
            raise _unfit(self._folder, "its model cannot encode a sentence") from problem
        if any(one.ndim != 1 or not np.isfinite(one).all() or not one.any() for one in vectors):
            raise _unfit(self._folder, "its model gives no vector for a sentence")
        return len(vectors[0])


@lru_cache(maxsize=1)
def onnx_encoder(folder: Path) -> OnnxEncoder:
    """The encoder in `folder`, read once in a process. Raises EncoderUnavailableError, which says what is
    missing or unfit."""
    return OnnxEncoder(folder)


def _the_same(folder: Path, name: str) -> OnnxEncoder:
    found = onnx_encoder(folder)
    if found.name != name:
        raise _unfit(folder, f"it is {found.name} here, and {name} where the work was given out")
    return found


def _unfit(folder: Path, why: str) -> EncoderUnavailableError:
    return EncoderUnavailableError(f"the encoder in {folder} cannot be used: {why}")


def _files(folder: Path) -> tuple[Path, Path]:
    """The model and the tokeniser."""
    if not folder.is_dir():
        raise _unfit(folder, "there is no such folder")
    model, tokeniser = folder / "model.onnx", folder / "tokenizer.json"
    if not model.is_file():
        model = folder / "onnx/model.onnx"
    for path in (model, tokeniser):
        if not path.is_file():
            raise _unfit(folder, f"it has no {path.name}")
    return model, tokeniser


def _read_tokeniser(folder: Path, path: Path) -> Tokenizer:
    try:
        found = Tokenizer.from_file(str(path))
    except Exception as problem:  # tokenizers raises Exception itself
        raise _unfit(folder, f"{path.name} is not a tokeniser") from problem
    found.no_padding()
    found.enable_truncation(WINDOW)
    return found


def _session(folder: Path, path: Path) -> Any:
    try:
        runtime = import_module("onnxruntime")
    except ImportError as problem:
        raise _unfit(folder, _EXTRA) from problem
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # it would keep a plan for every length of text
    options.log_severity_level = 4
    try:
        return runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as problem:  # onnxruntime has a class of its own for each way to fail
        raise _unfit(folder, f"{path.name} is not an ONNX model") from problem


def _takes_the_first_token(folder: Path) -> bool:
    try:
        return bool(json.loads((folder / POOLING).read_text(encoding="utf-8")).get("pooling_mode_cls_token"))
    except FileNotFoundError:
        return False
    except (OSError, ValueError, AttributeError) as problem:
        raise _unfit(folder, f"{POOLING} cannot be read") from problem


def _digest(*paths: Path) -> str:
    """SHA-256 over the files that are there, one after the other."""
    whole = hashlib.sha256()
    for path in filter(Path.is_file, paths):
        with path.open("rb") as file:
            whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()
