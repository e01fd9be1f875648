"""Propose themes for a file of comments."""

from pathlib import Path
from typing import Any

from app.themes.files.reading import read_comments
from app.themes.files.writing import as_csv, as_json, companion, write_all
from app.theming.comments import Progress, no_progress
from app.theming.discovery.proposals import Proposal, discover_themes


def discover_file(source: Path, target: Path, *, progress: Progress = no_progress, workers: int = 1) -> None:
    """Write comments with their themes to `target`, and the themes beside it. Raises FileProblemError."""
    proposals = discover_themes(read_comments(source), progress=progress, workers=workers)
    rows = [
        (ident, proposal.key, f"{score:.4f}") for proposal in proposals for ident, score in proposal.members
    ]
    write_all(
        {
            target: as_csv(("id", "theme", "score"), rows),
            companion(target, "themes.json"): as_json([_record(proposal) for proposal in proposals]),
        }
    )


def _record(proposal: Proposal) -> dict[str, Any]:
    return {
        "theme": proposal.key,
        "question": proposal.question,
        "label": proposal.label,
        "terms": list(proposal.terms),
        "size": proposal.size,
        "exemplars": list(proposal.exemplars),
        "borderline": list(proposal.borderline),
        "parent": proposal.parent,
    }
