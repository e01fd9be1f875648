"""Writes docs/discovered-themes.md: twenty discovered themes as an officer sees them.

    THEMING_ENCODER=build/minilm-l6 PYTHONPATH=. BENCH_DATA=../shared/bench/data \
        python benchmarks/theming_page.py

Themes are not picked by hand: of each set, its proposed themes from the largest to the smallest, every so
many of them. Possible personal data in the comments is blanked.
"""

import sys
from collections.abc import Sequence
from typing import Final

from theming_bench import DATA, ROOT

from app.themes.files.reading import read_comments
from app.theming.comments import evenly_spaced
from app.theming.discovery.proposals import Proposal, discover_themes
from app.theming.triage.personal_data import find_personal_data

PAGE: Final = ROOT / "docs" / "discovered-themes.md"
COMMENTS: Final = 3  # typical comments of each theme
LONGEST: Final = 280  # characters of one
SETS: Final = {
    "hotsw": (8, "The sample", "Synthetic comments written for this product."),
    "bowling_green": (
        6,
        "Residents of a county",
        "Bowling Green, Kentucky, from Jigsaw's sensemaking-tools, Apache-2.0.",
    ),
    "iai_questions": (6, "Gambling advertisements", "Synthetic answers by i.AI Consult, MIT."),
}
HEAD: Final = """# Discovered themes, as officers see them

Twenty of the themes that `flask theming discover` proposes for three of the benchmark's sets: label, terms,
how many comments are in it, the group it stands in where the question has enough themes for groups, and the
comments that are most typical of it. They were not picked by hand: of each set the themes were listed from
the largest to the smallest and every so many were taken. Poor ones are shown with the good ones. What may be
personal data is blanked. This page is made by `THEMING_ENCODER=build/minilm-l6 python
benchmarks/theming_page.py`: with the encoder that is used where it could be built.
"""


def page() -> str:
    parts = [HEAD]
    for name, (shown, title, source) in SETS.items():
        parts.append(f"## {title}\n\n{source}\n")
        comments = read_comments(DATA / f"{name}.csv")
        found = discover_themes(comments)
        texts = {one.id: one.text for one in comments}
        parts += [_theme(one, found, texts) for one in _chosen(found, shown)]
    return "\n".join(parts)


def _chosen(found: Sequence[Proposal], shown: int) -> list[Proposal]:
    listed = sorted((one for one in found if one.members), key=lambda one: (-one.size, one.key))
    return evenly_spaced(listed, shown)


def _theme(one: Proposal, found: Sequence[Proposal], texts: dict[str, str]) -> str:
    parents = [each.label for each in found if each.key == one.parent]
    lines = [f"### {one.label}\n", f"{one.size} comments. Terms: {', '.join(one.terms)}."]
    lines += [f"In the group: {label}." for label in parents]
    if one.question:
        lines.append(f"Question: {one.question}")
    return "\n".join([*lines, "", *(_quoted(texts[ident]) for ident in one.exemplars[:COMMENTS])])


def _quoted(text: str) -> str:
    for found in find_personal_data(text):
        text = text[: found.start] + "•" * (found.end - found.start) + text[found.end :]
    plain = " ".join(text.split())
    cut = plain if len(plain) <= LONGEST else f"{plain[:LONGEST].rsplit(' ', 1)[0]} …"
    return f"> {cut}\n"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(__doc__)
    PAGE.write_text(page(), encoding="utf-8")
