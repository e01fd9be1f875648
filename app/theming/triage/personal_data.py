"""Possible personal data as spans of the text, by rules for the United Kingdom, for an officer to check:
names without a title or a lead, and nicknames, are missed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from app.theming.triage.rules import alternatives, rules

_LONGEST: Final = 100_000  # characters that are searched
_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}(?<![-.])")
_PHONE: Final = re.compile(
    r"(?<![\w+.,£$])(?:\+44[ -]?\(?0?\)?[ -]?|\((?=0\d{2,5}\))0|0)(?:\)?[ -]?\d){9,10}(?!\w)"
)
_POSTCODE: Final = re.compile(r"\b(?:[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|GIR ?0AA)\b")
_INWARD: Final = r"(?!1st|2nd|3rd|\dth)\d[abd-hjlnp-uw-z]{2}"  # the letters that postcodes end in
_VEHICLE: Final = re.compile(r"\b(?:[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{2}\d{2} [A-Z]{3})\b")
_INSURANCE: Final = re.compile(r"\b[A-CEGHJ-PR-TW-Z][A-NP-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b")
_CARD: Final = re.compile(r"(?<!\d)(?:\d{4}[ -]?){3}\d{4}(?!\d)|\b\d{2}-\d{2}-\d{2}\b(?= ?\d{8}\b)")
_UPPER: Final = "[A-ZÀ-ÖØ-Þ]"
_LOWER: Final = "[a-zß-öø-ÿ]"
_CAPITAL: Final = rf"(?:{_UPPER}['’]|Ma?c)?{_UPPER}{_LOWER}+(?:['’-]{_UPPER}?{_LOWER}+)*"
_NAME: Final = rf"{_CAPITAL}(?: (?:de |la |van |von |O['’])?{_CAPITAL}){{0,2}}"
_FULL_NAME: Final = rf"{_CAPITAL}(?: (?:de |la |van |von |O['’])?{_CAPITAL}){{1,2}}"
_WITH_INITIALS: Final = rf"(?:{_UPPER}\.? ?){{0,3}}{_CAPITAL}(?: {_CAPITAL}){{0,2}}"
_ORDER: Final = ("email", "phone", "bank", "insurance", "postcode", "vehicle", "address", "name", "health")


@dataclass(frozen=True, order=True)
class PersonalData:
    """A possible piece of personal data: `text[start:end]`, in code points."""

    start: int
    end: int
    kind: str


def find_personal_data(text: str) -> tuple[PersonalData, ...]:
    """Possible personal data in order and without overlap; kinds are those of `_ORDER`."""
    taken: list[PersonalData] = []
    for kind in _ORDER:
        for start, end in _found(kind, text[:_LONGEST]):
            if start < end and not any(start < other.end and other.start < end for other in taken):
                taken.append(PersonalData(start, end, kind))
    return tuple(sorted(taken))


def _found(kind: str, text: str) -> Iterator[tuple[int, int]]:
    for pattern in _patterns()[kind]:
        for match in pattern.finditer(text):
            group = "it" if "it" in pattern.groupindex else 0
            if kind != "name" or _is_name(match.group(group)):
                yield match.span(group)


def _is_name(words: str) -> bool:
    """Whether words with capitals after a lead are not the start of a sentence or the name of an office."""
    return not set(words.split()) & set(rules()["not_names"])


@lru_cache(maxsize=1)
def _patterns() -> dict[str, list[re.Pattern[str]]]:
    return {
        "email": [_EMAIL],
        "phone": [_PHONE],
        "bank": [_CARD],
        "insurance": [_INSURANCE],
        "postcode": [_POSTCODE, _small_postcode()],
        "vehicle": [_VEHICLE, re.compile(r"\b[A-Z]{2}\d{2} ?[A-Z]{3}\b")],
        "address": _addresses(),
        "name": _names(),
        "health": [_health()],
    }


def _small_postcode() -> re.Pattern[str]:
    """A postcode in small or mixed letters: of an area that there is, so that a bus at 7pm is none."""
    areas = alternatives(rules()["postcode_areas"])
    begins = r"(?=[a-z]{1,2}\d)"  # tried at every word: most end here, before the 124 areas
    return re.compile(rf"(?i)\b{begins}(?:{areas})\d[a-z\d]?\s?{_INWARD}\b")


def _addresses() -> list[re.Pattern[str]]:
    street, house = alternatives(rules()["street_words"]), alternatives(rules()["house_words"])
    place = rf"(?:, {_CAPITAL}(?: {_CAPITAL}){{0,2}}){{0,2}}"
    units = alternatives(rules()["unit_words"])
    unit = rf"\b(?:{units}) \d+[a-zA-Z]?, (?:{_CAPITAL} ){{1,2}}(?:{street}|{house})\b{place}"
    before = rf"(?:(?:{units}) \d+[a-zA-Z]?,? )?(?:(?:{_CAPITAL} ){{1,2}}(?:{house}), )?"
    numbered = rf"\b{before}\d{{1,4}}[a-zA-Z]?,? (?:{_CAPITAL} ){{1,3}}(?:{street})\b{place}"
    named = rf"\b(?:The )?(?:{_CAPITAL} ){{1,2}}(?:{house}), (?:{_CAPITAL} ){{0,2}}{_CAPITAL}{place}"
    number = rf"\bnumber \d{{1,4}} (?:{_CAPITAL} ){{1,3}}(?:{street})\b"
    return [re.compile(pattern) for pattern in (unit, numbered, named, number)]


def _names() -> list[re.Pattern[str]]:
    titles = alternatives(rules()["titles"])
    patterns = [rf"\b(?:{titles})\.?(?: and (?:{titles})\.?)? {_NAME}"]
    endings, relations = "|".join(rules()["sign_offs"]), alternatives(rules()["relations"])
    signed = rf"(?P<it>(?:(?:{titles})\.? )?{_WITH_INITIALS})[.!]?\s*$"
    patterns.append(rf"(?i:\b(?:{endings}))\s*[,:.-]?\s+{signed}")
    patterns.append(rf"(?i:\b(?:my|our) (?:{relations})),? (?P<it>{_NAME})")
    patterns.append(rf"(?m)^(?:Name|Signed): (?P<it>{_FULL_NAME})")
    for lead in rules()["name_leads"]:
        # After a weak lead, or one that people also write before other things, a first and a last name.
        kind = _NAME if lead in rules()["strong_leads"] else _FULL_NAME
        patterns.append(rf"(?i:\b{lead})\s+(?P<it>{kind})")
    patterns.append(rf"(?:^|[.\n] ?)(?P<it>{_FULL_NAME})(?=,? at number \d| next door| of \d{{1,4}} )")
    return [re.compile(pattern) for pattern in patterns]


def _health() -> re.Pattern[str]:
    """The statement in which somebody says what they or their own people have."""
    someone, condition = rules()["health"]["of_someone"], rules()["health"]["conditions"]
    return re.compile(
        rf"(?i)\b{someone}\b[^.!?\n]{{0,60}}?\b(?:{condition})\b(?:,? (?:and )?(?:an? )?(?:{condition})\b)*"
    )
