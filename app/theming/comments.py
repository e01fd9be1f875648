"""What the engine is given: comments, the themes of a coding frame, and comments that officers have coded."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, TypeVar

Progress = Callable[[int, int], None]
"""Called with the number of comments done and the number there are."""

Item = TypeVar("Item")

STANCES: Final = ("support", "concern", "suggestion", "neutral")


@dataclass(frozen=True)
class Comment:
    """One answer in words. `closed` is the answer to the closed question that the text explains, if any: its
    key ("strongly_agree"), its label, or its position from -1 (against) to 1 (for) as a number in words."""

    id: str
    question: str
    text: str
    closed: str | None = None


@dataclass(frozen=True)
class Theme:
    """A theme of a coding frame. `question` limits it to one question; None: it may be used for all."""

    code: str
    label: str
    definition: str = ""
    cue_words: tuple[str, ...] = ()
    question: str | None = None

    @property
    def words(self) -> str:
        """All that the frame says about the theme, as one text."""
        return ". ".join(part for part in (self.label, self.definition, "; ".join(self.cue_words)) if part)


@dataclass(frozen=True)
class Coding:
    """What an officer decided about a comment: a theme, a stance and the words that carry it."""

    code: str
    stance: str | None = None
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True)
class CodedComment:
    """A comment with all its codings; none means that an officer read it and found no theme in it."""

    comment: Comment
    codings: tuple[Coding, ...]


def in_stable_order(comments: Iterable[Comment]) -> list[Comment]:
    """Comments sorted by question, text and id, so that the order of the input changes nothing."""
    return sorted(comments, key=lambda comment: (comment.question, comment.text, comment.id))


def no_progress(done: int, total: int) -> None:
    """For callers that do not watch."""


def evenly_spaced(items: Sequence[Item], most: int) -> list[Item]:
    """At most `most` of `items`, evenly spaced: a sample without chance."""
    if len(items) <= most:
        return list(items)
    return [items[index * len(items) // most] for index in range(most)]


def sampled(comments: Sequence[Comment], most: int) -> list[int]:
    """Places, in rising order, of at most `most` comments: those whose digests come first. Chance has no
    part in it, and one more comment displaces one at most."""
    if len(comments) <= most:
        return list(range(len(comments)))
    digests = [sha256(f"{one.id}\0{one.text}".encode("utf-8", "replace")).digest() for one in comments]
    return sorted(sorted(range(len(comments)), key=lambda place: digests[place])[:most])
