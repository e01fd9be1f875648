"""PDFs that are the same for everyone, kept as files under the digest of what they are made from."""

import hashlib
import os
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path

from app.rendering.pdf import made_in_turn, turn

MOST_KEPT = 100


def kept_pdf(html: str, *, folder: Path) -> bytes:
    """A new version of the document, a moved date or a changed template is another text, so another file."""
    path = folder / f"{_digest(html)}.pdf"
    return _read(path) or _made(html, path)


def _made(html: str, path: Path) -> bytes:
    with turn():
        made = _read(path)  # by whoever had the turn before
        if made is None:
            made = made_in_turn(html)
            _keep(made, path)
        return made


def _digest(html: str) -> str:
    return hashlib.sha256(f"{_engine()}\n{html}".encode(errors="replace")).hexdigest()


@cache
def _engine() -> str:
    return version("weasyprint")


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _keep(made: bytes, path: Path) -> None:
    """Under its name only when it is whole. The oldest go."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, written = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "wb") as file:
        file.write(made)
    Path(written).replace(path)
    by_age = sorted(path.parent.glob("*.pdf"), key=lambda one: one.stat().st_mtime, reverse=True)
    for old in by_age[MOST_KEPT:]:
        old.unlink(missing_ok=True)
