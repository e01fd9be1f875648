"""A PDF as a screen reader meets it: what it says of itself, its tags, and its words."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf

_RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
_CHARACTER = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>")


class ReadPdf:
    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.root = self.pdf.Root

    @property
    def title(self) -> str:
        return str(self.pdf.docinfo["/Title"])

    @property
    def language(self) -> str:
        return str(self.root.Lang)

    @property
    def marked(self) -> bool:
        return bool(self.root.MarkInfo.Marked)

    def tags(self) -> list[str]:
        """The kinds of structure elements, in the order of reading."""
        return list(_tags(self.root.StructTreeRoot))

    def sizes(self) -> set[float]:
        """Of the letters, in points."""
        found = (pikepdf.parse_content_stream(page) for page in self.pdf.pages)
        fonts = (step.operands for page in found for step in page if str(step.operator) == "Tf")
        return {round(float(operands[1]) * 0.75, 1) for operands in fonts}

    def fonts(self) -> set[str]:
        """Names of those whose letters the pages show."""
        found = (font for page in self.pdf.pages for font in page.resources.get("/Font", {}).values())
        return {str(font.BaseFont).partition("+")[2] for font in found}

    def words(self) -> str:
        """Without spaces and lines, which are the layout's. Right-to-left words come reversed."""
        return "".join(self.pages())

    def pages(self) -> list[str]:
        return ["".join(_shown(page)).replace(" ", "") for page in self.pdf.pages]


def _tags(element: pikepdf.Object) -> Iterator[str]:
    if "/S" in element:
        yield str(element.S)
    children: Any = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and child.get("/Type") != "/OBJR":
            yield from _tags(child)


def _shown(page: pikepdf.Page) -> Iterator[str]:
    fonts = {name: _letters(font) for name, font in page.resources.get("/Font", {}).items()}
    letters: dict[int, str] = {}
    for step in pikepdf.parse_content_stream(page):
        operands: Any = step.operands
        operator = str(step.operator)
        if operator == "Tf":
            letters = fonts[str(operands[0])]
        elif operator in ("Tj", "TJ"):
            for piece in operands[0] if operator == "TJ" else operands:
                if isinstance(piece, pikepdf.String):
                    code = bytes(piece)
                    yield "".join(
                        letters.get(int.from_bytes(code[i : i + 2]), "") for i in range(0, len(code), 2)
                    )


def _letters(font: pikepdf.Object) -> dict[int, str]:
    cmap = font.ToUnicode.read_bytes()
    found: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, text in _CHARACTER.findall(block):
            found[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be", errors="replace")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, text in _RANGE.findall(block):
            for at in range(int(first, 16), int(last, 16) + 1):
                found[at] = chr(int(text, 16) + at - int(first, 16))
    return found
