"""The plainest form of a text. Only the standard library, so that a web process can use it."""

import re
import unicodedata


def squash(text: str) -> str:
    """`text` for comparing: compatibility forms, case folded, punctuation and spacing as single spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(re.findall(r"[\w']+", folded))
