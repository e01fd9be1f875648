"""Which language a text is in, from the words that every sentence needs and its letters.

The small words (of the package stop-words) say which language to think of. Many are also on the English list,
so that they need not be many more than there: what decides is how many of all the words, in simplemma's
dictionary (Barbaresi), are English; that has a good many of other languages too. Short texts are taken as
English: four words cannot tell.
"""

import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Final

from simplemma import is_known
from stop_words import get_stop_words

from app.theming.text import word_texts

ENGLISH: Final = "en"
UNKNOWN: Final = "und"
_LANGUAGES: Final = (
    "en",
    "pl",
    "fr",
    "de",
    "es",
    "it",
    "pt",
    "nl",
    "ro",
    "cs",
    "sk",
    "hu",
    "sv",
    "da",
    "tr",
    "id",
    "cy",
)
# The package has no Welsh: its commonest words that are no English words.
_WELSH: Final = frozenset({
    "mae", "mae'r", "yn", "yr", "ac", "nid", "nad", "oes", "ar", "o'r", "i'r", "a'r", "y'r", "â'r",
    "ei", "eu", "eich", "ein", "ni", "chi", "nhw", "hi", "fe", "gan", "gyda", "hefyd", "hyn", "hwn",
    "hon", "wedi", "bod", "fod", "roedd", "oedd", "bydd", "byddai", "dylai", "dylid", "gall", "ond",
    "fel", "sydd", "sy'n", "rydym", "rydw", "dw", "i'n", "mwy", "llai", "neu", "felly", "drwy", "heb",
    "rhag", "dros", "cael", "angen", "yma", "yno", "dyma",
})  # fmt: skip
_LATIN: Final = "LATIN"
_SCRIPTS: Final = {
    "ARABIC": "ar", "CYRILLIC": "ru", "GREEK": "el", "HEBREW": "he", "CJK": "zh", "HIRAGANA": "ja",
    "KATAKANA": "ja", "HANGUL": "ko", "BENGALI": "bn", "GURMUKHI": "pa", "DEVANAGARI": "hi", "TAMIL": "ta",
    "THAI": "th", "GUJARATI": "gu",
}  # fmt: skip
_FEWEST: Final = 5  # words, for a text in Latin letters
_READ: Final = 200  # words of a text that are looked at
_LEAST: Final = 0.1  # share of the words that are small words of a language, for it to be thought of
_MOST_KNOWN: Final = 0.7  # share of the words that the English dictionary has, of a text in another language


def detect_language(text: str) -> str:
    """An ISO 639-1 code; "en" for texts too short to tell, "und" for one that is no language we know."""
    script = _script(text)
    if script not in (None, _LATIN):
        return _SCRIPTS.get(script or "", UNKNOWN)
    listed = [word.casefold().replace("’", "'") for word in word_texts(text)[:_READ]]
    listed = [word for word in listed if not word[0].isdigit()]
    if len(listed) < _FEWEST:
        return ENGLISH
    shares = {language: _share(listed, language) for language in _LANGUAGES}
    best = max(_LANGUAGES, key=lambda language: shares[language])
    if best == ENGLISH or shares[best] < _LEAST:
        return ENGLISH
    return best if _known(listed, ENGLISH) < _MOST_KNOWN else ENGLISH


def _script(text: str) -> str | None:
    """The script of most letters, by the first word of their Unicode names; None without letters."""
    sample = [character for character in text[:2000] if character.isalpha()]
    names = Counter(unicodedata.name(character, "UNKNOWN").split(" ")[0] for character in sample)
    return names.most_common(1)[0][0] if names else None


@lru_cache(maxsize=len(_LANGUAGES))
def _stop_words(language: str) -> frozenset[str]:
    """Those of more than one letter."""
    if language == "cy":
        return _WELSH
    return frozenset(word for word in get_stop_words(language) if len(word) > 1)


def _share(words: list[str], language: str) -> float:
    """Of the words, those that are stop words of the language."""
    return sum(word in _stop_words(language) for word in words) / len(words)


def _known(words: list[str], language: str) -> float:
    return sum(is_known(word, lang=language) for word in words[:60]) / min(60, len(words))
