"""The words of mail to a respondent, with the link of the response they are at."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from app.consultations.queries.find import consultation_by_id
from app.enums import ContactUse
from app.mail.words import Words
from app.public.autosave import is_autosave
from app.public.here import Here, link_key
from app.public.summary import chapters
from app.rendering.mail import alarm_mail, copy_mail, link_mail
from app.rendering.words import page_language
from app.responses.links import PrivateLink, link_from_start
from app.responses.queries.reply import email_uses
from app.responses.services.keep_contact import NewContact
from app.web import mail

if TYPE_CHECKING:
    from app.models import Response


def with_link_mail(contact: NewContact | None, here: Here) -> NewContact | None:
    """Carries the words along where a link is asked for; the service knows whether it was sent before.

    Never while a page saves itself: the address may be half typed.
    """
    asked = contact is not None and ContactUse.LINK in contact.uses
    if contact is None or not asked or is_autosave() or not mail.is_written():
        return contact
    return replace(
        contact, link_mail=link_mail(here.consultation, language=page_language(), **_way_back(here.link))
    )


def copy_asked(here: Here) -> bool:
    return mail.is_written() and ContactUse.COPY in email_uses(here.reply.response.id)


def alarm_words(here: Here) -> Callable[[str], Words] | None:
    """To officers, by the reference of the response."""
    if not mail.is_written():
        return None
    link = mail.address("officer.clean_tab", slug=here.consultation.slug, tab="safety")
    return lambda reference: alarm_mail(here.consultation, reference=reference, link=link)


def copy_words(here: Here) -> Words:
    """`here` is read after the sending, so that it is what was sent."""
    response, sent_at = here.reply.response, here.reply.version.sent_at
    if sent_at is None:
        raise ValueError("a copy of what was not sent")
    return copy_mail(
        here.consultation,
        language=page_language(),
        reference=response.reference,
        sent_at=sent_at,
        chapters=chapters(here),
        **_way_back(here.link),
    )


def link_again_words(response: "Response") -> Words | None:
    """None where its consultation, or what its link follows from, is gone."""
    consultation = consultation_by_id(response.consultation_id)
    if consultation is None or response.start_token is None:
        return None
    way_back = _way_back(link_from_start(response.start_token, key=link_key()))
    return link_mail(consultation, language=response.language, **way_back)


def _way_back(link: PrivateLink) -> dict[str, str]:
    return {
        "link": mail.address("public.continue_link", token=link.token),
        "code": link.code,
        "code_at": mail.address("public.continue_form"),
    }
