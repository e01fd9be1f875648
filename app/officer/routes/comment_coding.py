"""One comment: reading it, and deciding what it says."""

import uuid
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app.enums import DispositionValue, Permission, Stance
from app.officer.forms import words
from app.officer.forms.bulk import ACCEPT, ticked
from app.officer.forms.coding import OUTCOMES, AddThemeForm, OutcomeForm, chosen_theme
from app.responses.queries.choices import words as labels_of
from app.themes.queries.comment_whole import CommentWhole, comment_whole
from app.themes.queries.frame import all_themes, frame_of, matching
from app.themes.queries.handling import handling_labels
from app.themes.refusals import Refusal
from app.themes.services.code_comment import add_coding, remove_coding, set_disposition
from app.themes.services.decide import (
    accept_suggestion,
    dismiss_suggestion,
    find_suggestions,
    undo_decision,
)
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.looks import look
from app.web.transactions import writes


@allowed(Permission.READ_REDACTED)
def comment(slug: str, comment_id: uuid.UUID) -> str:
    return _page(_comment_or_404(comment_id), recorded=look("comment"))


@allowed(Permission.CODE)
@writes
def comment_theme_post(slug: str, comment_id: uuid.UUID) -> Any:
    found, form = _comment_or_404(comment_id), AddThemeForm()
    theme = chosen_theme(form, all_themes(visit().consultation_id))
    if theme is None:
        return _page(found, add=form), 422
    try:
        typed = (form.words.data or "").strip()
        coding = add_coding(
            comment_id,
            theme_id=theme.id,
            stance=Stance(form.stance.data or ""),
            quotes=[found.place_of(typed)] if typed else [],
            actor=visit().actor,
            now=now(),
        )
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(found, add=form), 422
    said = words.STANCE[coding.stance].lower()
    moved = f" {theme.code} is now part of it." if coding.theme_id != theme.id else ""
    return _done(comment_id, f"{coding.theme.code} {coding.theme.label} is on this comment: {said}.{moved}")


@allowed(Permission.CODE)
@writes
def comment_remove_post(slug: str, comment_id: uuid.UUID) -> Any:
    found = _comment_or_404(comment_id)
    chosen = ticked([request.form.get("coding", "")])
    removed = next((one for one in found.codings if one.id in chosen), None)
    if removed is None:
        return _done(comment_id, "That theme had been removed already.")
    try:
        remove_coding(removed.id, actor=visit().actor, now=now())
    except Refusal as refusal:
        return _page(found, error_list=[(str(refusal), None)]), 422
    return _done(comment_id, f"{removed.code} {removed.label} is removed from this comment.")


@allowed(Permission.CODE)
@writes
def comment_suggestion_post(slug: str, comment_id: uuid.UUID) -> Any:
    """Accepts or dismisses one suggestion, or takes back what was decided on it."""
    found = _comment_or_404(comment_id)
    chosen = ticked([request.form.get("suggestion", "")])
    try:
        one = next(iter(find_suggestions(chosen, consultation_id=visit().consultation_id)), None)
        if one is None or one.comment_id != comment_id:
            return _page(found, error_list=[("Choose a suggestion of this comment.", "#suggested")]), 422
        said = _decide(one.id, comment_id, one.theme_id, request.form.get("do", ""))
    except Refusal as refusal:
        return _page(found, error_list=[(str(refusal), "#suggested")]), 422
    return _done(comment_id, f"{one.theme.code} {one.theme.label}: {said}.")


def _decide(suggestion_id: uuid.UUID, comment_id: uuid.UUID, theme_id: uuid.UUID, do: str) -> str:
    if do == "again":
        undo_decision(comment_id, theme_id=theme_id, actor=visit().actor, now=now())
        return "the suggestion waits again"
    if do == ACCEPT:
        accept_suggestion(suggestion_id, actor=visit().actor, now=now())
        return "suggestion accepted"
    dismiss_suggestion(suggestion_id, actor=visit().actor, now=now())
    return "suggestion dismissed"


@allowed(Permission.CODE)
@writes
def comment_outcome_post(slug: str, comment_id: uuid.UUID) -> Any:
    found, form = _comment_or_404(comment_id), OutcomeForm()
    if not form.validate():
        return _page(found, outcome=form), 422
    value = DispositionValue(form.outcome.data or "")
    refers = ticked([form.refers_to.data or ""]) if value is DispositionValue.REFERS_ELSEWHERE else []
    try:
        set_disposition(
            comment_id,
            value=value,
            refers_to_id=refers[0] if refers else None,
            seen=request.form.get("stood"),
            actor=visit().actor,
            now=now(),
        )
    except Refusal as refusal:
        form.outcome.errors = [str(refusal)]
        return _page(found, outcome=form), 422
    return _done(comment_id, f"Saved: {words.DISPOSITION[value].lower()}.")


def _comment_or_404(comment_id: uuid.UUID) -> CommentWhole:
    original = visit().may(Permission.READ_ORIGINAL)
    found = comment_whole(visit().consultation_id, comment_id, original=original)
    if found is None:
        abort(404)
    return found


def _done(comment_id: uuid.UUID, said: str) -> Any:
    flash(said, "success")
    return redirect(url_for(".comment", slug=visit().here.slug, comment_id=comment_id), 303)


def _page(
    found: CommentWhole,
    *,
    recorded: str | None = None,
    add: AddThemeForm | None = None,
    outcome: OutcomeForm | None = None,
    **more: Any,
) -> str:
    consultation_id = visit().consultation_id
    refused = add or outcome
    search = request.args.get("find", "").strip()
    return render_template(
        "officer/coding/one.html",
        found=found,
        labels=labels_of(consultation_id),
        words=words,
        nets=matching(frame_of(consultation_id), search),
        search=search,
        flags=handling_labels(visit().here),
        outcomes=OUTCOMES,
        add=add or AddThemeForm(formdata=None),
        outcome=outcome or OutcomeForm(formdata=None),
        form=refused,
        may_code=visit().may(Permission.CODE),
        officer_id=visit().officer.id,
        back_link=url_for(".comments", slug=visit().here.slug),
        back_text="All comments",
        recorded=recorded,
        **more,
    )
