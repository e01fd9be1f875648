"""What a role may read of a comment: the one place where the redacted words stand in for the whole."""

from collections.abc import Iterable
from itertools import takewhile

from app.models import Comment


def shown(comment: Comment, *, original: bool = False) -> str:
    """`original`: for roles with the right to it, on a page that is made for them."""
    return comment.text if original else comment.redacted_text


def shown_part(comment: Comment, start: int, end: int, *, original: bool = False) -> str:
    """A quote: its places are those of the whole text, and hidden words may be longer or shorter than what
    stands for them. A quote that touches hidden words has all that stands for them."""
    whole, redacted = comment.text, comment.redacted_text
    if original or whole == redacted:
        return whole[start:end]
    if len(whole) == len(redacted):
        return redacted[start:end]
    first = _alike(whole, redacted)
    tail = min(_alike(reversed(whole), reversed(redacted)), len(whole) - first, len(redacted) - first)
    last, moved = len(whole) - tail, len(redacted) - len(whole)
    if end <= first:
        return redacted[start:end]
    if start >= last:
        return redacted[start + moved : end + moved]
    return redacted[min(start, first) : max(end, last) + moved]


def _alike(one: Iterable[str], other: Iterable[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
