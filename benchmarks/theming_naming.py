"""Whether the labels of discovered themes say what is in them.

    PYTHONPATH=. BENCH_DATA=../shared/bench/data python benchmarks/theming_naming.py [--list]

For each gold theme that some found theme matches with F1 above 0.4 (questions of 15 labelled comments or
more, gold themes of five or more, as score.py counts them), the best found theme's label has to share a
content word, compared as lemmas of simplemma, with the gold label, definition or cue words. The share whose
label has a word of the gold label alone, without definition and cue words, is reported beside it. `--list`
prints both labels of each pair.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import simplemma
from theming_bench import DATA, SETS

from app.themes.files.reading import read_coded, read_frame
from app.theming.comments import CodedComment, Theme
from app.theming.discovery.proposals import Proposal, discover_themes
from app.theming.text import is_stop_word, word_texts

MATCH: Final = 0.4
FEWEST: Final = 5  # comments of a gold theme
LEAST: Final = 15  # labelled comments of a question


@dataclass(frozen=True)
class Pair:
    """A gold theme and the found theme that matches it best."""

    gold: str
    said: str
    found: Proposal
    f1: float


def lemmas(text: str) -> set[str]:
    """Content words of `text` in the form a dictionary lists."""
    return {
        simplemma.lemmatize(word.casefold(), lang="en") for word in word_texts(text) if not is_stop_word(word)
    }


def frame_of(name: str) -> dict[str, Theme]:
    """The gold themes of a set by code; of a set without a frame none: its codes are labels."""
    path = DATA / f"{name}.frame.csv"
    return {one.code: one for one in read_frame(path)} if path.exists() else {}


def meeting(
    coded: Sequence[CodedComment], found: Sequence[Proposal]
) -> Iterator[tuple[str, Proposal, float]]:
    """Every gold theme of enough comments of one question with its best found theme, and their F1."""
    here = {one.comment.id for one in coded if one.codings}
    made = [(one, {ident for ident, _ in one.members} & here) for one in found if one.members]
    for code in sorted({coding.code for one in coded for coding in one.codings}):
        gold = {one.comment.id for one in coded if any(coding.code == code for coding in one.codings)}
        if len(gold) >= FEWEST and made:
            scored = [(2 * len(gold & ids) / (len(gold) + len(ids)), one) for one, ids in made]
            f1, best = max(scored, key=lambda pair: (pair[0], pair[1].key))
            yield code, best, f1


def pairs_of(coded: Sequence[CodedComment], found: Sequence[Proposal], name: str) -> Iterator[Pair]:
    """The gold themes of a set that a found theme matches with F1 above MATCH."""
    frame = frame_of(name)
    for question in sorted({one.comment.question for one in coded}):
        mine = [one for one in coded if one.comment.question == question]
        if sum(bool(one.codings) for one in mine) < LEAST:
            continue
        for code, best, f1 in meeting(mine, [one for one in found if one.question == question]):
            if f1 > MATCH:
                theme = frame.get(code, Theme(code, code))
                yield Pair(
                    theme.label,
                    f"{theme.label} {theme.definition} {' '.join(theme.cue_words)}",
                    best,
                    f1,
                )


def measure(*, listed: bool) -> None:
    total: list[tuple[bool, bool]] = []
    for name in SETS:
        coded = read_coded(DATA / f"{name}.csv")
        pairs = list(pairs_of(coded, discover_themes([one.comment for one in coded]), name))
        hits = [
            (
                bool(lemmas(one.found.label) & lemmas(one.said)),
                bool(lemmas(one.found.label) & lemmas(one.gold)),
            )
            for one in pairs
        ]
        if listed:
            for one, (hit, _) in zip(pairs, hits, strict=True):
                print(f"{'    ' if hit else 'MISS'} {one.f1:.2f} {one.gold}  ->  {one.found.label}")
        total += hits
        print(json.dumps({"what": f"naming {name}", **_shares(hits)}), flush=True)
    print(json.dumps({"what": "naming, all sets", **_shares(total)}), flush=True)


def _shares(hits: Sequence[tuple[bool, bool]]) -> dict[str, Any]:
    count = max(1, len(hits))
    return {
        "matched": len(hits),
        "label_shares_a_word": round(sum(hit for hit, _ in hits) / count, 4),
        "with_the_gold_label_alone": round(sum(hit for _, hit in hits) / count, 4),
    }


if __name__ == "__main__":
    measure(listed="--list" in sys.argv)
