from datetime import datetime

from sqlalchemy import select

from app.accounts.actor import SYSTEM
from app.accounts.queries.officers import anyone_can_sign_in
from app.accounts.services.add_officer import add_officer
from app.accounts.services.change_roles import change_roles
from app.database import session
from app.enums import Role
from app.models import Consultation, Officer

EMAIL = "first.officer@example.org"
NAME = "First officer"
IN_THE_SAMPLE = (Role.LEAD_ANALYST, Role.MODERATOR, Role.REPORT_EDITOR)


def make_first_officer(
    password_hash: str, *, now: datetime, email: str = EMAIL, name: str = NAME
) -> Officer | None:
    """The administrator of a new installation, who has every role in its sample.

    None when there is an officer already.
    """
    if anyone_can_sign_in():
        return None
    officer = add_officer(email, name=name, actor=SYSTEM, now=now, password_hash=password_hash)
    change_roles(officer.id, consultation_id=None, roles={Role.ADMINISTRATOR}, actor=SYSTEM, now=now)
    for consultation_id in session.scalars(select(Consultation.id).where(Consultation.is_sample)):
        change_roles(officer.id, consultation_id=consultation_id, roles=IN_THE_SAMPLE, actor=SYSTEM, now=now)
    return officer
