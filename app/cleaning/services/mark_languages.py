"""Which language comments are in, marked a moment after they arrive: not in the request that sends them."""

import uuid
from collections import defaultdict

from sqlalchemy import select, update

from app.database import BLOCK, session, transaction
from app.models import Comment
from app.theming.triage.language import ENGLISH, detect_language


def mark_languages(*, after: uuid.UUID, before: uuid.UUID) -> uuid.UUID | None:
    """Of so many comments as one statement takes, by their ids, which follow the time. The last one that was
    looked at; None where there is none. What is marked as another language already stays.
    """
    query = select(Comment.id, Comment.text, Comment.language).where(Comment.id > after, Comment.id < before)
    rows = session.execute(query.order_by(Comment.id).limit(BLOCK)).all()
    session.rollback()
    found: dict[str, list[uuid.UUID]] = defaultdict(list)
    for comment_id, text, language in rows:
        if language == ENGLISH and (detected := detect_language(text)) != ENGLISH:
            found[detected].append(comment_id)
    if found:
        with transaction():
            named = [comment_id for ids in found.values() for comment_id in ids]
            # In the order of all who hold several comments, so that two never wait for each other.
            held = select(Comment.id).where(Comment.id.in_(named)).order_by(Comment.id).with_for_update()
            session.execute(held).all()
            for language, ids in sorted(found.items()):
                session.execute(update(Comment).where(Comment.id.in_(ids)).values(language=language))
    return rows[-1].id if rows else None


def id_at(seconds: float) -> uuid.UUID:
    """Before every id that is made from this time on, in seconds of Unix."""
    return uuid.UUID(int=int(seconds * 1000) << 80)
