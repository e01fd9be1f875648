"""Words of abuse or of a call for help are flagged as a response arrives, and moderators are told."""

import uuid
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import bindparam, or_, select

from app.accounts.actor import SYSTEM
from app.accounts.services.record import record
from app.counting.flags import ABUSE, SAFEGUARDING
from app.database import session
from app.enums import FlagSource, MailKind, Role
from app.mail.services.put import put
from app.mail.words import Words
from app.models import Comment, Flag, Officer, Response, RoleGrant
from app.theming.triage.alarm import is_abusive, needs_safeguarding

_TEXTS = select(Comment.id, Comment.text).where(
    Comment.response_id == bindparam("response"), Comment.is_current
)


def look_on_arrival(
    response_id: uuid.UUID, *, words: Callable[[str], Words] | None, now: datetime
) -> set[str]:
    """The codes that are new, in the transaction of the sending. `words` makes the mail from the reference;
    it holds no word of the response. None: no mail is written here."""
    texts = session.execute(_TEXTS, {"response": response_id})
    found = {(key, code) for key, text in texts for code in _codes(text)}
    new = found - _flags_of({key for key, _ in found}) if found else found
    if not new:
        return set()
    session.add_all(Flag(comment_id=key, code=code, source=FlagSource.MACHINE) for key, code in sorted(new))
    response = session.get_one(Response, response_id)
    codes = {code for _, code in new}
    record(
        "flagged", actor=SYSTEM, now=now, subject="flag", subject_id=response_id,
        subject_name=response.reference, consultation_id=response.consultation_id,
        details={"codes": ", ".join(sorted(codes))},
    )  # fmt: skip
    session.flush()
    if SAFEGUARDING in codes and words is not None:
        _tell(response, words(response.reference), now=now)
    return codes


def _codes(text: str) -> set[str]:
    found = {ABUSE} if is_abusive(text) else set()
    return found | ({SAFEGUARDING} if needs_safeguarding(text) else set())


def _flags_of(comment_ids: set[uuid.UUID]) -> set[tuple[uuid.UUID, str]]:
    query = select(Flag.comment_id, Flag.code).where(
        Flag.comment_id.in_(comment_ids), Flag.source == FlagSource.MACHINE
    )
    return {(key, code) for key, code in session.execute(query)}


def _tell(response: Response, words: Words, *, now: datetime) -> None:
    """Each moderator once for each version of the response; where there is none, each lead analyst."""
    to = _officers(response.consultation_id, Role.MODERATOR) or _officers(
        response.consultation_id, Role.LEAD_ANALYST
    )
    for officer in to:
        put(
            officer.email,
            kind=MailKind.ALARM,
            words=words,
            key=f"alarm:{response.id}:{response.current_version_id}:{officer.id}",
            now=now,
            about=response.reference,
            consultation_id=response.consultation_id,
        )


def _officers(consultation_id: uuid.UUID, role: Role) -> list[Officer]:
    here = or_(RoleGrant.consultation_id == consultation_id, RoleGrant.consultation_id.is_(None))
    query = (
        select(Officer)
        .join(RoleGrant, RoleGrant.officer_id == Officer.id)
        .where(RoleGrant.role == role, here, Officer.active, ~Officer.is_example)
        .order_by(Officer.id)
    )
    return list(session.scalars(query).unique())
