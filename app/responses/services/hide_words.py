"""What of a comment is hidden, kept true to its redactions; and redactions carried to a changed wording."""

import uuid
from collections.abc import Iterable, Mapping, Sequence, Set

from sqlalchemy import select

from app.counting.flags import PERSONAL_DATA
from app.database import session
from app.enums import FlagSource
from app.models import Comment, Flag, Redaction, Suggestion
from app.responses.hidden import Span, hide, joined, label_of, open_cues, places_of
from app.responses.queries.redactions import standing_redactions


def refresh_hidden(comment: Comment) -> None:
    """Call it after any change of the comment's redactions."""
    session.flush()
    rows = standing_redactions([comment.id])
    comment.hidden = joined((row.start, row.end, label_of(row.kind)) for row in rows if not row.proposed)
    comment.redacted_text = hide(comment.text, comment.hidden)
    session.flush()
    _forget_cues(comment)


def carry_redactions(before: Mapping[uuid.UUID, Sequence[Comment]], made: Iterable[Comment]) -> None:
    """From the wordings of a response before to those that it has now: wherever the same words stand, also
    when they moved to another question. Where the wording that replaces them has them no more, it is flagged,
    so that an officer looks at it. `before`: by its id what stood for each; for a divided letter, its parts.
    """
    sources = {one.id: one for stood in before.values() for one in stood}
    new, rows = list(made), standing_redactions(sources)
    if not rows:
        return
    session.flush()
    for later in new:
        replaced = before.get(later.replaces_id, ()) if later.replaces_id else ()
        mine = {one.id for one in replaced}
        hidden: set[Span] = set()
        for row in sorted(rows, key=lambda one, mine=mine: one.comment_id not in mine):  # type: ignore[misc]
            hidden |= _carry(row, sources[row.comment_id], later, replaced=replaced, hidden=hidden)
        refresh_hidden(later)


def _carry(
    row: Redaction, source: Comment, later: Comment, *, replaced: Sequence[Comment], hidden: Set[Span]
) -> set[Span]:
    """Words that the wording before said openly are not hidden on account of another question."""
    words = source.text[row.start : row.end]
    places = set(places_of(later.text, words))
    if any(source is one for one in replaced):
        if not places and not row.proposed:
            look_again(later, officer_id=row.decided_by_id or row.officer_id)
    elif any(places_of(one.redacted_text, words) for one in replaced):
        return set()
    session.add_all(
        Redaction(
            comment_id=later.id, start=start, end=end, kind=row.kind, reason=row.reason, source=row.source,
            proposed=row.proposed, officer_id=row.officer_id, decided_by_id=row.decided_by_id,
        )
        for start, end in sorted(places - hidden)
    )  # fmt: skip
    return places


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
    if not comment.hidden:
        return
    for row in session.scalars(select(Suggestion).where(Suggestion.comment_id == comment.id)):
        cues = row.reason.get("cues", [])
        kept = open_cues(cues, hidden=comment.hidden, redacted_text=comment.redacted_text)
        if kept != cues:
            row.reason = {**row.reason, "cues": kept}
    session.flush()
