"""Compare two codings of the same comments: two coders, or two runs."""

from pathlib import Path
from typing import Any

from app.themes.files.reading import FileProblemError, read_rows
from app.themes.files.writing import as_json, write_all
from app.theming.check import ThemeAgreement, agreement, compare_runs

Codes = dict[str, set[str]]


def check_files(first: Path, second: Path, target: Path) -> None:
    """Write how far two coders agree, overall and for each theme. Raises FileProblemError."""
    found = agreement(read_codes(first), read_codes(second))
    overall = {
        "theme": None, "comments": found.comments, "f1": _short(found.f1), "low": _short(found.low),
        "high": _short(found.high), "alpha": _short(found.alpha),
    }  # fmt: skip
    write_all({target: as_json([overall, *(_record(one) for one in found.themes)])})


def compare_files(before: Path, after: Path, target: Path) -> None:
    """Write what a second run assigns anew and no longer, theme by theme. Raises FileProblemError."""
    old, new = read_codes(before), read_codes(after)
    change = compare_runs(old, new)
    records = []
    for code in sorted({code for codes in (*old.values(), *new.values()) for code in codes}):
        added = [ident for ident, theme in change.added if theme == code]
        removed = [ident for ident, theme in change.removed if theme == code]
        kept = sum(code in codes for codes in old.values()) - len(removed)
        stable = kept / (kept + len(added) + len(removed))
        records.append(
            {"theme": code, "kept": kept, "added": added, "removed": removed, "stable": _short(stable)}
        )
    write_all({target: as_json(records)})


def read_codes(path: Path) -> Codes:
    """Codes of each comment: from a file with id and label, or what `code` wrote, where assigned is 1.
    Raises FileProblemError."""
    rows = read_rows(path, ("id",))
    if "label" in rows[0]:
        return {row["id"]: {code.strip() for code in row["label"].split("|") if code.strip()} for row in rows}
    if not {"code", "assigned"} <= rows[0].keys():
        raise FileProblemError(f"{path}: has neither a column label nor the columns code and assigned.")
    found: Codes = {}
    for row in rows:
        found.setdefault(row["id"], set()).update({row["code"]} if row["assigned"] == "1" else ())
    return found


def _record(one: ThemeAgreement) -> dict[str, Any]:
    return {
        "theme": one.code, "first": one.first, "second": one.second, "both": one.both,
        "kappa": _short(one.kappa), "f1": _short(one.f1),
    }  # fmt: skip


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
