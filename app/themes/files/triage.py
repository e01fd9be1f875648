"""Triage a file of comments: handling codes, campaigns, possible personal data, language."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.themes.files.reading import read_comments
from app.themes.files.writing import as_csv, as_json, companion, write_all
from app.theming.campaigns.grouping import Campaign, near_identical
from app.theming.comments import Comment, Progress, no_progress
from app.theming.triage.rules import code
from app.theming.triage.texts import Triage, triage_texts

_FEWEST: int = 3


def triage_file(source: Path, target: Path, *, progress: Progress = no_progress) -> None:
    """Write what each comment needs to `target`, and the spans beside it. Raises FileProblemError."""
    comments = read_comments(source)
    found = triage_texts([comment.text for comment in comments], progress=progress)
    groups = near_identical([(comment.id, comment.text) for comment in comments])
    campaign, own, doubtful = _memberships(groups)
    rows = []
    for comment, one in zip(comments, found, strict=True):
        handling = set(one.handling)
        handling |= {code("campaign")} if comment.id in campaign else set()
        handling |= {code("duplicate")} if comment.id in doubtful else set()
        quotes = "|".join(comment.text[span.start : span.end] for span in one.personal_data)
        rows.append(
            (comment.id, "|".join(sorted(handling)), campaign.get(comment.id, ""), quotes, one.language)
        )
    spans = [
        record for comment, one in zip(comments, found, strict=True) for record in _spans(comment, one, own)
    ]
    write_all(
        {
            target: as_csv(("id", "handling", "campaign", "pii", "language"), rows),
            companion(target, "spans.json"): as_json(spans),
        }
    )


def _memberships(
    groups: Sequence[Campaign],
) -> tuple[dict[str, str], dict[str, list[tuple[int, int]]], set[str]]:
    """Campaign of each sender, the spans of their own words, and the ids of possible duplicates."""
    campaign: dict[str, str] = {}
    own: dict[str, list[tuple[int, int]]] = {}
    doubtful: set[str] = set()
    for group in groups:
        if len(group.members) < _FEWEST:
            doubtful |= {member.id for member in group.members}
            continue
        name = f"C{len(set(campaign.values())) + 1}"
        for member in group.members:
            campaign[member.id] = name
            own[member.id] = [(span.start, span.end) for span in member.own_words]
    return campaign, own, doubtful


def _spans(comment: Comment, one: Triage, own: dict[str, list[tuple[int, int]]]) -> list[dict[str, Any]]:
    """Personal data by its kind, and a sender's own words as "own_words"."""
    found = [(span.start, span.end, span.kind) for span in one.personal_data]
    found += [(start, end, "own_words") for start, end in own.get(comment.id, ())]
    return [
        {"id": comment.id, "kind": kind, "start": start, "end": end} for start, end, kind in sorted(found)
    ]
