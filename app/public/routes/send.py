from typing import Any

from flask import redirect, render_template, request, url_for

from app.accounts.actor import RESPONDENT
from app.cleaning.services.look_on_arrival import look_on_arrival
from app.enums import RespondentKind
from app.public.equality import asks_equality, has_answered, page_after_sending
from app.public.guards import already_sent, closed, drafting, holding
from app.public.here import Here, find_here
from app.public.mail import alarm_words, copy_asked, copy_words
from app.public.progress import task_list
from app.public.proof import new_challenge, signals_sent
from app.public.summary import chapters
from app.rendering.words import later, page_language
from app.responses.queries.colleagues import tally
from app.responses.refusals import AlreadySent, NeededFirst, NothingAnswered, NotOpen
from app.responses.services.mail import mail_copy
from app.responses.services.send import send_response
from app.web import mail
from app.web.clock import now
from app.web.transactions import writes

NEEDED = {
    "organisation": later("Enter the name of your organisation"),
    "organisation_authority": later("Confirm that you are allowed to reply for the organisation"),
}
NEEDED_OTHERWISE = later("Answer this question before you send")


@drafting
def check(here: Here) -> str:
    return _page(here)


@writes
@holding
def send(here: Here) -> Any:
    """A second press, a retry or another tab ends on the same confirmation."""
    was_draft = here.reply.is_draft
    try:
        send_response(
            here.consultation,
            here.reply.response.id,
            shown=_shown(),
            signals=signals_sent(),
            language=page_language(),
            actor=RESPONDENT,
            now=now(),
        )
    except NotOpen:
        return closed(here)
    except AlreadySent:
        return already_sent(here)
    except NothingAnswered:
        return _page(here), 422
    except NeededFirst:
        return _page(here, refused=True), 422
    look_on_arrival(here.reply.response.id, words=alarm_words(here), now=now())
    _mail_copy(here)
    return redirect(page_after_sending(here, was_draft=was_draft), 303)


def _mail_copy(before: Here) -> None:
    """In the transaction of the sending. Nothing is read again for those who asked for no copy."""
    here = find_here(before.consultation) if copy_asked(before) else None
    if here is not None:
        mail_copy(here.reply.response.id, words=copy_words(here.sent), now=now())


@holding
def sent(here: Here) -> Any:
    unsent_change = here.reply.is_changing and not here.takes_words
    if not (here.reply.is_sent or unsent_change):
        return redirect(here.url("reply"), 303)
    return render_template(
        "public/reply/sent.html",
        consultation=here.consultation,
        here=here.sent,
        unsent_change=unsent_change,
        asks_equality=asks_equality(here),
        answered_equality=has_answered(here),
        address=url_for("public.continue_link", token=here.link.token, _external=True),
        copy_asked=copy_asked(here),
        mail_is_sent=mail.is_sent(),
    )


def _shown() -> int | None:
    """The version that the check page showed, as its form says it."""
    number = request.form.get("version", "")
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else None


def _page(here: Here, *, refused: bool = False) -> str:
    needed, organisation = _needed(here), here.reply.response.kind is RespondentKind.ORGANISATION
    return render_template(
        "public/reply/check.html",
        consultation=here.consultation,
        here=here,
        chapters=chapters(here),
        tasks=task_list(here),
        anything=_anything(here),
        colleagues=tally(here.reply.response.id) if organisation else None,
        letter_left_out=here.given.letter.is_there and not here.reply.response.is_letter,
        now=now(),
        challenge=new_challenge(),
        needed=needed,
        error_list=needed if refused else [],
    )


def _needed(here: Here) -> list[tuple[str, str]]:
    """What to say before sending, each with the address of its field."""
    return [
        (NEEDED.get(q.key, NEEDED_OTHERWISE), here.url("part", part_key=part.key) + f"#q-{q.key}")
        for part in here.parts
        for q in part.questions
        if q.needed_to_send and not here.given.to(q.id).is_there
    ]


def _anything(here: Here) -> bool:
    """A question of the document is answered, a paragraph commented on, or a letter will be sent."""
    asked = (question.id for part in here.parts if part.on_document for question in part.questions)
    letter = here.reply.response.is_letter and here.given.letter.is_there
    return letter or bool(here.passages) or any(here.given.to(question_id).is_there for question_id in asked)
