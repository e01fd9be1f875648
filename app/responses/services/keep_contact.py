from dataclasses import dataclass
from datetime import datetime
from zlib import crc32

from sqlalchemy import select

from app.database import session
from app.enums import ContactUse
from app.mail.words import Words
from app.models import Contact, Response
from app.responses.services.mail import mail_link


@dataclass(frozen=True)
class NewContact:
    """`seen` names the address that the page showed, as `address_seen` does; None for not known."""

    email: str
    uses: tuple[str, ...]
    seen: int | None = None
    link_mail: Words | None = None  # what to send where a link is asked for; None: not yet, or never


def keep_contact(response: Response, new: NewContact, *, now: datetime) -> None:
    """An old page without an address must not delete one that it never showed."""
    contact = session.scalar(
        select(Contact).where(Contact.response_id == response.id).execution_options(populate_existing=True)
    )
    if not new.email:
        shown = new.seen is None or contact is None or new.seen == address_seen(contact.email)
        if contact is not None and shown:
            session.delete(contact)
        return
    if contact is None:
        contact = Contact(response_id=response.id)
        session.add(contact)
    contact.email, contact.uses = new.email, list(new.uses)
    if new.link_mail is not None and ContactUse.LINK in new.uses:
        mail_link(response, address=new.email, words=new.link_mail, now=now)


def address_seen(email: str) -> int:
    """Names an address among the versions that a page has seen."""
    return crc32(email.encode()) % 10**9 if email else 0
