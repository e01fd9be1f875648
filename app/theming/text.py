"""Words: as people wrote them for reading, as stems for matching. Never the other way round."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from nltk.stem.snowball import SnowballStemmer
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS
from stop_words import get_stop_words

from app.theming.plain import squash
from app.theming.wordlists import word_list

__all__ = [
    "Word", "all_stems", "content_stems", "is_stop_word", "squash", "stable_order", "stem", "stemmed_phrase",
    "stop_words", "word_texts", "words",
]  # fmt: skip
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|\d[\d,.]*\d|\d")
_LONGEST_WORD: Final = 40
_TEXTS_KEPT: Final = 4_096  # texts whose words are kept at hand: those of a block are asked for many times


class Word(NamedTuple):
    """A word of a text with its place, in code points."""

    text: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Words and numbers of `text` in order; letters of any alphabet."""
    for match in _WORD.finditer(text):
        yield Word(match.group(), match.start(), match.end())


def word_texts(text: str) -> Sequence[str]:
    """The words of `text` as written."""
    return _words_of(text)


@lru_cache(maxsize=_TEXTS_KEPT)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text))


@lru_cache(maxsize=_TEXTS_KEPT)
def _stems_of(text: str) -> tuple[str, ...]:
    return tuple(map(stem, _words_of(text)))


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """Words that say nothing about a subject, lower case: scikit-learn's list and the contractions of the
    package stop-words, without the nouns that search engines drop."""
    contractions = {word.replace("’", "'") for word in get_stop_words("en") if "'" in word or "’" in word}
    listed = (
        set(ENGLISH_STOP_WORDS)
        | contractions
        | {word.replace("'", "") for word in contractions}
        | word_list("spoken")
    )
    return frozenset(listed - word_list("subjects"))


@lru_cache(maxsize=1)
def _stemmer() -> SnowballStemmer:
    return SnowballStemmer("english")


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    return dict(pair.split(" ") for pair in word_list("irregular"))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Snowball's English stem of one word; a word longer than any real one is cut, not stemmed."""
    plain = word.casefold().replace("’", "'")
    plain = _irregular().get(plain, plain)
    return str(_stemmer().stem(plain)) if len(plain) <= _LONGEST_WORD else plain[:_LONGEST_WORD]


@lru_cache(maxsize=200_000)
def is_stop_word(word: str) -> bool:
    """Whether `word` says nothing about a subject; single letters say nothing."""
    plain = word.casefold().replace("’", "'")
    return len(plain) < 2 or plain in stop_words()


def content_stems(text: str) -> list[str]:
    """Stems of the words of `text` that are not stop words, in order. Numbers are kept."""
    return list(filter(None, map(_content_stem, _words_of(text))))


@lru_cache(maxsize=200_000)
def _content_stem(word: str) -> str:
    """The stem of a word that is no stop word; nothing for one that is."""
    return "" if is_stop_word(word) else stem(word)


def all_stems(text: str) -> tuple[str, ...]:
    """Stems of every word of `text`, in order."""
    return _stems_of(text)


def stemmed_phrase(phrase: str) -> tuple[str, ...]:
    """A cue of one or several words as the stems to look for."""
    return all_stems(phrase)


def stable_order(keys: Iterable[tuple[str, ...]]) -> list[int]:
    """Positions of `keys` in sorted order: what makes results independent of the order of the input."""
    listed = list(keys)
    return sorted(range(len(listed)), key=lambda index: listed[index])
