"""The response whose private link this browser holds. The link stays in the cookie, out of every address."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from flask import Response, abort, current_app, request, url_for

from app.consultations.queries.paper_form import PaperPart
from app.consultations.queries.parts import Part, reply_parts, without_contact
from app.consultations.queries.passages import PassageShown, passages_shown
from app.consultations.queries.timing import Window, grace_ends_at, report_by, window
from app.rendering.words import later, page_language
from app.responses.links import PrivateLink, link_of
from app.responses.queries.drafts import goes_at
from app.responses.queries.reply import (
    GivenAnswers,
    Reply,
    answers_given,
    as_sent,
    reply_by_token,
    withdrawn_by_token,
)
from app.web import mail
from app.web.clock import now

if TYPE_CHECKING:
    from app.models import Consultation
    from app.models import Response as StoredResponse

P = TypeVar("P", Part, PaperPart)
COOKIE = "soundings_reply"
TITLES = {
    "About you": later("About you"),
    "About your organisation": later("About your organisation"),
    "Publication and contact": later("Publication and contact"),
}
KEPT_DAYS = 30  # after the last visit; the cookies page says so


@dataclass(frozen=True)
class Here:
    """What a page of the reply works on."""

    consultation: "Consultation"
    reply: Reply
    token: str

    @cached_property
    def link(self) -> PrivateLink:
        return link_of(self.token, key=link_key())

    @cached_property
    def parts(self) -> list[Part]:
        """Without the questions about email where no mail is sent: a page must not promise it."""
        kind, language = self.reply.response.kind, page_language()
        parts = [titled(part) for part in reply_parts(self.consultation, kind, language=language)]
        return parts if mail.is_written() else [without_contact(part) for part in parts]

    @cached_property
    def given(self) -> GivenAnswers:
        return answers_given(self.reply)

    @cached_property
    def passages(self) -> dict[uuid.UUID, PassageShown]:
        """Those commented on, by id, in the order of the document."""
        said = [here for here, given in self.given.by_passage.items() if given.is_there]
        return passages_shown(self.consultation.id, said)

    @property
    def grace_ends_at(self) -> datetime:
        return grace_ends_at(self.consultation)

    @property
    def report_by(self) -> datetime | None:
        return report_by(self.consultation, now=now())

    @property
    def draft_goes_at(self) -> datetime:
        return goes_at(self.reply.version)

    @cached_property
    def window(self) -> Window:
        return window(self.consultation, now=now())

    @property
    def takes_words(self) -> bool:
        """It is not sent, or being changed, and there is time."""
        return not self.reply.is_sent and self.window in (Window.OPEN, Window.GRACE)

    @property
    def takes_withdrawal(self) -> bool:
        return not self.reply.is_draft and self.window in (Window.OPEN, Window.GRACE)

    @cached_property
    def sent(self) -> "Here":
        """The same response with the version that counts."""
        return replace(self, reply=as_sent(self.reply)) if self.reply.is_changing else self

    @cached_property
    def changing_since(self) -> datetime | None:
        """When the version was sent that counts while another is being written."""
        return self.sent.reply.version.sent_at if self.reply.is_changing and self.takes_words else None

    def part(self, key: str) -> Part:
        found = next((part for part in self.parts if part.key == key), None)
        return found or abort(404)

    def url(self, endpoint: str, *, part_key: str | None = None, number: int | None = None) -> str:
        slug = self.consultation.slug
        return url_for(f"public.{endpoint}", slug=slug, part_key=part_key, number=number)


def titled(part: P) -> P:
    """The pages that every consultation has are named by us; the others by the consultation."""
    return replace(part, title=TITLES.get(part.title, part.title))


def link_key() -> str:
    return str(current_app.extensions["settings"].link_key)


def find_here(consultation: "Consultation") -> Here | None:
    token = request.cookies.get(COOKIE, "")
    reply = reply_by_token(token, key=link_key()) if token else None
    if reply is None or reply.response.consultation_id != consultation.id:
        return None
    return Here(consultation, reply, token)


def find_withdrawn(consultation: "Consultation") -> "StoredResponse | None":
    """Of a response that was withdrawn there is its line, and nothing to read."""
    token = request.cookies.get(COOKIE, "")
    found = withdrawn_by_token(token, key=link_key()) if token else None
    return found if found is not None and found.consultation_id == consultation.id else None


def keep_here(page: Response, consultation: "Consultation", token: str) -> Response:
    page.set_cookie(
        COOKIE,
        token,
        max_age=KEPT_DAYS * 24 * 3600,
        path=cookie_path(consultation),
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return page


def cookie_path(consultation: "Consultation") -> str:
    return f"/c/{consultation.slug}"
