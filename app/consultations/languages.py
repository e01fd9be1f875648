"""A consultation's texts in a language of the page; where one is not translated, its own words, marked."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

TextKey = tuple[uuid.UUID, str]  # which row, which field


class InOwnLanguage(str):
    """Text on a page of another language. Escaped into HTML it says which, to be read aloud right."""

    language: str

    def __new__(cls, text: str, language: str) -> "InOwnLanguage":
        made = super().__new__(cls, text)
        made.language = language
        return made

    def __html__(self) -> str:
        return Markup('<span lang="{}">{}</span>').format(self.language, str(self))


def in_language_of(own: str, words: str) -> str:
    """`words` made of a consultation's own text know their language as that text does."""
    return InOwnLanguage(words, own.language) if isinstance(own, InOwnLanguage) else words


@dataclass(frozen=True)
class Texts:
    """`own` is the language that the consultation is written in, `language` that of the page."""

    own: str
    language: str
    found: Mapping[TextKey, str] = field(default_factory=dict)

    @property
    def translates(self) -> bool:
        return self.language != self.own

    def of(self, row_id: uuid.UUID, name: str, text: str) -> str:
        if not text or not self.translates:
            return text
        translated = self.found.get((row_id, name))
        return InOwnLanguage(text, self.own) if translated is None else translated

    def of_optional(self, row_id: uuid.UUID, name: str, text: str | None) -> str | None:
        return self.of(row_id, name, text) if text else text
