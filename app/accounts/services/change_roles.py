import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.queries.officers import active_administrators
from app.accounts.services.record import record
from app.database import session
from app.enums import Role
from app.models import Officer, RoleGrant


class LastAdministrator(Exception):
    """Nobody would be left who can give roles."""


def change_roles(
    officer_id: uuid.UUID,
    *,
    consultation_id: uuid.UUID | None,
    roles: Collection[Role],
    actor: Actor,
    now: datetime,
) -> bool:
    """Make these the officer's roles in this consultation; everywhere, where none is named.

    False: nothing changed.     Raises LastAdministrator, and ValueError for a role that is not given there.
    """
    if any((role is Role.ADMINISTRATOR) != (consultation_id is None) for role in roles):
        raise ValueError("an administrator's role holds everywhere, every other one in a consultation")
    session.get_one(Officer, officer_id, with_for_update=True)
    held = {grant.role: grant for grant in _grants(officer_id, consultation_id)}
    added, removed = set(roles) - set(held), set(held) - set(roles)
    if Role.ADMINISTRATOR in removed:
        keep_an_administrator(without=officer_id)
    for role in removed:
        session.delete(held[role])
    session.add_all(
        RoleGrant(
            officer_id=officer_id, consultation_id=consultation_id, role=role, granted_by_id=actor.officer_id
        )
        for role in sorted(added)
    )
    if added or removed:
        _record(officer_id, consultation_id, added=added, removed=removed, actor=actor, now=now)
    return bool(added or removed)


def keep_an_administrator(*, without: uuid.UUID) -> None:
    """Two administrators who remove each other at once: the second waits here, and is refused."""
    everywhere = RoleGrant.consultation_id.is_(None)
    session.scalars(select(RoleGrant).where(everywhere).order_by(RoleGrant.id).with_for_update()).all()
    if all(officer.id == without for officer in active_administrators()):
        raise LastAdministrator


def _grants(officer_id: uuid.UUID, consultation_id: uuid.UUID | None) -> list[RoleGrant]:
    here = (
        RoleGrant.consultation_id.is_(None)
        if consultation_id is None
        else RoleGrant.consultation_id == consultation_id
    )
    return list(session.scalars(select(RoleGrant).where(RoleGrant.officer_id == officer_id, here)))


def _record(
    officer_id: uuid.UUID,
    consultation_id: uuid.UUID | None,
    *,
    added: set[Role],
    removed: set[Role],
    actor: Actor,
    now: datetime,
) -> None:
    session.flush()
    record(
        "changed_roles",
        actor=actor,
        now=now,
        subject="officer",
        subject_id=officer_id,
        consultation_id=consultation_id,
        details={"added": sorted(added), "removed": sorted(removed)},
    )
