"""The reply that this browser's invitation is for, and the colleague's own place in it.

The cookie holds two tokens: the invitation's, and one that finds this colleague's own texts again.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Any

from flask import Response, abort, current_app, make_response, redirect, render_template, request, url_for

from app.consultations.queries.find import consultation_by_id
from app.consultations.queries.parts import Part, reply_parts
from app.consultations.queries.timing import Window, window
from app.enums import RespondentKind
from app.public.here import KEPT_DAYS, link_key, titled
from app.public.progress import LETTER_PART
from app.rendering.words import page_language
from app.responses.links import new_start_token, token_hash
from app.responses.queries.colleagues import KEPT_AFTER_SENDING, Invited, Own, invited_by_token, own_texts
from app.web.clock import now
from app.web.errors import typed_words
from app.web.languages import speak_for

if TYPE_CHECKING:
    from app.models import Consultation

COOKIE = "soundings_colleague"
COOKIE_PATH = "/contribute"
TOKENS = re.compile(r"([A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{22})")
View = Callable[..., Any]


class Stands(StrEnum):
    """Whether the colleague can still write, and if not, why."""

    WRITING = "writing"
    SENT = "sent"
    CLOSED = "closed"
    ENDED = "ended"


@dataclass(frozen=True)
class Contributing:
    """What a colleague's page works on. Nothing of the lead's draft is in it."""

    consultation: "Consultation"
    invited: Invited
    token: str
    own_token: str

    @cached_property
    def stands(self) -> Stands:
        reply = self.invited.reply
        if reply.is_sent:
            return Stands.SENT
        if window(self.consultation, now=now()) not in (Window.OPEN, Window.GRACE):
            return Stands.SENT if reply.is_changing else Stands.CLOSED
        ended = self.invited.ended or reply.response.kind is not RespondentKind.ORGANISATION
        return Stands.ENDED if ended else Stands.WRITING

    @property
    def own_hash(self) -> str:
        return token_hash(self.own_token, key=link_key())

    @cached_property
    def own(self) -> Own:
        return own_texts(self.invited.reply.response.id, own_hash=self.own_hash)

    @cached_property
    def parts(self) -> list[Part]:
        """Those with something to write: the open questions, and the letter where it is one."""
        kind, language = RespondentKind.ORGANISATION, page_language()
        found = [titled(part) for part in reply_parts(self.consultation, kind, language=language)]
        parts = [open_questions(part) for part in found if part.on_document]
        letter = [LETTER_PART] if self.invited.reply.response.is_letter else []
        return [*letter, *(part for part in parts if part.questions)]

    def part(self, key: str) -> Part:
        return next((part for part in self.parts if part.key == key), None) or abort(404)

    @property
    def goes_at(self) -> datetime | None:
        """When the texts are deleted, once the reply is sent."""
        sent_at = self.invited.reply.response.sent_at
        return sent_at + KEPT_AFTER_SENDING if sent_at else None


def open_questions(part: Part) -> Part:
    return replace(part, questions=tuple(q for q in part.questions if q.is_text and not q.contact))


def find_contributing() -> Contributing | None:
    tokens = TOKENS.fullmatch(request.cookies.get(COOKIE, ""))
    invited = invited_by_token(tokens[1], key=link_key()) if tokens else None
    if tokens is None or invited is None:
        return None
    consultation = consultation_by_id(invited.reply.response.consultation_id) or abort(404)
    speak_for(consultation)
    return Contributing(consultation, invited, tokens[1], tokens[2])


def keep_contributing(page: Response, token: str) -> Response:
    """The colleague's own token outlives the invitation, so that after a new one their words are there."""
    tokens = TOKENS.fullmatch(request.cookies.get(COOKIE, ""))
    page.set_cookie(
        COOKIE,
        f"{token}.{tokens[2] if tokens else new_start_token()}",
        max_age=KEPT_DAYS * 24 * 3600,
        path=COOKIE_PATH,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )
    return page


def contributing(view: View) -> View:
    """The view gets the invitation of this browser. Words posted without one are shown again, not stored."""

    @wraps(view)
    def inside(**values: Any) -> Any:
        found = find_contributing()
        if found is None and request.method == "GET":
            return redirect(url_for("public.contribute"), 303)
        if found is None:
            return render_template("public/contribute/not_here.html", words=typed_words()), 403
        return keep_contributing(make_response(view(found, **values)), found.token)

    return inside
