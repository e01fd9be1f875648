"""The benchmarks of the theming engine, one after the other: JSON lines as they come, then a table.

    make bench-theming [PARTS="discover naming"] [JSON=figures.json]

Without PARTS all of them are run, about an hour on two cores, one process at a time. Each part is a command
of its own that can be run alone; `--list` prints them. The lines, with the part and the date, are also
written to JSON as one list. BENCH_DATA points at the data.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "measure": ("theming_bench.py", "measure"),
    "naming": ("theming_naming.py",),
    "folds": ("theming_folds.py",),
    "triage": ("theming_triage.py",),
    "learning": ("theming_learning.py",),
    "next": ("theming_next.py", "20"),
    "campaigns-10000": ("theming_scale.py", "campaigns", "10000"),
    "campaigns-100000": ("theming_scale.py", "campaigns", "100000"),
    "discover-10000": ("theming_scale.py", "discover", "10000"),
    "discover-100000": ("theming_scale.py", "discover", "100000", "2"),
    "code-10000": ("theming_scale.py", "code", "10000"),
    "code-100000": ("theming_scale.py", "code", "100000", "2"),
    "peers": ("peers.py",),
}
ABOUT: Final = {
    "measure": "discovery on each set, coding with the shipped weights, campaigns of the sample",
    "naming": "labels of discovered themes",
    "folds": "coding and stance in five folds by respondent",
    "triage": "triage on lines written for it",
    "learning": "time to learn at 5,000 codings",
    "next": "order of reading, 20 draws; doubtful codings",
    "campaigns-10000": "planted campaigns among 10,000 comments",
    "campaigns-100000": "the same among 100,000",
    "discover-10000": "time and memory of proposing themes",
    "discover-100000": "the same of 100,000 comments, on two processes",
    "code-10000": "time and memory of coding",
    "code-100000": "the same of 100,000 comments, on two processes",
    "peers": "BERTopic beside ours, given the same vectors",
}
Line = dict[str, Any]


def run(part: str) -> Iterator[Line]:
    """The lines that one part prints, each with the part's name. Raises CalledProcessError when it fails."""
    script, *arguments = PARTS[part]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE.parent), str(HERE)])}
    command = [sys.executable, str(HERE / script), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        for line in process.stdout or ():
            if line.startswith("{"):
                yield {"part": part, **json.loads(line)}
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)


def table(lines: Sequence[Line]) -> str:
    """One row a figure: part, what was measured, the figure's name, its value."""
    rows = [("part", "what", "figure", "value")]
    for line in lines:
        rows += [(line["part"], line["what"], name, value) for name, value in figures(line)]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def figures(line: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Names and values of a line; those within another with its name before theirs."""
    for name, value in line.items():
        if name in ("part", "what") and not prefix:
            continue
        if isinstance(value, dict):
            yield from figures(value, f"{prefix}{name} ")
        else:
            shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
            yield f"{prefix}{name}", shown


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all by default")
    parser.add_argument("--json", type=Path, help="a file for the lines as one JSON list")
    parser.add_argument("--list", action="store_true", help="print what there is and stop")
    chosen = parser.parse_args()
    if unknown := set(chosen.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    if chosen.list:
        print("\n".join(f"{name:18}{ABOUT[name]}" for name in PARTS))
        return
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    lines: list[Line] = []
    for part in chosen.parts or PARTS:
        for line in run(part):
            lines.append({**line, "date": datetime.now(UTC).date().isoformat(), "machine": machine})
            print(json.dumps(lines[-1]), flush=True)
    print(f"\n{table([{k: v for k, v in line.items() if k not in ('date', 'machine')} for line in lines])}")
    if chosen.json:
        chosen.json.write_text(json.dumps(lines, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
