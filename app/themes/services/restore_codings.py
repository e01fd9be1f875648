"""Putting back the codings that one decision took off many comments."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, update

from app.database import blocks, session
from app.enums import DispositionValue
from app.models import MAIN_LAYER, Coding, CodingBatch, Disposition, ReadingSave
from app.themes.services.write_codings import standing_codings


def removed_in(batch_id: uuid.UUID) -> Sequence[Coding]:
    return session.scalars(select(Coding).where(Coding.removed_in_batch_id == batch_id)).all()


def decided_since(
    batch: CodingBatch, comments: Sequence[uuid.UUID], own: Sequence[uuid.UUID]
) -> datetime | None:
    """When another officer last coded one of these comments anew, said what it is, or read it whole."""
    times = [read_since(batch, comments, own)]
    for block in blocks(comments):
        anew = select(func.max(Coding.created_at)).where(
            Coding.comment_id.in_(block), Coding.created_at > batch.created_at, Coding.officer_id.not_in(own)
        )
        said = select(func.max(Disposition.updated_at)).where(
            Disposition.comment_id.in_(block),
            Disposition.updated_at > batch.created_at,
            Disposition.officer_id.not_in(own),
        )
        times += [session.scalar(anew), session.scalar(said)]
    return max((at for at in times if at is not None), default=None)


def read_since(
    batch: CodingBatch, comments: Sequence[uuid.UUID], own: Sequence[uuid.UUID]
) -> datetime | None:
    """When another officer last saved one of these comments on the reading screen: what they left there is
    their decision too."""
    times = []
    for block in blocks(comments):
        saved = select(func.max(ReadingSave.created_at)).where(
            ReadingSave.comment_id.in_(block),
            ReadingSave.id > batch.id,  # both say when they were made
            ReadingSave.undone_at.is_(None),
            ReadingSave.officer_id.not_in(own),
        )
        times.append(session.scalar(saved))
    return max((at for at in times if at is not None), default=None)


def restore(codings: Sequence[Coding]) -> None:
    """One that was given again since stands as it is. Comments without an outcome are coded again."""
    comments = sorted({one.comment_id for one in codings})
    there = standing_codings(comments)
    back = [one for one in codings if (one.comment_id, one.theme_id, one.stance) not in there]
    for block in blocks([one.id for one in back]):
        session.execute(
            update(Coding)
            .where(Coding.id.in_(block))
            .values(removed_at=None, removed_by_id=None, removed_in_batch_id=None)
        )
    _decide({one.comment_id: one.officer_id for one in back})


def _decide(by: dict[uuid.UUID, uuid.UUID]) -> None:
    for block in blocks(sorted(by)):
        query = select(Disposition.comment_id).where(
            Disposition.comment_id.in_(block), Disposition.layer == MAIN_LAYER
        )
        there = set(session.scalars(query))
        session.add_all(
            Disposition(comment_id=one, value=DispositionValue.CODED, officer_id=by[one])
            for one in block
            if one not in there
        )
    session.flush()
