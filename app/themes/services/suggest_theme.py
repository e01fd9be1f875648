"""None fits: an officer names a theme that the frame lacks, with the words that ask for it."""

import uuid
from datetime import datetime

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.models import ThemeIdea
from app.responses.hidden import to_stored
from app.themes.quotes import find_quote
from app.themes.refusals import CommentNotHere
from app.themes.services.code_comment import officer_of
from app.themes.services.write_codings import lock_comments


def suggest_theme(comment_id: uuid.UUID, *, label: str, words: str, actor: Actor, now: datetime) -> ThemeIdea:
    """A lead decides. Without words: the whole comment. Raises QuoteNotInComment or CommentNotHere."""
    comment = lock_comments([comment_id]).get(comment_id)
    if comment is None:
        raise CommentNotHere
    text = comment.redacted_text
    found = find_quote(text, words) if words.strip() else (0, len(text))
    start, end = to_stored(comment.hidden, *found)
    idea = ThemeIdea(
        consultation_id=comment.consultation_id, comment_id=comment_id, officer_id=officer_of(actor),
        label=label.strip(), start=start, end=end, created_at=now,
    )  # fmt: skip
    session.add(idea)
    session.flush()
    record(
        "suggested", actor=actor, now=now, subject="theme_idea", subject_id=idea.id,
        consultation_id=comment.consultation_id,
    )  # fmt: skip
    return idea
