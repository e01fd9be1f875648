#!/usr/bin/env bash
# Makes .venv and installs a requirements file into it, once: the stamp names the file's hash.
# Usage: tools/setup.sh requirements.txt
set -euo pipefail
cd "$(dirname "$0")/.."

requirements=$1
stamp=.venv/installed-$(basename "$requirements" .txt)
want=$(sha256sum "$requirements")
if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$want" ]; then
    exit 0
fi

# An environment whose Python has gone, or that was half made, is made anew.
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    python=$(tools/python-for-setup.sh)
    echo "Making .venv with $("$python" --version)"
    rm -rf .venv
    "$python" -m venv .venv
fi
# --no-deps: the file names every package. Without it pip asks the index for "coverage[toml]" and takes a newer one.
echo "Installing the packages of $requirements: a few minutes the first time"
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-input --no-deps --require-hashes -r "$requirements"
echo "$want" >"$stamp"
