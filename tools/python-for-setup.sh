#!/usr/bin/env bash
# Prints a Python of 3.11 or later that can make a virtual environment, installing Debian's part if need be.
set -euo pipefail

find_python() {
    for name in python3.11 python3 python3.12 python3.13; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
}

python=$(find_python)
if [ -z "$python" ]; then
    "$(dirname "$0")/debian.sh" python3 python3-venv >&2
    python=$(find_python)
fi
"$python" -c 'import venv, ensurepip' 2>/dev/null || "$(dirname "$0")/debian.sh" python3-venv >&2
echo "$python"
