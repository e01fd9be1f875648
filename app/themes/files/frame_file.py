"""Reading a coding frame from a table, as the export of the frame and `flask theming code` have it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from app.themes.files.sheet import FileProblem, Lines, check_header, read_sheet

NEEDED: Final = ("code", "label")
TEXTS: Final = ("definition", "include", "exclude", "example", "support_means", "typical_stance")
CUES: Final = "cue_words"
BY_CODE, BY_LABEL = "net", "group"  # how a row names its section
KNOWN: Final = (*NEEDED, *TEXTS, CUES, "level", BY_CODE, BY_LABEL, "merged_into", "retired")
MOST_ROWS: Final = 500
SEPARATOR: Final = ";"


@dataclass(frozen=True)
class FrameRow:
    """`values`: of the columns that the file has. `section`: None where the file says nothing of sections;
    a label where it `names_section`, else a code."""

    line: int
    code: str
    is_section: bool
    section: str | None
    names_section: bool
    values: Mapping[str, Any]

    def as_json(self) -> list[Any]:
        return [
            self.line, self.code, self.is_section, self.section, self.names_section, dict(self.values),
        ]  # fmt: skip

    @classmethod
    def from_json(cls, value: Any) -> "FrameRow":
        """Raises ValueError: it comes back from a page."""
        try:
            line, code, is_section, section, names, values = value
            known = {name: values[name] for name in ("label", *TEXTS) if name in values}
            if not all(isinstance(one, str) for one in (code, section or "", *known.values())):
                raise TypeError
            if CUES in values:
                known[CUES] = [str(word) for word in values[CUES]]
            known["label"]  # must be there
            return cls(int(line), code, bool(is_section), section, bool(names), known)
        except (TypeError, ValueError, KeyError, AttributeError) as problem:
            raise ValueError("not rows of a frame") from problem


@dataclass(frozen=True)
class FrameFile:
    """`gone`: how many rows are of themes that were merged or retired; they say nothing."""

    rows: tuple[FrameRow, ...]
    gone: int = 0
    notes: tuple[str, ...] = field(default=())


def read_frame_file(content: bytes) -> FrameFile:
    """Raises FileProblem."""
    return read_sheet(content, NEEDED, _gathered)


def _gathered(names: Sequence[str], lines: Lines, notes: tuple[str, ...]) -> FrameFile:
    check_header(names, NEEDED, KNOWN)
    places = {name: names.index(name) for name in KNOWN if name in names}
    rows: list[FrameRow] = []
    gone = 0
    for line, cells in lines:
        one = {name: _text(cells[place]) if place < len(cells) else "" for name, place in places.items()}
        if not any(one.values()):
            continue
        if one.get("merged_into") or one.get("retired", "").casefold() == "yes":
            gone += 1
            continue
        if len(rows) >= MOST_ROWS:
            raise FileProblem(f"The file has more than {MOST_ROWS} themes. Is it the frame?")
        rows.append(_row(line, one))
    if not rows:
        raise FileProblem("No row of the file has a theme.")
    return FrameFile(tuple(rows), gone, notes)


def _text(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\0", "").strip()


def _row(line: int, one: Mapping[str, str]) -> FrameRow:
    values: dict[str, Any] = {name: one[name] for name in TEXTS if name in one}
    values["label"] = " ".join(one["label"].split())
    if CUES in one:
        words = (" ".join(word.split()) for word in one[CUES].split(SEPARATOR))
        values[CUES] = list(dict.fromkeys(word for word in words if word))
    by = next((name for name in (BY_CODE, BY_LABEL) if name in one), None)
    is_section = one.get("level", "").casefold() == "net"
    section = None if by is None or is_section else " ".join(one[by].split())
    return FrameRow(line, one["code"], is_section, section, by == BY_LABEL, values)
