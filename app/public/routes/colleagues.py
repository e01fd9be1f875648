"""The lead of an organisation's reply invites colleagues, reads what they wrote and takes it in."""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app.accounts.actor import RESPONDENT
from app.consultations.queries.parts import Part
from app.enums import RespondentKind
from app.public.colleague import open_questions
from app.public.forms.colleague import Place, places
from app.public.guards import already_sent, closed, drafting
from app.public.here import Here, link_key
from app.public.progress import LETTER_PART, address
from app.rendering.words import later, plain
from app.responses.links import link_of_invitation
from app.responses.queries.colleagues import Written, open_invitation, tally, written_by_colleagues
from app.responses.refusals import AlreadySent, ContributionChanged, NoRoom, NotInTheReply, NotOpen
from app.responses.services.invite import end_invitation, invite
from app.responses.services.take_in import leave_out, take_in
from app.web.clock import now
from app.web.transactions import writes

ADDED = later("Added to your answer.")
LEFT_OUT = later("Left out. You can still add it later.")
CHANGED = later(
    "Your colleague has changed this text since you opened the page. Read it again before you choose."
)
NO_ROOM = later("Your answer and this text together are longer than we can take. Shorten your answer first.")
NO_PLACE = later("Your response has no place for this text now, because you changed how you reply.")
ADD = "add"


@dataclass(frozen=True)
class Wrote:
    """A question with the lead's own words, where they are changed, and what colleagues wrote."""

    question: str
    mine: str
    href: str | None  # None where the reply has no place for it now
    texts: tuple[Written, ...]


@drafting
def show_invitation(here: Here) -> str:
    _check_organisation(here)
    invitation = open_invitation(here.reply.response.id)
    link = link_of_invitation(invitation, key=link_key()) if invitation else None
    return render_template(
        "public/reply/invite.html",
        consultation=here.consultation,
        here=here,
        invitation=invitation,
        link=link,
        address=url_for("public.contribute_link", token=link.token, _external=True) if link else None,
        colleagues=tally(here.reply.response.id),
    )


@writes
@drafting
def make_invitation(here: Here) -> Any:
    _check_organisation(here)
    try:
        invite(
            here.consultation,
            here.reply.response.id,
            instead_of=_id("instead_of"),
            key=link_key(),
            actor=RESPONDENT,
            now=now(),
        )
    except NotOpen:
        return closed(here)
    except AlreadySent:
        return already_sent(here)
    return redirect(here.url("invite"), 303)


@writes
@drafting
def stop_invitation(here: Here) -> Any:
    _check_organisation(here)
    try:
        end_invitation(here.consultation, here.reply.response.id, actor=RESPONDENT, now=now())
    except NotOpen:
        return closed(here)
    except AlreadySent:
        return already_sent(here)
    return redirect(here.url("invite"), 303)


@drafting
def show(here: Here) -> str:
    _check_organisation(here)
    return _page(here)


@writes
@drafting
def decide(here: Here) -> Any:
    _check_organisation(here)
    chosen, add = _id("text"), ADD in request.form
    wording = request.form.get("wording", "")
    if chosen is None or not wording.isdecimal() or len(wording) > 9:
        abort(400)
    act = take_in if add else leave_out
    try:
        act(here.consultation, here.reply.response.id, chosen, wording=int(wording), now=now())
    except NotOpen:
        return closed(here)
    except AlreadySent:
        return already_sent(here)
    except ContributionChanged:
        return _page(here, CHANGED), 409
    except NoRoom:
        return _page(here, NO_ROOM), 422
    except NotInTheReply:
        return _page(here, NO_PLACE), 422
    flash(ADDED if add else LEFT_OUT, "success")
    return redirect(here.url("colleagues"), 303)


def _check_organisation(here: Here) -> None:
    if here.reply.response.kind is not RespondentKind.ORGANISATION:
        abort(404)


def _id(field: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.form.get(field, ""))
    except ValueError:
        return None


def _page(here: Here, error: str | None = None) -> str:
    return render_template(
        "public/reply/colleagues.html",
        consultation=here.consultation,
        here=here,
        wrote=_wrote(here),
        error_list=[(error, "#texts")] if error else [],
    )


def _wrote(here: Here) -> list[Wrote]:
    """In the order of the reply; what it has no place for comes last."""
    texts: dict[uuid.UUID | None, list[Written]] = {}
    for one in written_by_colleagues(here.reply.response.id):
        texts.setdefault(one.question_id, []).append(one)
    letter = [LETTER_PART] if here.reply.response.is_letter else []
    asked = [open_questions(part) for part in here.parts if part.on_document]
    found = [
        _wrote_for(here, part, place, tuple(texts.pop(place.question_id)))
        for part in [*letter, *asked]
        for place in places(part)
        if place.question_id in texts
    ]
    rest = tuple(one for several in texts.values() for one in several)
    return [*found, Wrote(plain("Texts without a place in your response"), "", None, rest)] if rest else found


def _wrote_for(here: Here, part: Part, place: Place, texts: tuple[Written, ...]) -> Wrote:
    given = here.given.to(place.question_id) if place.question_id else here.given.letter
    question = plain("Your letter") if part is LETTER_PART else place.label
    return Wrote(question, given.text, f"{address(here, part)}#{place.field}", texts)
