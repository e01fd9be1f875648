"""What `make bench` measures: each part is a command of its own that can be run alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Part:
    """`about` says what is measured, `command` is a script of this folder with its arguments."""

    about: str
    command: tuple[str, ...]
    sentences: bool = False  # with the better encoder, not with the one that ships alone
    fsync: bool = False  # on a PostgreSQL of its own that writes to the disk


THEMING: Final[Mapping[str, Part]] = {
    "measure": Part(
        "discovery on each set, coding with the shipped weights, campaigns of the sample",
        ("theming_bench.py", "measure"),
    ),
    "measure-sentences": Part(
        "the same with the better encoder", ("theming_bench.py", "measure"), sentences=True
    ),
    "stability": Part("discovered themes with a tenth left out", ("theming_stability.py",)),
    "stability-sentences": Part(
        "the same with the better encoder", ("theming_stability.py",), sentences=True
    ),
    "naming": Part("labels of discovered themes", ("theming_naming.py",)),
    "naming-sentences": Part("the same with the better encoder", ("theming_naming.py",), sentences=True),
    "folds": Part("coding and stance in five folds by respondent", ("theming_folds.py",)),
    "folds-sentences": Part("the same with the better encoder", ("theming_folds.py",), sentences=True),
    "triage": Part("triage on lines written for it", ("theming_triage.py",)),
    "learning": Part("time to learn at 5,000 codings", ("theming_learning.py",)),
    "next": Part("order of reading, 20 draws; doubtful codings", ("theming_next.py", "20")),
    "campaigns-10000": Part(
        "planted campaigns among 10,000 comments", ("theming_scale.py", "campaigns", "10000")
    ),
    "campaigns-100000": Part("the same among 100,000", ("theming_scale.py", "campaigns", "100000")),
    "encoding": Part("texts a second", ("theming_encoding.py",)),
    "encoding-sentences": Part("the same with the better encoder", ("theming_encoding.py",), sentences=True),
    "discover-1000": Part("time and memory of proposing themes", ("theming_scale.py", "discover", "1000")),
    "discover-10000": Part("the same of 10,000 comments", ("theming_scale.py", "discover", "10000")),
    "discover-100000": Part(
        "the same of 100,000, on two processes", ("theming_scale.py", "discover", "100000", "2")
    ),
    "code-1000": Part("time and memory of coding", ("theming_scale.py", "code", "1000")),
    "code-10000": Part("the same of 10,000 comments", ("theming_scale.py", "code", "10000")),
    "code-100000": Part("the same of 100,000, on two processes", ("theming_scale.py", "code", "100000", "2")),
    "peers": Part("BERTopic beside ours, given the same vectors", ("peers.py",)),
}
OTHERS: Final[Mapping[str, Part]] = {
    "coding": Part("keys it takes to code the sample, with suggestions and without", ("coding.py",)),
    "workspace": Part("officers' pages among 100,000 comments", ("workspace.py",), fsync=True),
    "closing-night": Part(
        "the night of closing on both databases, half an hour each", ("closing_night.py",), fsync=True
    ),
}
PARTS: Final[Mapping[str, Part]] = {**THEMING, **OTHERS}
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {"theming": tuple(THEMING), "others": tuple(OTHERS)}
