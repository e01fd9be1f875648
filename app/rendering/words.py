"""The words of the public pages in the language of the page, from the catalogues in app/translations.

The English is in the source, and is the key. Where a page is in another language and the catalogue has no
translation, the English stands there and says that it is English.

A text may hold `<a>`, `<a2>`, `<strong>` and `<hidden>`: links to the addresses given as `a` and `a2`,
weight, and words for screen readers alone. So a sentence with a link in it stays one sentence to translate.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from pathlib import Path
from typing import Any, ParamSpec

from babel.support import NullTranslations, Translations
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

from app.consultations.languages import InOwnLanguage, Texts

ENGLISH = "en-GB"
TRANSLATIONS = Path(__file__).parents[1] / "translations"
TAGS = {
    "<strong>": "<strong>",
    "<hidden>": '<span class="govuk-visually-hidden">',
    "</hidden>": "</span>",
    "</a2>": "</a>",
}
LINK = '<a class="govuk-link" href="{}">'
TAG = re.compile("</?(?:a2?|strong|hidden)>")

Given = ParamSpec("Given")
_language: ContextVar[str] = ContextVar("page_language", default=ENGLISH)
_texts: ContextVar[Texts | None] = ContextVar("page_texts", default=None)


def page_language() -> str:
    """As HTML says it: en-GB, cy."""
    return _language.get()


def set_language(language: str, texts: Texts | None = None) -> None:
    """`texts` are those of the consultation that the page is about."""
    _language.set(language)
    _texts.set(texts)


def text_of(row: Any, name: str, text: str | None = None) -> str:
    """A text of the consultation in the language of the page. `text` where the row has no such field."""
    own, texts = str(getattr(row, name)) if text is None else text, _texts.get()
    return texts.of(row.id, name, own) if texts else own


@contextmanager
def speaking(language: str, texts: Texts | None = None) -> Iterator[None]:
    """`texts`, where given, are those of a consultation in that language."""
    before, texts_before = _language.set(language), _texts.set(texts or _texts.get())
    try:
        yield
    finally:
        _texts.reset(texts_before)
        _language.reset(before)


@cache
def catalogue(language: str) -> NullTranslations:
    return Translations.load(TRANSLATIONS, [language.replace("-", "_")])


def has_catalogue(language: str) -> bool:
    return language == ENGLISH or isinstance(catalogue(language), Translations)


def said(text: str, /, **values: Any) -> Markup:
    """For the content of an element."""
    language = page_language()
    if language == ENGLISH:
        return _filled(text, values)
    found = _translated(text, language)
    return _filled(text if found is None else found, values, is_english=found is None)


def plain(text: str, /, **values: Any) -> str:
    """For attributes, titles and mail, where no element can say which language it is."""
    language = page_language()
    found = text if language == ENGLISH else _translated(text, language) or text
    return TAG.sub("", found) % values if values else found


def marked(text: str, /, **values: Any) -> str:
    """As `plain`; where it stayed English it says so once it stands in an element."""
    found = plain(text, **values)
    return found if is_translated(text) else InOwnLanguage(found, ENGLISH)


def said_of(one: str, many: str, count: int, /, **values: Any) -> Markup:
    """`said` of a number, which the text holds as %(num)s."""
    text, is_english = _counted(one, many, count)
    return _filled(text, {"num": f"{count:,}", **values}, is_english=is_english)


def spoken(text: str, language: str) -> str:
    """A consultation's own text, which its catalogue does not hold, on a page of whatever language."""
    return text if language == page_language() else InOwnLanguage(text, language)


def is_translated(text: str) -> bool:
    """Whether `text` can be said in the language of the page."""
    return page_language() == ENGLISH or _translated(text, page_language()) is not None


def _translated(text: str, language: str) -> str | None:
    found = catalogue(language).gettext(text)
    return None if found == text else str(found)


def _counted(one: str, many: str, count: int) -> tuple[str, bool]:
    english, language = one if count == 1 else many, page_language()
    if language == ENGLISH:
        return english, False
    found = str(catalogue(language).ngettext(one, many, count))
    return found, found in (one, many)


def _filled(text: str, values: dict[str, Any], *, is_english: bool = False) -> Markup:
    markup = text
    for name in ("a", "a2"):
        if name in values:
            markup = markup.replace(f"<{name}>", LINK.format(_doubled(escape(values[name]))))
    for tag, html in TAGS.items():
        markup = markup.replace(tag, html)
    if is_english:
        values = {name: getattr(value, "english", value) for name, value in values.items()}
    filled = Markup(markup) % values if values else Markup(markup)  # noqa: S704 - texts of the source alone
    return Markup('<span lang="{}">{}</span>').format(ENGLISH, filled) if is_english else filled


def _doubled(address: str) -> str:
    """An address may hold a percent sign, which is no placeholder."""
    return address.replace("%", "%%")


class InBoth(str):
    """A date or a time in the language of the page, which is English within a text that stayed English."""

    english: str


def also_in_english(make: Callable[Given, str]) -> Callable[Given, str]:
    @wraps(make)
    def inside(*args: Given.args, **kwargs: Given.kwargs) -> str:
        if page_language() == ENGLISH:
            return make(*args, **kwargs)
        made = InBoth(make(*args, **kwargs))
        with speaking(ENGLISH):
            made.english = make(*args, **kwargs)
        return made

    return inside


class Later(LazyString):  # type: ignore[misc]
    """Words that are chosen when they are shown: of a form's field, or of a constant."""

    def __html__(self) -> str:
        return str(said(*self._args, **self._kwargs))

    def __mod__(self, values: Any) -> Any:
        return said(*self._args, **self._kwargs) % values

    def __deepcopy__(self, _memo: object) -> "Later":
        return self


def later(text: str, /, **values: Any) -> Any:
    return Later(plain, text, **values)


GLOBALS = {"_": said, "_t": plain, "_n": said_of, "page_language": page_language, "text_of": text_of}
