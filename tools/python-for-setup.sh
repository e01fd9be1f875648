#!/usr/bin/env bash
# Prints a Python of 3.11 or later that can make a virtual environment, installing Debian's part if need be.
# With --missing it installs nothing, and prints the Debian packages that it would install.
set -euo pipefail

find_python() {
    for name in python3.11 python3 python3.12 python3.13; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

missing() {
    local python
    python=$(find_python)
    [ -n "$python" ] || echo python3
    [ -n "$python" ] && "$python" -c 'import venv, ensurepip' 2>/dev/null || echo python3-venv
}

packages=$(missing)
if [ "${1:-}" = --missing ]; then
    echo "$packages"
    exit 0
fi
# shellcheck disable=SC2086 # a list of names
[ -z "$packages" ] || "$(dirname "$0")/debian.sh" $packages >&2
find_python
