"""Handling codes of one comment, by rules on its words."""

import re
from functools import lru_cache
from typing import Final

from app.theming.points import split_points
from app.theming.text import squash, word_texts
from app.theming.triage.rules import any_of, rules

_LONGEST: Final = 20_000  # characters that the rules read
_NO_VOWEL: Final = re.compile("[bcdfghjklmnpqrstvwxz]{4,}")


@lru_cache(maxsize=50_000)
def is_substantive(text: str) -> bool:
    """Whether there is anything to code: neither empty, nor "n/a", nor only a pointer to another answer."""
    return not says_nothing(text) and not refers_elsewhere(text)


def says_nothing(text: str) -> bool:
    """Empty, a test, signs only, or words that decline to answer."""
    plain = squash(text[:_LONGEST])
    if not any(character.isalnum() for character in plain):
        return True
    return len(plain) < 120 and any_of("no_substance", whole=True).match(plain) is not None


def refers_elsewhere(text: str) -> bool:
    """Points to another answer, letter or attachment, and says little else."""
    plain = squash(text[:_LONGEST])
    return (
        len(plain.split()) <= rules()["refers_words"] and any_of("refers_elsewhere").search(plain) is not None
    )


def is_off_topic(text: str) -> bool:
    """A request to a service desk, or an advertisement."""
    plain = squash(text[:_LONGEST])
    if re.search(rules()["spam_raw"], text[:_LONGEST]):
        return True
    return len(plain.split()) <= rules()["off_topic_words"] and any_of("off_topic").search(plain) is not None


def is_unclear(text: str) -> bool:
    """Illegible in part, cut off, or no words of any language."""
    plain = squash(text[:_LONGEST])
    if any_of("unclear").search(plain):
        return True
    return _is_cut_off(text) or _is_gibberish(plain)


def _is_cut_off(text: str) -> bool:
    ending = text.rstrip()[-30:]
    listed = word_texts(ending)
    if len(word_texts(text[:_LONGEST])) < 6 or not listed or not ending.endswith(listed[-1]):
        return False
    return listed[-1].casefold() in rules()["cut_off"]


def _is_gibberish(plain: str) -> bool:
    """Several words of which one is only consonants or a key-mash, in a text with no sentence."""
    listed = plain.split()
    mashed = [word for word in listed if _NO_VOWEL.fullmatch(word)]
    keys = [word for word in listed if re.search("asdf|sdfg|qwer|zxcv|hjkl", word)]
    return len(listed) <= 12 and bool(keys or (mashed and len(mashed) * 3 >= len(listed)))


def asks_question(text: str) -> bool:
    """Ends by asking something; most questions before that are for effect, and some of these are too."""
    spans = split_points(text[:_LONGEST])
    return bool(spans) and _is_question(text[spans[-1].start : spans[-1].end])


def _is_question(point: str) -> bool:
    listed = [word.casefold() for word in word_texts(point)]
    if "?" not in point or len(listed) < 3:
        return False
    return any(word in rules()["question_words"] for word in listed[:3])
