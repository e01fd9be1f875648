"""The words of mail to a respondent, with the link of the response they are at."""

from dataclasses import replace

from app.enums import ContactUse
from app.mail.words import Words
from app.public.autosave import is_autosave
from app.public.here import Here
from app.public.summary import chapters
from app.rendering.mail import copy_mail, link_mail
from app.responses.queries.reply import email_uses
from app.responses.services.save_part import NewContact
from app.web import mail


def with_link_mail(contact: NewContact | None, here: Here) -> NewContact | None:
    """Carries the words along where a link is asked for; the service knows whether it was sent before.

    Never while a page saves itself: the address may be half typed.
    """
    asked = contact is not None and ContactUse.LINK in contact.uses
    if contact is None or not asked or is_autosave() or not mail.is_written():
        return contact
    return replace(contact, link_mail=link_mail(here.consultation, **_way_back(here)))


def copy_asked(here: Here) -> bool:
    return mail.is_written() and ContactUse.COPY in email_uses(here.reply.response.id)


def copy_words(here: Here) -> Words:
    """`here` is read after the sending, so that it is what was sent."""
    response, sent_at = here.reply.response, here.reply.version.sent_at
    if sent_at is None:
        raise ValueError("a copy of what was not sent")
    return copy_mail(
        here.consultation,
        reference=response.reference,
        sent_at=sent_at,
        chapters=chapters(here),
        **_way_back(here),
    )


def _way_back(here: Here) -> dict[str, str]:
    return {
        "link": mail.address("public.continue_link", token=here.link.token),
        "code": here.link.code,
        "code_at": mail.address("public.continue_form"),
    }
