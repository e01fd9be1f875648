"""Mail that a respondent asked for goes into the outbox: each kind only where they ticked its use."""

import hashlib
import uuid
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.database import session
from app.enums import ContactUse, MailKind
from app.mail.services.put import put
from app.mail.words import Words
from app.models import Contact, OutboxMail, Response, ResponseVersion
from app.responses.services.lock import hold

# Somebody who types one address after another must not make us write to all of them.
LINKS_AT_MOST = 5
AGAIN_A_DAY = 3


def mail_link(response: Response, *, address: str, words: Words, now: datetime) -> bool:
    """Once for each address. The caller holds the response."""
    key = f"link:{response.id}:{_traceless(address, response)}"
    made = session.scalar(
        select(func.count())
        .select_from(OutboxMail)
        .where(
            OutboxMail.consultation_id == response.consultation_id,
            OutboxMail.kind == MailKind.LINK,
            OutboxMail.about == response.reference,
        )
    )
    return (made or 0) < LINKS_AT_MOST and put(
        address,
        kind=MailKind.LINK,
        words=words,
        key=key,
        now=now,
        about=response.reference,
        consultation_id=response.consultation_id,
    )


def mail_link_again(response_id: uuid.UUID, *, words: Words, now: datetime) -> bool:
    """To the address of the response, for whoever asked: a few times a day, as it may not be theirs."""
    response = hold(response_id)
    address = session.scalar(select(Contact.email).where(Contact.response_id == response_id))
    made = session.scalar(
        select(func.count())
        .select_from(OutboxMail)
        .where(
            OutboxMail.consultation_id == response.consultation_id,
            OutboxMail.kind == MailKind.LINK_AGAIN,
            OutboxMail.about == response.reference,
            OutboxMail.created_at > now - timedelta(days=1),
        )
    )
    if address is None or (made or 0) >= AGAIN_A_DAY:
        return False
    return put(
        address,
        kind=MailKind.LINK_AGAIN,
        words=words,
        key=f"link again:{response.id}:{now:%Y-%m-%d %H:%M}",  # pressed twice, it is one mail
        now=now,
        about=response.reference,
        consultation_id=response.consultation_id,
    )


def _traceless(address: str, response: Response) -> str:
    """Knows the address again for as long as the response is there; the start token goes with it."""
    return hashlib.sha256(f"{response.start_token or response.id}:{address.lower()}".encode()).hexdigest()


def mail_copy(response_id: uuid.UUID, *, words: Words, now: datetime) -> bool:
    """Of the version that was sent last: once, however often the sending is pressed."""
    response = session.get_one(Response, response_id)
    contact = session.scalar(select(Contact).where(Contact.response_id == response_id))
    version = session.scalar(
        select(ResponseVersion.id)
        .where(ResponseVersion.response_id == response_id, ResponseVersion.sent_at.is_not(None))
        .order_by(ResponseVersion.number.desc())
        .limit(1)
    )
    if contact is None or version is None or ContactUse.COPY not in contact.uses:
        return False
    return put(
        contact.email,
        kind=MailKind.COPY,
        words=words,
        key=f"copy:{version}",
        now=now,
        about=response.reference,
        consultation_id=response.consultation_id,
    )
