"""Keeping a narrowed list under a name, and giving it up."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.models import SavedView

LONGEST_NAME = 80


class NameTaken(Exception):
    """The officer has another view of this name."""


def save_view(
    name: str,
    *,
    page: str,
    query: Mapping[str, str],
    shared: bool,
    consultation_id: uuid.UUID,
    actor: Actor,
    now: datetime,
) -> SavedView:
    """Pressed twice it is there once. Raises NameTaken."""
    its = (
        SavedView.officer_id == actor.officer_id,
        SavedView.consultation_id == consultation_id,
        SavedView.page == page,
    )
    there = session.scalars(select(SavedView).where(*its, SavedView.name == name)).first()
    if there is not None and there.query != dict(query):
        raise NameTaken
    if there is not None and there.shared is shared:
        return there
    view = there or SavedView(
        officer_id=actor.officer_id, consultation_id=consultation_id, name=name, page=page, query=dict(query)
    )
    view.shared = shared
    session.add(view)
    session.flush()
    _record("shared" if shared else "saved", view, actor=actor, now=now)
    return view


def delete_view(
    view_id: uuid.UUID, *, consultation_id: uuid.UUID, everyones: bool, actor: Actor, now: datetime
) -> str | None:
    """Its name; None where it is gone already. `everyones`: the officer may end what colleagues share."""
    view = session.scalars(
        select(SavedView).where(SavedView.id == view_id, SavedView.consultation_id == consultation_id)
    ).one_or_none()
    if view is None or not (view.officer_id == actor.officer_id or (everyones and view.shared)):
        return None
    session.delete(view)
    session.flush()
    _record("deleted", view, actor=actor, now=now)
    return view.name


def _record(action: str, view: SavedView, *, actor: Actor, now: datetime) -> None:
    """Without its name, which may hold words that were searched for."""
    record(
        action, actor=actor, now=now, subject="view", subject_id=view.id,
        consultation_id=view.consultation_id, details={"page": view.page},
    )  # fmt: skip
