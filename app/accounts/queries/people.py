"""Officers with their roles, for the pages where these are given."""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select

from app.database import session
from app.enums import Role
from app.models import Consultation, Officer, RoleGrant


@dataclass(frozen=True)
class Person:
    id: uuid.UUID
    name: str
    email: str
    active: bool
    is_example: bool
    has_password: bool
    link_until: datetime | None
    is_administrator: bool
    roles: dict[str, tuple[Role, ...]]
    """By the title of the consultation."""

    @property
    def may_sign_in(self) -> bool:
        return self.active and not self.is_example

    @property
    def role_set(self) -> frozenset[Role]:
        return frozenset(role for roles in self.roles.values() for role in roles)


Grant = tuple[uuid.UUID, str | None, Role]


def everyone() -> list[Person]:
    return _people(_officers(), _grants())


def person(officer_id: uuid.UUID) -> Person | None:
    """With their roles in every consultation."""
    grants = _grants().where(RoleGrant.officer_id == officer_id)
    return next(iter(_people(_officers().where(Officer.id == officer_id), grants)), None)


def people_in(consultation_id: uuid.UUID) -> list[Person]:
    """Who holds a role in this consultation, administrators included."""
    here = _held_in(consultation_id)
    holders = select(RoleGrant.officer_id).where(here)
    return _people(_officers().where(Officer.id.in_(holders)), _grants().where(here))


def person_in(consultation_id: uuid.UUID, *, officer_id: uuid.UUID) -> Person | None:
    """Any officer, with their roles in this consultation."""
    grants = _grants().where(_held_in(consultation_id), RoleGrant.officer_id == officer_id)
    return next(iter(_people(_officers().where(Officer.id == officer_id), grants)), None)


def _held_in(consultation_id: uuid.UUID) -> ColumnElement[bool]:
    return or_(RoleGrant.consultation_id == consultation_id, RoleGrant.consultation_id.is_(None))


def _officers() -> Select[Officer]:
    return select(Officer).order_by(Officer.name, Officer.id)


def _grants() -> Select[uuid.UUID, str | None, Role]:
    return (
        select(RoleGrant.officer_id, Consultation.title, RoleGrant.role)
        .outerjoin(Consultation, Consultation.id == RoleGrant.consultation_id)
        .order_by(Consultation.title)
    )


def _people(officers: Select[Officer], grants: Select[uuid.UUID, str | None, Role]) -> list[Person]:
    held: dict[uuid.UUID, dict[str | None, set[Role]]] = defaultdict(lambda: defaultdict(set))
    for officer_id, place, role in session.execute(grants):
        held[officer_id][place].add(role)
    return [_person(officer, held[officer.id]) for officer in session.scalars(officers)]


def _person(officer: Officer, held: dict[str | None, set[Role]]) -> Person:
    return Person(
        id=officer.id,
        name=officer.name,
        email=officer.email,
        active=officer.active,
        is_example=officer.is_example,
        has_password=officer.password is not None,
        link_until=officer.set_up_until,
        is_administrator=Role.ADMINISTRATOR in held.get(None, ()),
        roles={
            place: tuple(role for role in Role if role in roles)
            for place, roles in held.items()
            if place is not None
        },
    )
