"""Which comments are the most useful to read next, by what a run suggests for them.

Most useful: first those that the engine chose as teaching the frame most (`theming.reading_order`); then
those where it is least sure, taken from each theme in turn. Another order comes in here, and nowhere else.
"""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from itertools import zip_longest

from sqlalchemy import delete, insert, select

from app.database import blocks, session
from app.models import ReadingOrder, Suggestion, ThemingRun
from app.responses.queries.erased import erased_comments


def write_order(run_id: uuid.UUID, ordered: Sequence[uuid.UUID], *, at: int = 0) -> None:
    """`at`: the position of the first of them. What an attempt that was cut off wrote for them goes first.
    Whoever erases a response is waited for: `forget_in_proposals` holds the run too."""
    run = session.get_one(ThemingRun, run_id, with_for_update={"key_share": True})
    gone = erased_comments(run.consultation_id)
    for block in blocks(list(enumerate(ordered, start=at))):
        session.execute(
            delete(ReadingOrder).where(
                ReadingOrder.run_id == run_id, ReadingOrder.comment_id.in_([key for _, key in block])
            ),
            execution_options={"synchronize_session": False},
        )
        rows = [
            {"run_id": run_id, "comment_id": key, "position": position}
            for position, key in block
            if key not in gone
        ]
        if rows:
            session.execute(insert(ReadingOrder), rows)


def reading_order(run_id: uuid.UUID, *, first: Sequence[uuid.UUID] = ()) -> list[uuid.UUID]:
    return list(dict.fromkeys((*first, *_ordered(run_id))))


def _ordered(run_id: uuid.UUID) -> list[uuid.UUID]:
    """Each comment once."""
    query = select(Suggestion.comment_id, Suggestion.theme_id, Suggestion.rank, Suggestion.probability)
    doubt: dict[uuid.UUID, float] = defaultdict(float)
    foremost: dict[uuid.UUID, uuid.UUID] = {}
    for comment_id, theme_id, rank, probability in session.execute(query.where(Suggestion.run_id == run_id)):
        doubt[comment_id] += probability * (1 - probability)
        if rank == 1:
            foremost[comment_id] = theme_id
    by_theme: dict[uuid.UUID | None, list[uuid.UUID]] = defaultdict(list)
    for comment_id in sorted(doubt, key=lambda key: (-doubt[key], key)):
        by_theme[foremost.get(comment_id)].append(comment_id)
    rows = zip_longest(*(by_theme[key] for key in sorted(by_theme, key=str)))
    return [one for row in rows for one in row if one is not None]
