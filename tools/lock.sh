#!/usr/bin/env bash
# Compiles the requirements with hashes, for any machine, by uv in an environment of its own.
set -euo pipefail
cd "$(dirname "$0")/.."

python=$(tools/python-for-setup.sh)
[ -x build/lock/bin/uv ] || { "$python" -m venv build/lock && build/lock/bin/pip install --quiet uv; }
for name in requirements requirements-cluster requirements-dev; do
    build/lock/bin/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header \
        --output-file "$name.txt" "$name.in"
done
