import uuid
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from app.database import session
from app.enums import Role, Stage
from app.models import Consultation, RoleGrant


@dataclass(frozen=True)
class MyConsultation:
    slug: str
    title: str
    stage: Stage
    is_sample: bool
    roles: tuple[Role, ...]


def my_consultations(officer_id: uuid.UUID) -> list[MyConsultation]:
    """Those in which the officer holds a role; for an administrator, all."""
    held = defaultdict(set)
    grants = select(RoleGrant.consultation_id, RoleGrant.role).where(RoleGrant.officer_id == officer_id)
    for consultation_id, role in session.execute(grants):
        held[consultation_id].add(role)
    everywhere = held.pop(None, set())
    found = select(Consultation).order_by(Consultation.opens_at.desc(), Consultation.title)
    if not everywhere:
        found = found.where(Consultation.id.in_(held))
    return [
        MyConsultation(
            slug=consultation.slug,
            title=consultation.title,
            stage=consultation.stage,
            is_sample=consultation.is_sample,
            roles=tuple(role for role in Role if role in held[consultation.id] | everywhere),
        )
        for consultation in session.scalars(found)
    ]
