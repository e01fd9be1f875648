"""A letter in one piece: to which question does each of its points belong?"""

import uuid
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app.cleaning.queries.letters import LetterShown, letter_shown, questions_to_choose
from app.cleaning.refusals import CleaningRefused, NoLongerHere, ReasonMissing
from app.cleaning.services.divide_letter import divide_letter, leave_whole, put_together
from app.enums import Permission
from app.officer.forms.cleaning import ReasonForm
from app.officer.forms.letters import SAME, LetterForm, chosen, starts_of
from app.officer.routes.clean import LABELS
from app.themes.points import points_of
from app.themes.services.ask_to_learn import ask_to_learn
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.looks import look
from app.web.transactions import writes

STAYS = "stays"
REGION = "#points"


@allowed(Permission.CODE)
def letter(slug: str, comment_id: uuid.UUID) -> str:
    return _page(_letter_or_404(comment_id), recorded=look("comment"))


@allowed(Permission.CODE)
@writes
def letter_post(slug: str, comment_id: uuid.UUID) -> Any:
    found, form, choices = _letter_or_404(comment_id), LetterForm(), chosen(request.form)
    if not form.validate():
        return _page(found, form=form, choices=choices), 422
    note = form.note.data or ""
    try:
        if request.form.get("do") == STAYS:
            leave_whole(comment_id, note=note, actor=visit().actor, now=now())
            said = "The letter stays one comment."
        else:
            keys = {one.key: one.id for one in questions_to_choose(visit().consultation_id)}
            starts = starts_of(choices, keys)
            made = divide_letter(comment_id, starts=starts, note=note, actor=visit().actor, now=now())
            said = f"The letter is now {len(made)} {'comment' if len(made) == 1 else 'comments'}."
    except CleaningRefused as refusal:
        return _refused(comment_id, refusal, form=form, choices=choices)
    ask_to_learn(visit().consultation_id, now=now())  # its parts have no suggestions yet
    flash(said, "success")
    return redirect(url_for(".letter", slug=slug, comment_id=comment_id), 303)


@allowed(Permission.CODE)
@writes
def letter_again_post(slug: str, comment_id: uuid.UUID) -> Any:
    found, form = _letter_or_404(comment_id), ReasonForm(prefix="again")
    if not form.validate():
        return _page(found, again=form), 422
    try:
        put_together(comment_id, reason=form.reason.data or "", actor=visit().actor, now=now())
    except CleaningRefused as refusal:
        if isinstance(refusal, ReasonMissing):
            form.reason.errors = [str(refusal)]
        return _refused(comment_id, refusal, again=form)
    flash("The letter is one comment again.", "success")
    return redirect(url_for(".letter", slug=slug, comment_id=comment_id), 303)


def _refused(comment_id: uuid.UUID, refusal: CleaningRefused, **more: Any) -> Any:
    if isinstance(refusal, NoLongerHere):
        flash(str(refusal), "info")
        return redirect(url_for(".clean_tab", slug=visit().here.slug, tab="letters"), 303)
    return _page(_letter_or_404(comment_id), error_list=[(str(refusal), REGION)], **more), 422


def _letter_or_404(comment_id: uuid.UUID) -> LetterShown:
    original = visit().may(Permission.READ_ORIGINAL)
    found = letter_shown(visit().consultation_id, comment_id, original=original, cut=points_of)
    if found is None:
        abort(404)
    return found


def _page(
    found: LetterShown,
    *,
    recorded: str | None = None,
    form: LetterForm | None = None,
    choices: dict[int, str] | None = None,
    again: ReasonForm | None = None,
    **more: Any,
) -> str:
    questions = questions_to_choose(visit().consultation_id)
    return render_template(
        "officer/clean/letter.html",
        found=found,
        questions=questions,
        choices=choices or {},
        same=SAME,
        stays=STAYS,
        letter_form=form or LetterForm(formdata=None),
        again=again or ReasonForm(formdata=None, prefix="again"),
        form=again or form,
        back_link=url_for(".clean_tab", slug=visit().here.slug, tab="letters"),
        back_text=LABELS["letters"],
        recorded=recorded,
        **more,
    )
