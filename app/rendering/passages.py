"""Passages of the document: paragraphs, lists of "- " lines and **bold**. Everything else is text."""

import re

from markupsafe import Markup, escape

from app.consultations.languages import InOwnLanguage

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
LIST_MARK = "- "


def passage(text: str) -> Markup:
    """Of a page in another language, it says which language it is in."""
    shown = _blocks(text)
    if isinstance(text, InOwnLanguage):
        return Markup('<div lang="{}">{}</div>').format(text.language, shown)
    return shown


def _blocks(text: str) -> Markup:
    blocks = [block.strip("\n") for block in _BLANK_LINE.split(text.strip())]
    return Markup("\n").join(_block(block) for block in blocks if block)


def _block(block: str) -> Markup:
    lines = block.split("\n")
    if all(line.startswith(LIST_MARK) for line in lines):
        items = Markup("").join(Markup("<li>{}</li>").format(_inline(line[2:])) for line in lines)
        return Markup('<ul class="govuk-list govuk-list--bullet">{}</ul>').format(items)
    return Markup('<p class="govuk-body">{}</p>').format(_inline(" ".join(lines)))


def _inline(text: str) -> Markup:
    """Escaped first, so that the only tags are ours."""
    return Markup(_BOLD.sub(r"<strong>\1</strong>", str(escape(text))))  # noqa: S704 - escaped just before
