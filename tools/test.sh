#!/usr/bin/env bash
# Runs pytest on SQLite and PostgreSQL. Its summary is the last line: the throw-away cluster goes in silence.
# Usage: tools/test.sh [arguments for pytest]
set -euo pipefail
cd "$(dirname "$0")/.."

export LC_ALL=C.UTF-8
arguments=("$@")
[ ${#arguments[@]} -gt 0 ] || arguments=(-n 3 --dist loadgroup)
if [ -n "${TEST_DATABASE_URL:-}" ]; then
    exec .venv/bin/python -m pytest "${arguments[@]}"
fi

told=$(mktemp)
trap 'rm -f "$told"' EXIT
status=0
exec 3>&1
# -t: a cluster in a temporary folder, so that two runs on one machine do not meet.
pg_virtualenv -t bash -c 'touch "$0.started"; exec .venv/bin/python -m pytest "$@" >&3 2>&3' \
    "$told" "${arguments[@]}" </dev/null >"$told" 2>&1 || status=$?
if [ ! -e "$told.started" ]; then
    cat "$told" >&2
    echo "PostgreSQL could not be started for the tests." >&2
fi
rm -f "$told.started"
exit "$status"
