"""Triage on lines written for the purpose, many voices: recall and false finds of each kind.

    PYTHONPATH=. python benchmarks/theming_triage.py [FILE] [--list]

The file's head says how lines are marked. A passage counts as found when a find of the same kind has half of
it or more; a find that touches no passage of its kind is false. `--list` prints what was missed and what was
false: never use that on data/triage_lines.txt, for rules are not to be written from it.
"""

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.theming.triage.texts import triage_text

LINES: Final = Path(__file__).parent / "data" / "triage_lines.txt"
KINDS: Final = ("email", "phone", "postcode", "vehicle", "address", "name", "health")
NOTHING: Final = "no substance"
SAFETY: Final = "safeguarding"
_MARK: Final = re.compile(r"\[([a-z]+):([^\]]*)\]")


@dataclass(frozen=True)
class Line:
    text: str
    passages: tuple[tuple[str, int, int], ...]
    says_nothing: bool
    needs_care: bool


def read_lines(path: Path) -> list[Line]:
    rows = path.read_text(encoding="utf-8").splitlines()
    return [_line(row) for row in rows if row and not row.startswith("#")]


def _line(row: str) -> Line:
    text = row.removeprefix("~").removeprefix("*")
    passages = []
    while mark := _MARK.search(text):
        text = text[: mark.start()] + mark[2] + text[mark.end() :]
        passages.append((mark[1], mark.start(), mark.start() + len(mark[2])))
    return Line(text, tuple(passages), row.startswith("~"), row.startswith("*"))


def measure(path: Path, *, listed: bool) -> dict[str, Any]:
    lines = read_lines(path)
    counts = {kind: {"there": 0, "found": 0, "false": 0} for kind in (*KINDS, NOTHING, SAFETY)}
    for line in lines:
        triage = triage_text(line.text)
        finds = [(one.kind, one.start, one.end) for one in triage.personal_data]
        for kind in KINDS:
            mine = [passage for passage in line.passages if passage[0] == kind]
            made = [find for find in finds if find[0] == kind]
            hits = [one for one in mine if any(_overlap(one, find) * 2 >= one[2] - one[1] for find in made)]
            false = [find for find in made if not any(_overlap(one, find) for one in mine)]
            _add(counts[kind], len(mine), len(hits), len(false), line.text if listed else "", kind)
        for name, code, wanted in (
            (NOTHING, "ZZ01", line.says_nothing), (SAFETY, "ZZ11", line.needs_care),
        ):  # fmt: skip
            has = code in triage.handling
            _add(counts[name], wanted, wanted and has, has and not wanted, line.text if listed else "", name)
    return {"what": "triage", "file": path.name, "lines": len(lines), **_shares(counts, len(lines))}


def _overlap(one: tuple[str, int, int], other: tuple[str, int, int]) -> int:
    return max(0, min(one[2], other[2]) - max(one[1], other[1]))


def _add(count: dict[str, int], there: int, found: int, false: int, text: str, kind: str) -> None:
    count["there"] += there
    count["found"] += found
    count["false"] += false
    if text and (found < there or false):
        print(f"{kind} {'missed' if found < there else 'false'}: {text}")


def _shares(counts: dict[str, dict[str, int]], lines: int) -> dict[str, Any]:
    return {
        kind: {
            **count,
            "recall": round(count["found"] / max(1, count["there"]), 3),
            "precision": round(count["found"] / max(1, count["found"] + count["false"]), 3),
            "false_in_100_lines": round(100 * count["false"] / lines, 2),
        }
        for kind, count in counts.items()
    }


if __name__ == "__main__":
    named = [argument for argument in sys.argv[1:] if not argument.startswith("--")]
    print(json.dumps(measure(Path(named[0]) if named else LINES, listed="--list" in sys.argv)))
