"""Groups of near-identical texts: the public function of this package."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.theming.campaigns.cores import regrouped
from app.theming.campaigns.own_words import own_words
from app.theming.campaigns.passages import quotes_one_sentence, reach, sentences_shared
from app.theming.campaigns.signatures import candidate_pairs, plain_words, shared, shingles, signature
from app.theming.points import Span
from app.theming.text import squash

_NEARLY_EQUAL: Final = 0.7  # Jaccard similarity that is enough for texts of any length
_ALIKE: Final = 0.3  # Jaccard similarity of two edited copies that share much
_MUCH: Final = 30  # runs of three words in common: about two sentences
_MORE: Final = 40  # the same, of a text that stands in a much longer one
_THROUGH: Final = 0.85  # of the tenths of the shorter text: less of it is a quotation
_SENTENCES: Final = 2  # of either text: one long sentence is a quotation
_LETTER: Final = 60  # runs in common from which it is more than one: a letter to which both added
_CONTAINED: Final = 0.6  # share of the shorter text that stands in the longer one
_FEWEST_WORDS: Final = 12  # shorter texts can be alike by chance
_FEWEST_MEMBERS: Final = 3  # two alike are a possible duplicate, not a campaign
_ADDED: Final = 15  # own words from which a sender added something of their own

EXACT: Final = "exact"
EDITED: Final = "edited"
OWN_WORDS_ADDED: Final = "own_words_added"


@dataclass(frozen=True)
class Member:
    """A sender's text in a campaign: "exact", "edited" or "own_words_added", and the spans of own words."""

    id: str
    kind: str
    own_words: tuple[Span, ...]


@dataclass(frozen=True)
class Campaign:
    """Texts of one template. `template` is the text that most sent; `members` are sorted by id. Every sender
    counts: nothing is merged or left out."""

    template: str
    members: tuple[Member, ...]


def find_campaigns(texts: Sequence[tuple[str, str]]) -> list[Campaign]:
    """Campaigns among (id, text) pairs: three or more texts that copy a template of twelve words or more, the
    largest campaign first. Two people who merely agree share few runs of words and are no campaign.

    The order of the input changes nothing; time grows with the number of different texts.
    """
    return [group for group in near_identical(texts) if len(group.members) >= _FEWEST_MEMBERS]


def near_identical(texts: Sequence[tuple[str, str]]) -> list[Campaign]:
    """As `find_campaigns`, with pairs as well: possible duplicates for an officer to decide."""
    senders: dict[str, list[tuple[str, str]]] = {}
    for ident, text in sorted(texts):
        words = plain_words(text)
        if len(words) >= _FEWEST_WORDS:
            senders.setdefault(" ".join(words), []).append((ident, text))
    different = sorted(senders)
    found = []
    for group in _groups([senders[words][0][1] for words in different]):
        members = [sender for place in group for sender in senders[different[place]]]
        if len(members) > 1:
            found.append(_campaign(members))
    return sorted(found, key=lambda one: (-len(one.members), one.template))


def _groups(texts: Sequence[str]) -> list[list[int]]:
    """Groups of texts that copy each other or one letter; a text alone is a group of one."""
    items = [shingles(plain_words(text)) for text in texts]
    parent = list(range(len(texts)))
    for one, other in candidate_pairs([signature(item) for item in items]):
        if _root(parent, one) != _root(parent, other) and _copies(
            texts[one], texts[other], items[one], items[other]
        ):
            parent[_root(parent, other)] = _root(parent, one)
    groups: dict[int, list[int]] = {}
    for index in range(len(texts)):
        groups.setdefault(_root(parent, index), []).append(index)
    return regrouped(texts, items, [groups[root] for root in sorted(groups)])


def _copies(one: str, other: str, one_runs: frozenset[int], other_runs: frozenset[int]) -> bool:
    """Whether two texts have wording in common that chance, a slogan or the question does not explain."""
    both, alike, contained = shared(one_runs, other_runs)
    if alike >= _NEARLY_EQUAL:
        return not all(quotes_one_sentence(text, one_runs & other_runs) for text in (one, other))
    if not ((both >= _MUCH and alike >= _ALIKE) or (both >= _MORE and contained >= _CONTAINED)):
        return False
    runs = one_runs & other_runs
    shorter = one if len(one_runs) <= len(other_runs) else other
    whole = both >= _LETTER or reach(shorter, runs) >= _THROUGH
    return whole and min(sentences_shared(text, runs) for text in (one, other)) >= _SENTENCES


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index


def _campaign(members: Sequence[tuple[str, str]]) -> Campaign:
    counts = Counter(squash(text) for _, text in members)
    plain = min(counts, key=lambda text: (-counts[text], len(text), text))
    template = min(text for _, text in members if squash(text) == plain)
    return Campaign(template, tuple(_member(ident, text, template, plain) for ident, text in sorted(members)))


def _member(ident: str, text: str, template: str, plain: str) -> Member:
    if squash(text) == plain:
        return Member(ident, EXACT, ())
    spans = own_words(text, template)
    added = sum(len(plain_words(text[span.start : span.end])) for span in spans)
    return Member(ident, OWN_WORDS_ADDED if added >= _ADDED else EDITED, spans)
