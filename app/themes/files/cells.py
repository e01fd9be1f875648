"""Cells of a spreadsheet as text, on their way out and back in."""

from typing import Any, Final

# Full-width forms are read as formulas by some versions of Excel.
DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def defused(text: str) -> str:
    """Text that could be run as a formula does not begin as one."""
    return f"'{text}" if text.startswith(DANGEROUS) or text.lstrip("' ").startswith(DANGEROUS) else text


def armed(text: str) -> str:
    """What stood there before `defused`."""
    return text[1:] if text.startswith("'") and defused(text[1:]) == text else text


def as_text(cell: Any) -> str:
    """12.0 is 12."""
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
