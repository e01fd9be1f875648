"""A council's own sentence encoder: read from its folder, or a clear word on why not."""

import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from app.cli.theming import theming_group
from app.theming import (
    CodedComment,
    Comment,
    EncoderUnavailableError,
    Theme,
    choose_encoder,
    code_comments,
    default_encoder,
    default_weights,
    discover_themes,
    proposing_encoder,
)
from app.theming.choice import MOST_FOR_SENTENCES
from app.theming.encoders import Floats
from app.theming.onnx_encoder import WINDOW, OnnxEncoder, onnx_encoder
from app.theming.static_encoder import WORDLLAMA

TINY = Path(__file__).parents[2] / "support" / "tiny_encoder"


@pytest.fixture
def encoder() -> OnnxEncoder:
    return OnnxEncoder(TINY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TINY, tmp_path / "mine"))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a sentence encoder has read each text."""
    times: Counter[str] = Counter()
    whole = OnnxEncoder._whole

    def counted(encoder: OnnxEncoder, text: str) -> Floats:
        times[text] += 1
        return whole(encoder, text)

    monkeypatch.setattr(OnnxEncoder, "_whole", counted)
    return times


@pytest.fixture
def chosen() -> Iterator[Path]:
    choose_encoder(TINY)
    yield TINY
    choose_encoder(None)


def test_a_text_has_the_same_vector_alone_and_among_others(encoder: OnnxEncoder) -> None:
    texts = ["The bus is late", "", "A tree, a park", "  ", "buses " * 400, "\x00 unheard of"]
    together = encoder.encode(texts)

    assert together.shape == (len(texts), encoder.dimensions)
    assert all((encoder.encode([text])[0] == row).all() for text, row in zip(texts, together, strict=True))
    assert np.linalg.norm(together, axis=1) == pytest.approx([1, 0, 1, 0, 1, 1])
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_what_is_alike_is_near(encoder: OnnxEncoder) -> None:
    bus, buses, tree = encoder.encode(["bus", "buses", "tree"])

    assert bus @ buses > bus @ tree


def test_the_end_of_a_long_text_counts(encoder: OnnxEncoder) -> None:
    start = "bus " * WINDOW
    short, long = encoder.encode([start, start + "tree " * WINDOW])

    assert short @ long < 0.999


def test_the_first_token_stands_for_the_text_where_the_folder_says_so(
    encoder: OnnxEncoder, folder: Path
) -> None:
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    bus, tree = OnnxEncoder(folder).encode(["bus", "tree"])

    assert (bus == tree).all()
    assert not (encoder.encode(["bus"]) == encoder.encode(["tree"])).all()


def test_its_name_tells_another_model_tokeniser_or_pooling_and_no_other_folder(folder: Path) -> None:
    names = {OnnxEncoder(TINY).name.split()[-1], OnnxEncoder(folder).name.split()[-1]}
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text("{}")

    assert len(names) == 1
    assert OnnxEncoder(folder).name.split()[-1] not in names


def test_in_another_process_it_is_read_from_its_folder_and_must_be_the_same(folder: Path) -> None:
    read, given = OnnxEncoder(folder).__reduce__()
    again = read(*given)

    assert (again.encode(["bus"]) == OnnxEncoder(TINY).encode(["bus"])).all()
    (folder / "tokenizer.json").write_text((folder / "tokenizer.json").read_text() + "\n")
    onnx_encoder.cache_clear()
    with pytest.raises(EncoderUnavailableError, match="where the work was given out"):
        read(*given)


@pytest.mark.parametrize(
    ("file", "content", "why"),
    [
        ("model.onnx", None, "it has no model.onnx"),
        ("tokenizer.json", None, "it has no tokenizer.json"),
        ("tokenizer.json", b"{}", "tokenizer.json is not a tokeniser"),
        ("model.onnx", b"not a model", "model.onnx is not an ONNX model"),
        ("model.onnx", (TINY / "model.onnx").read_bytes().replace(b"input_ids", b"input_idx"), "asks for"),
        ("1_Pooling", b"", "1_Pooling/config.json cannot be read"),
    ],
)
def test_a_folder_that_is_unfit_says_what_is_wrong(
    folder: Path, file: str, content: bytes | None, why: str
) -> None:
    (folder / file).unlink(missing_ok=True)
    if content is not None:
        (folder / file).write_bytes(content)

    with pytest.raises(EncoderUnavailableError, match=why) as problem:
        OnnxEncoder(folder)
    assert str(folder) in str(problem.value)


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "onnxruntime", None)

    with pytest.raises(EncoderUnavailableError, match=r"pip install -r requirements-encoder\.txt"):
        OnnxEncoder(TINY)


def test_the_chosen_encoder_is_used_beside_the_one_that_ships(
    chosen: Path, comments: list[Comment], themes: list[Theme], coded: list[CodedComment]
) -> None:
    encoder = default_encoder()
    weights = default_weights(encoder.name)

    assert encoder.name == f"{WORDLLAMA} + {OnnxEncoder(chosen).name}"
    assert weights.encoder == encoder.name
    assert "trained with" in weights.name
    first, again = (code_comments(comments, themes, coded=coded) for _ in range(2))
    assert first == again
    right = [one.suggestions[0].code == made.codings[0].code for one, made in zip(first, coded, strict=False)]
    assert sum(right) >= 24


def test_themes_are_proposed_by_the_chosen_encoder_alone(chosen: Path, comments: list[Comment]) -> None:
    alone = OnnxEncoder(chosen)

    assert proposing_encoder().name == alone.name
    assert discover_themes(comments) == discover_themes(comments, encoder=alone)
    assert discover_themes(comments) != discover_themes(comments, encoder=default_encoder())


@pytest.mark.usefixtures("chosen")
def test_themes_are_named_by_the_one_that_ships_whichever_proposed_them(
    folder: Path, comments: list[Comment], read: Counter[str]
) -> None:
    choose_encoder(folder)
    terms = {term for one in discover_themes(comments) for term in one.terms}

    assert read
    assert terms
    assert not terms & read.keys()


@pytest.mark.usefixtures("chosen")
def test_what_was_read_to_propose_themes_is_not_read_again_to_code(
    folder: Path, comments: list[Comment], themes: list[Theme], read: Counter[str]
) -> None:
    choose_encoder(folder)
    discover_themes(comments)
    before = read.total()
    code_comments(comments, themes)

    assert 0 < before < read.total()
    assert max(read.values()) == 1


def test_for_very_many_comments_it_is_used_only_where_an_operator_named_it(chosen: Path) -> None:
    more = MOST_FOR_SENTENCES + 1
    named = default_encoder(more).name
    choose_encoder(chosen, named=False)

    assert named == default_encoder(MOST_FOR_SENTENCES).name == f"{WORDLLAMA} + {OnnxEncoder(chosen).name}"
    assert default_encoder(more).name == proposing_encoder(more).name == WORDLLAMA


def test_the_command_says_which_encoder_is_used_and_what_is_wrong_with_a_folder(tmp_path: Path) -> None:
    def run(*words: str) -> tuple[int, str]:
        result = CliRunner().invoke(theming_group, words)
        return result.exit_code, result.output

    source = tmp_path / "in.csv"
    source.write_text("id,question,text\n1,q,The bus is late\n")
    alone, beside = run("encoder"), run("encoder", "--encoder", str(TINY))
    unfit = run("discover", str(source), str(tmp_path / "out.csv"), "--encoder", str(tmp_path))
    choose_encoder(None)

    assert alone == (
        0,
        f"Encoder: {WORDLLAMA}\nEncoder of proposed themes: {WORDLLAMA}\nWeights: default\n",
    )
    assert f"Encoder: {WORDLLAMA} + tiny_encoder " in beside[1]
    assert "Encoder of proposed themes: tiny_encoder " in beside[1]
    assert unfit == (2, f"Error: the encoder in {tmp_path} cannot be used: it has no model.onnx\n")
    assert not (tmp_path / "out.csv").exists()
