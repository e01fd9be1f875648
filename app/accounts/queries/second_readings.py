"""Comments that are being read a second time: neither coder may learn what the other made of them."""

import uuid
from collections.abc import Collection

from sqlalchemy import select

from app.database import session
from app.models import CheckSample


def read_twice(consultation_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Until the second coder has finished."""
    query = select(CheckSample.comment_ids).where(
        CheckSample.consultation_id.in_(consultation_ids), CheckSample.finished_at.is_(None)
    )
    return {uuid.UUID(str(key)) for ids in session.scalars(query) for key in ids}
