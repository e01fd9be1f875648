"""News that a report is out, to those who asked for it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from app.database import session
from app.enums import ContactUse, MailKind
from app.mail.services.put import put_all
from app.mail.words import Words
from app.models import Contact, ReportRelease, Response
from app.responses.queries.reply import GONE


def mail_news(release: ReportRelease, *, words: Mapping[str, Words], now: datetime) -> int:
    """One mail for each address, however many responses it stands with, in the language of the newest of
    them; `words` are by language, the consultation's own first. How many.
    """
    contacts = session.execute(
        select(Contact.id, Contact.email, Contact.uses, Response.language)
        .join(Response, Response.id == Contact.response_id)
        .where(Response.consultation_id == release.consultation_id, Response.status.not_in(GONE))
        .order_by(Contact.id)
    )
    asked = {
        contact.email.lower(): (
            contact.language if contact.language in words else next(iter(words)),
            f"report:{release.id}:{contact.id}",
            contact.email,
        )
        for contact in contacts
        if ContactUse.REPORT in contact.uses
    }
    return sum(
        put_all(
            {key: email for spoken, key, email in asked.values() if spoken == language},
            kind=MailKind.REPORT,
            words=said,
            now=now,
            about=f"release {release.number}",
            consultation_id=release.consultation_id,
        )
        for language, said in words.items()
    )
