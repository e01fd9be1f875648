"""Triage of texts, one at a time: the public function of this package."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.theming.comments import Progress, no_progress
from app.theming.triage.alarm import is_abusive, needs_safeguarding
from app.theming.triage.handling import (
    asks_question,
    is_off_topic,
    is_unclear,
    refers_elsewhere,
    says_nothing,
)
from app.theming.triage.language import ENGLISH, detect_language
from app.theming.triage.personal_data import PersonalData, find_personal_data
from app.theming.triage.rules import code

_REPORT_EVERY: Final = 100
_ALWAYS: Final = (("abuse", is_abusive), ("safeguarding", needs_safeguarding))
_OF_ENGLISH: Final = (
    ("off_topic", is_off_topic),
    ("unclear", is_unclear),
    ("question", asks_question),
)


@dataclass(frozen=True)
class Triage:
    """What one text needs: handling codes in order, possible personal data, and its language."""

    handling: tuple[str, ...]
    personal_data: tuple[PersonalData, ...]
    language: str


def triage_texts(texts: Sequence[str], *, progress: Progress = no_progress) -> list[Triage]:
    """Triage of each text, in the order of `texts`. Campaigns and duplicates need all texts together: see
    `find_campaigns`. Any text at all goes through."""
    done: list[Triage] = []
    for text in texts:
        done.append(triage_text(text))
        if len(done) % _REPORT_EVERY == 0:
            progress(len(done), len(texts))
    progress(len(texts), len(texts))
    return done


def triage_text(text: str) -> Triage:
    """Handling codes, personal data and language of one text."""
    found = find_personal_data(text)
    if says_nothing(text):
        return Triage((code("no_substance"),), found, ENGLISH)
    language = detect_language(text)
    meanings = [meaning for meaning, holds in _ALWAYS if holds(text)]
    if found:
        meanings.append("personal_data")
    if language != ENGLISH:
        meanings.append("not_english")
    elif refers_elsewhere(text):
        meanings.append("refers_elsewhere")
    else:
        meanings += [meaning for meaning, holds in _OF_ENGLISH if holds(text)]
    return Triage(tuple(sorted(code(meaning) for meaning in meanings)), found, language)
