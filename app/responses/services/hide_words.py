"""What of a comment is hidden, kept true to its redactions; and redactions carried to a changed wording."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select

from app.database import session
from app.enums import FlagSource
from app.models import Comment, Flag, Redaction, Suggestion
from app.responses.hidden import hide, joined, label_of, places_of
from app.responses.queries.redactions import standing_redactions

PERSONAL_DATA = "ZZ09"


def refresh_hidden(comment: Comment) -> None:
    """Call it after any change of the comment's redactions."""
    session.flush()
    rows = standing_redactions([comment.id])
    comment.hidden = joined((row.start, row.end, label_of(row.kind)) for row in rows if not row.proposed)
    comment.redacted_text = hide(comment.text, comment.hidden)
    session.flush()
    _forget_cues(comment)


def carry_redactions(pairs: Iterable[tuple[Comment, Comment]]) -> None:
    """From each earlier wording to the one that replaces it: wherever the same words stand. Where they do
    not, the new wording is flagged, so that an officer looks at it."""
    replaced = list(pairs)
    rows = standing_redactions(earlier.id for earlier, _ in replaced)
    if not rows:
        return
    session.flush()
    for earlier, later in replaced:
        for row in (one for one in rows if one.comment_id == earlier.id):
            _carry(row, earlier, later)
        refresh_hidden(later)


def _carry(row: Redaction, earlier: Comment, later: Comment) -> None:
    places = places_of(later.text, earlier.text[row.start : row.end])
    if not places and not row.proposed:
        look_again(later, officer_id=row.decided_by_id or row.officer_id)
    session.add_all(
        Redaction(
            comment_id=later.id, start=start, end=end, kind=row.kind, reason=row.reason, source=row.source,
            proposed=row.proposed, officer_id=row.officer_id, decided_by_id=row.decided_by_id,
        )
        for start, end in places
    )  # fmt: skip


def look_again(comment: Comment, *, officer_id: uuid.UUID | None) -> None:
    there = select(Flag).where(
        Flag.comment_id == comment.id, Flag.code == PERSONAL_DATA, Flag.source == FlagSource.OFFICER
    )
    row = session.scalar(there)
    if row is None:
        row = Flag(comment_id=comment.id, code=PERSONAL_DATA, source=FlagSource.OFFICER)
        session.add(row)
    row.officer_id, row.settled_at = officer_id, None
    session.flush()


def _forget_cues(comment: Comment) -> None:
    """Why a theme is suggested is told in words of the comment: not in hidden ones."""
    if not comment.hidden:
        return
    for row in session.scalars(select(Suggestion).where(Suggestion.comment_id == comment.id)):
        cues = row.reason.get("cues", [])
        kept = [cue for cue in cues if cue in comment.redacted_text]
        if kept != cues:
            row.reason = {**row.reason, "cues": kept}
    session.flush()
