from typing import Any

from flask import abort, redirect, render_template, request

from app.public import autosave
from app.public.conflict import Asked, conflict_page, with_kept_words
from app.public.forms.letter import LetterForm, letter_form, letter_shown
from app.public.guards import already_sent, closed, drafting
from app.public.here import Here
from app.public.progress import next_after
from app.rendering.words import plain
from app.responses.queries.reply import answers_given
from app.responses.refusals import AlreadySent, ChangedElsewhere, NotOpen
from app.responses.services.save_part import LETTER, save_letter
from app.web.clock import now
from app.web.transactions import writes

LATER = "later"


@drafting
def show(here: Here) -> str:
    if not here.reply.response.is_letter:
        abort(404)
    return _page(here, letter_form(here.given.letter))


@writes
@drafting
def save(here: Here) -> Any:
    sent = with_kept_words(request.form, {LETTER: (LETTER, here.given.letter)})
    form = LetterForm(formdata=sent)
    quiet = autosave.is_autosave()
    if not form.validate_on_submit():
        return autosave.not_saved(autosave.NOT_COMPLETE) if quiet else (_page(here, form), 422)
    try:
        save_letter(
            here.consultation,
            here.reply.response.id,
            letter=form.answer(),
            finished=not quiet and LATER not in request.form,
            now=now(),
        )
    except NotOpen:
        return closed(here)
    except AlreadySent:
        return already_sent(here)
    except ChangedElsewhere as changed:
        return _changed(here, changed)
    if quiet:
        return autosave.saved(here, seen=letter_shown(answers_given(here.reply).letter))
    return redirect(here.url("reply") if LATER in request.form else next_after(here, LETTER), 303)


def _changed(here: Here, changed: ChangedElsewhere) -> Any:
    if autosave.is_autosave():
        return autosave.not_saved(autosave.CHANGED)
    return conflict_page(here, plain("Your letter"), changed, {LETTER: Asked(plain("Your letter"))}), 422


def _page(here: Here, form: LetterForm) -> str:
    return render_template("public/reply/letter.html", consultation=here.consultation, here=here, form=form)
