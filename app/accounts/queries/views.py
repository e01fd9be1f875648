"""Lists as officers narrowed and named them: one's own, and those that colleagues share."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select

from app.database import session
from app.models import Officer, SavedView

MOST = 200  # on the page of views


@dataclass(frozen=True)
class View:
    """`query` is what the address says after the question mark, as names and values."""

    id: uuid.UUID
    name: str
    query: dict[str, Any]
    shared: bool
    officer_id: uuid.UUID
    officer: str


def views(
    consultation_id: uuid.UUID, *, page: str, officer_id: uuid.UUID, most: int = MOST
) -> Sequence[View]:
    """The officer's own first, each part by name."""
    query = (
        select(SavedView, Officer.name)
        .join(Officer, Officer.id == SavedView.officer_id)
        .where(
            SavedView.consultation_id == consultation_id,
            SavedView.page == page,
            or_(SavedView.officer_id == officer_id, SavedView.shared),
        )
        .order_by(SavedView.officer_id != officer_id, func.lower(SavedView.name), SavedView.id)
        .limit(most)
    )
    return [
        View(row.id, row.name, row.query, row.shared, row.officer_id, name)
        for row, name in session.execute(query)
    ]
