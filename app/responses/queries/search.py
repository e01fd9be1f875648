"""Full-text search over what officers may read of comments, the same on both databases.

A comment is found if it holds, for each word typed, a word that begins with it; words in double quotes must
stand one after the other, and so must the parts of "and/or". A plural also finds its singular. Decision 0080.
"""

import re
import unicodedata
import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, column, false, func, literal, literal_column, select, table
from sqlalchemy.types import Uuid

from app.database import session
from app.models import Comment

LONGEST_WORD = 60
MOST_TERMS = 20

# The characters of words; both indexes break the text at the same ones.
WORD = re.compile("[0-9a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff\u2c00-\u2fff\u3040-\ud7ff\uf900-\ufdff]+")
QUOTED_OR_NOT = re.compile('"([^"]*)"|([^"]+)')
SEVERAL = (("ies", "y"), ("sses", "ss"), ("uses", "us"), ("ches", "ch"), ("shes", "sh"), ("xes", "x"))

_index = table("comment_search", column("comment_id", Uuid()))


@dataclass(frozen=True)
class Term:
    """Words that stand one after the other, the last of which may go on; any of its `forms` will do."""

    forms: tuple[tuple[str, ...], ...]


def terms_of(typed: str) -> list[Term]:
    """What to look for; anything but words is dropped, so that no input is a syntax error."""
    terms: list[Term] = []
    for quoted, loose in QUOTED_OR_NOT.findall(typed):
        terms += [_term(words) for chunk in [quoted, *loose.split()] if (words := _words(chunk))]
    return list(dict.fromkeys(terms))[:MOST_TERMS]


def _term(words: list[str]) -> Term:
    return Term((tuple(words),)) if len(words) > 1 else Term(tuple((form,) for form in _forms(words[0])))


def comment_matches(typed: str) -> ColumnElement[bool]:
    """A condition on Comment: it holds the words typed. Nothing to look for finds nothing."""
    terms = terms_of(typed)
    if not terms:
        return false()
    if session.get_bind().dialect.name == "sqlite":
        matches = column("comment_search").op("MATCH")(literal(_fts5(terms)))
        return Comment.id.in_(select(_index.c.comment_id).where(matches))
    return literal_column("comment.search").op("@@")(func.to_tsquery("simple", _tsquery(terms)))


def found(consultation_id: uuid.UUID, typed: str) -> list[uuid.UUID]:
    """The comments of a consultation that hold the words, the oldest first."""
    chosen = select(Comment.id).where(Comment.consultation_id == consultation_id, comment_matches(typed))
    return list(session.scalars(chosen.order_by(Comment.id)))


def _words(typed: str) -> list[str]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", typed.lower()) if not unicodedata.combining(c))
    return [word[:LONGEST_WORD] for word in WORD.findall(plain)]


def _forms(word: str) -> list[str]:
    """The word and, of a plural, its singular: `buses` finds `bus`, `policies` finds `policy`."""
    if len(word) < 5 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return [word]
    for ending, instead in SEVERAL:
        if word.endswith(ending):
            return [word, word.removesuffix(ending) + instead]
    return [word, word[:-1]]


def _fts5(terms: list[Term]) -> str:
    return " AND ".join(f"({' OR '.join(_fts5_words(form) for form in term.forms)})" for term in terms)


def _fts5_words(words: tuple[str, ...]) -> str:
    return f'"{" ".join(words)}" *'


def _tsquery(terms: list[Term]) -> str:
    return " & ".join(f"({' | '.join(_tsquery_words(form) for form in term.forms)})" for term in terms)


def _tsquery_words(words: tuple[str, ...]) -> str:
    *whole, last = (f"'{word}'" for word in words)
    return "(" + " <-> ".join([*whole, f"{last}:*"]) + ")"
