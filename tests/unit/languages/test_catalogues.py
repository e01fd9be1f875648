"""The catalogues hold what the sources say, and no translation loses what its text needs."""

import re
from collections import Counter
from typing import Any

import pytest
from babel.messages import Message

from tools.translations import (
    TEMPLATE,
    as_po,
    brought_up_to_date,
    catalogue,
    compiled,
    extracted,
    languages,
    po_path,
)

NEEDED = re.compile(r"%\(\w+\)s|</?\w+>")  # values that are filled in, and the tags of app/rendering/words.py
RUN = "run `make translations`"


def strings(text: Any) -> list[str]:
    return list(text) if isinstance(text, tuple | list) else [text]


def translated(language: str) -> list[Message]:
    return [one for one in catalogue(language) if one.id and any(strings(one.string))]


def test_the_template_holds_the_texts_of_the_sources() -> None:
    assert TEMPLATE.read_text(encoding="utf-8") == as_po(extracted()), RUN


@pytest.mark.parametrize("language", languages())
def test_a_catalogue_holds_the_texts_of_the_sources_and_no_other(language: str) -> None:
    assert po_path(language).read_text(encoding="utf-8") == as_po(brought_up_to_date(language)), RUN


@pytest.mark.parametrize("language", languages())
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    stored = po_path(language).with_suffix(".mo").read_bytes()

    assert stored == compiled(brought_up_to_date(language)), RUN


@pytest.mark.parametrize("language", languages())
def test_every_translation_keeps_the_values_and_the_tags_of_its_text(language: str) -> None:
    assert translated(language)
    for message in translated(language):
        for string in strings(message.string):
            needed = [Counter(NEEDED.findall(text)) for text in strings(message.id)]
            assert Counter(NEEDED.findall(string)) in needed, message.id


@pytest.mark.parametrize("language", languages())
def test_no_translation_begins_or_ends_with_a_space_that_its_text_has_not(language: str) -> None:
    for message in translated(language):
        for string in strings(message.string):
            assert string == string.strip()
            assert string[-1] == strings(message.id)[0][-1] or string[-1].isalnum(), message.id
