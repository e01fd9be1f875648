"""The catalogues of app/translations, made from the sources: new texts come in untranslated, old ones go.

`make translations` does it for every language that is there; `make translations LANGUAGE=ga` begins one.
"""

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
CATALOGUES = ROOT / "app" / "translations"
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
TEMPLATE = CATALOGUES / "messages.pot"
# What the public sees. The pages of officers are in English.
SOURCES = [
    ("app/public/**.py", "python"),
    ("app/rendering/**.py", "python"),
    ("app/web/**.py", "python"),
    ("templates/public/**.html", "jinja2"),
    ("templates/components/**.html", "jinja2"),
    ("templates/layouts/public.html", "jinja2"),
    ("templates/base.html", "jinja2"),
    ("templates/errors/**.html", "jinja2"),
    ("templates/paper/**.html", "jinja2"),
    ("templates/mail/**.txt", "jinja2"),
]
# The functions of app/rendering/words.py, as the templates and the modules call them.
ONE = dict.fromkeys(("_", "_t", "said", "plain", "marked", "later"))
COUNTED = dict.fromkeys(("_n", "said_of"), (1, 2))
OPTIONS: dict[str, dict[str, Any]] = {
    pattern: {"extensions": "jinja2.ext.do", "silent": "false"} for pattern, how in SOURCES if how == "jinja2"
}


def extracted() -> Catalog:
    """Every text of the sources, in alphabetical order."""
    catalog = _empty()
    found = {text for text in _texts() if text}
    for text in sorted(found, key=str):
        catalog.add(text)
    return catalog


def _empty(language: str | None = None) -> Catalog:
    return Catalog(locale=language, fuzzy=False, creation_date=NEVER, revision_date=NEVER)


def _texts() -> Iterator[Any]:
    for _file, _line, text, _comments, _context in extract_from_dir(
        ROOT, SOURCES, OPTIONS, keywords={**ONE, **COUNTED}, directory_filter=lambda path: ".venv" not in path
    ):
        yield text


def catalogue(language: str) -> Catalog:
    path = po_path(language)
    if not path.exists():
        return _empty(language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def languages() -> list[str]:
    return sorted(path.parents[1].name for path in CATALOGUES.glob("*/LC_MESSAGES/messages.po"))


def po_path(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "messages.po"


def as_po(catalog: Catalog) -> str:
    """Its header has no dates and no names, so that nothing differs from one run to the next."""
    file = io.BytesIO()
    write_po(file, catalog, width=0, no_location=True, omit_header=True, ignore_obsolete=True)
    return _header(catalog) + file.getvalue().decode()


def _header(catalog: Catalog) -> str:
    lines = ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
    if catalog.locale is not None:
        lines += [f"Language: {catalog.locale}", f"Plural-Forms: {catalog.plural_forms}"]
    return 'msgid ""\nmsgstr ""\n' + "".join(f'"{line}\\n"\n' for line in lines) + "\n"


def compiled(catalog: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalog)
    return file.getvalue()


def brought_up_to_date(language: str) -> Catalog:
    """The catalogue with the texts of the sources, each with the translation that it had."""
    had, new = catalogue(language), _empty(language)
    for message in extracted():
        if message.id:
            new.add(message.id, _translation(had.get(message.id), message))
    return new


def _translation(had: Message | None, message: Message) -> Any:
    return had.string if had is not None and had.string else message.string


def main(wanted: str) -> None:
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_text(as_po(extracted()), encoding="utf-8")
    for language in sorted({*languages(), *([wanted] if wanted else [])}):
        catalog = brought_up_to_date(language)
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(as_po(catalog), encoding="utf-8")
        path.with_suffix(".mo").write_bytes(compiled(catalog))
        done = sum(bool(message.id) and bool(any(_strings(message))) for message in catalog)
        sys.stdout.write(f"{language}: {done} of {len(catalog)} texts are translated\n")


def _strings(message: Message) -> tuple[Any, ...]:
    return tuple(message.string) if isinstance(message.string, tuple | list) else (message.string,)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
