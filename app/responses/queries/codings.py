"""What officers have decided about a number of comments, as lists show it. Merged themes are resolved."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.counting.behind import standing_coding
from app.counting.frame import Frame
from app.database import session
from app.enums import DispositionValue, Stance
from app.models import MAIN_LAYER, Coding, Disposition
from app.responses.hidden import shown_span
from app.responses.marked import Span


@dataclass(frozen=True)
class CodedTheme:
    code: str
    label: str
    stance: Stance


@dataclass(frozen=True)
class Decided:
    """`quotes` are spans of the redacted text, labelled with the code of their theme."""

    themes: tuple[CodedTheme, ...] = ()
    quotes: tuple[Span, ...] = ()
    disposition: DispositionValue = DispositionValue.UNDECIDED


def decided(of: Frame, comment_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Decided]:
    """Three queries. A comment that nobody has decided is undecided."""
    wanted = list(comment_ids)
    codings = _codings(wanted)
    dispositions = _dispositions(wanted)
    codes = {row.id: of.survivor(row) for row in of.rows}
    return {
        one: Decided(
            themes=tuple(
                dict.fromkeys(
                    CodedTheme(codes[c.theme_id].code, codes[c.theme_id].label, c.stance)
                    for c in codings[one]
                )
            ),
            quotes=tuple(
                (*shown_span(c.comment, q.start, q.end), codes[c.theme_id].code)
                for c in codings[one]
                for q in c.quotes
            ),
            disposition=dispositions.get(one, DispositionValue.UNDECIDED),
        )
        for one in wanted
    }


def _codings(comment_ids: list[uuid.UUID]) -> dict[uuid.UUID, list[Coding]]:
    query = (
        select(Coding)
        .where(Coding.comment_id.in_(comment_ids), standing_coding())
        .options(selectinload(Coding.quotes), joinedload(Coding.comment))
        .order_by(Coding.id)
    )
    found: dict[uuid.UUID, list[Coding]] = defaultdict(list)
    for coding in session.scalars(query):
        found[coding.comment_id].append(coding)
    return found


def _dispositions(comment_ids: list[uuid.UUID]) -> dict[uuid.UUID, DispositionValue]:
    query = select(Disposition.comment_id, Disposition.value).where(
        Disposition.comment_id.in_(comment_ids), Disposition.layer == MAIN_LAYER
    )
    return {comment_id: value for comment_id, value in session.execute(query)}
