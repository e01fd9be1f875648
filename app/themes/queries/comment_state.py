"""The state of a comment in a few characters, to tell whether it is still the one that a page showed."""

import hashlib
import uuid
from collections.abc import Iterable

from sqlalchemy import select

from app.database import session
from app.models import MAIN_LAYER, Coding, Disposition


def state_of(codings: Iterable[Coding], disposition: Disposition | None) -> str:
    """The same while no coding came or went, none was given other quotes, and the outcome is the same."""
    parts = sorted(
        f"{coding.id.hex}:{sorted((quote.start, quote.end) for quote in coding.quotes)}" for coding in codings
    )
    if disposition is not None:
        parts.append(f"{disposition.value.value}:{disposition.refers_to_id}")
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


def disposition_of(comment_id: uuid.UUID, layer: str = MAIN_LAYER) -> Disposition | None:
    query = select(Disposition).where(Disposition.comment_id == comment_id, Disposition.layer == layer)
    return session.scalar(query.execution_options(populate_existing=True))
