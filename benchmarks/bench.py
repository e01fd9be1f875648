"""The benchmarks, one after the other: JSON lines as they come, then a table.

    make bench [PARTS="naming closing-night"] [JSON=figures.json] [BENCH="--seconds 20"]

Without PARTS all of them are run, one process at a time: theming first, then the others. A part that fails is
said, the next ones are run all the same, and the exit status is 1. Each part is a command of its own that can
be run alone; `--list` prints them. The lines, with the part and the date, are also written to JSON, one list.

BENCH_DATA points at the data of theming. Its parts use the encoder that ships alone; those that end in
"-sentences" the better one, of THEMING_ENCODER or what `make setup` built. BENCH is for the night of closing.
"""

import argparse
import json
import os
import platform
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from bench_parts import GROUPS, PARTS, THEMING, Part

HERE: Final = Path(__file__).resolve().parent
BUILT: Final = HERE.parent / "build/minilm-l6"
POSTGRESQL: Final = ("pg_virtualenv", "-t", "-o", "fsync=on")
Line = dict[str, Any]


def measured(name: str) -> Iterator[Line]:
    """The lines that one part prints, and one that says so where it fails."""
    part = PARTS[name]
    environment = environment_of(name, part)
    if part.sentences and not Path(environment["THEMING_ENCODER"]).is_dir():
        yield {"part": name, "failed": "the better encoder is not built; make weights builds it"}
        return
    try:
        with subprocess.Popen(
            command_of(name, part), stdout=subprocess.PIPE, text=True, env=environment
        ) as process:
            for line in process.stdout or ():
                if line.startswith("{"):
                    yield {"part": name, **json.loads(line)}
        if process.returncode:
            yield {"part": name, "failed": f"exit status {process.returncode}; what it said is above"}
    except (OSError, ValueError) as problem:  # no such program, or a line that is not JSON
        yield {"part": name, "failed": str(problem)}


def command_of(name: str, part: Part) -> list[str]:
    script, *arguments = part.command
    if name == "closing-night":
        arguments += shlex.split(os.environ.get("BENCH", ""))
    before = POSTGRESQL if part.fsync and not os.environ.get("TEST_DATABASE_URL") else ()
    return [*before, sys.executable, str(HERE / script), *arguments]


def environment_of(name: str, part: Part) -> dict[str, str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent), str(HERE)])}
    if name in THEMING:
        encoder = os.environ.get("THEMING_ENCODER") or str(BUILT)
        environment["THEMING_ENCODER"] = encoder if part.sentences else ""
        environment.setdefault("OPENBLAS_NUM_THREADS", "2")
    return environment


def table(lines: Sequence[Line]) -> str:
    """One row a figure: part, what was measured, the figure's name, its value."""
    rows = [("part", "what", "figure", "value")]
    for line in lines:
        what = next((line[key] for key in ("what", "program", "database") if key in line), "")
        rows += [(line["part"], what, name, value) for name, value in figures(line)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def figures(line: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Names and values of a line; those within another with its name before theirs."""
    for name, value in line.items():
        if name in ("part", "what", "date", "machine") and not prefix:
            continue
        if isinstance(value, dict):
            yield from figures(value, f"{prefix}{name} ")
        else:
            shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            yield f"{prefix}{name}", shown


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    known = (*GROUPS, *PARTS)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(known)}; all by default")
    parser.add_argument("--json", type=Path, help="a file for the lines as one JSON list")
    parser.add_argument("--list", action="store_true", help="print what there is and stop")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(known):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    options.parts = [part for name in options.parts or GROUPS for part in GROUPS.get(name, (name,))]
    return options


def main() -> None:
    options = asked()
    if options.list:
        print("\n".join(f"{name:21}{PARTS[name].about}" for name in options.parts))
        return
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    lines: list[Line] = []
    try:
        for part in options.parts:
            for line in measured(part):
                lines.append({**line, "date": datetime.now(UTC).date().isoformat(), "machine": machine})
                print(json.dumps(lines[-1]), flush=True)
    finally:  # what there is by then, also after Ctrl-C
        print(f"\n{table(lines)}")
        if options.json:
            options.json.write_text(json.dumps(lines, indent=1) + "\n", encoding="utf-8")
    if failed := [line["part"] for line in lines if "failed" in line]:
        sys.exit(f"Failed: {', '.join(failed)}.")


if __name__ == "__main__":
    main()
