"""The second coder's reading of a blind sample: no suggestions, nobody else's codes."""

import uuid
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app.enums import DispositionValue, Permission, Stance
from app.officer.forms import words
from app.officer.forms.bulk import ticked
from app.officer.forms.coding import OUTCOMES, AddThemeForm, OutcomeForm, chosen_theme
from app.officer.routes.agreement import sample_or_404
from app.responses.queries.choices import words as labels_of
from app.themes.queries.check_samples import Sample, next_to_read
from app.themes.queries.comment_whole import CommentWhole, comment_whole
from app.themes.queries.frame import all_themes, frame_of, matching
from app.themes.queries.second_codings import outcome_in, second_codings
from app.themes.refusals import Refusal, SampleFinished
from app.themes.services.code_comment import add_coding, remove_coding, set_disposition
from app.themes.services.finish_sample import finish_sample
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes

LEFT_OUT = (DispositionValue.REFERS_ELSEWHERE, DispositionValue.UNDECIDED)
SECOND_OUTCOMES = tuple((value, text) for value, text in OUTCOMES if value not in LEFT_OUT)


@allowed(Permission.CODE)
def second_reading(slug: str, number: int) -> Any:
    """On to the next comment, or to the end."""
    sample = _mine(number)
    comment_id = next_to_read(sample)
    if comment_id is not None and not sample.finished_at:
        return redirect(url_for(".second_comment", slug=slug, number=number, comment_id=comment_id), 303)
    return render_template(
        "officer/agreement/end.html",
        sample=sample,
        back_link=url_for(".agreement_sample", slug=slug, number=number),
        back_text="The sample",
    )


@allowed(Permission.CODE)
@writes
def second_reading_post(slug: str, number: int) -> Any:
    """The second coder is through."""
    try:
        finish_sample(_mine(number), actor=visit().actor, now=now())
    except Refusal as refusal:
        flash(str(refusal), "info")
        return redirect(url_for(".second_reading", slug=slug, number=number), 303)
    flash("Finished. How far the two of you agree is being worked out.", "success")
    return redirect(url_for(".agreement_sample", slug=slug, number=number), 303)


@allowed(Permission.CODE)
def second_comment(slug: str, number: int, comment_id: uuid.UUID) -> str:
    sample = _mine(number)
    return _page(sample, _comment_or_404(sample, comment_id))


@allowed(Permission.CODE)
@writes
def second_comment_post(slug: str, number: int, comment_id: uuid.UUID) -> Any:
    sample = _mine(number)
    found = _comment_or_404(sample, comment_id)
    if sample.finished_at:
        return _page(sample, found, error_list=[(str(SampleFinished()), None)]), 422
    act = {"add": _add, "remove": _remove, "outcome": _outcome}.get(request.form.get("do", ""))
    if act is None:
        abort(404)
    return act(sample, found)


def _add(sample: Sample, found: CommentWhole) -> Any:
    form = AddThemeForm()
    theme = chosen_theme(form, all_themes(visit().consultation_id))
    if theme is None:
        return _page(sample, found, add=form), 422
    typed = (form.words.data or "").strip()
    try:
        add_coding(
            found.id, theme_id=theme.id, stance=Stance(form.stance.data or ""),
            quotes=[found.place_of(typed)] if typed else [], layer=sample.layer,
            actor=visit().actor, now=now(),
        )  # fmt: skip
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(sample, found, add=form), 422
    return _again(sample, found)


def _remove(sample: Sample, found: CommentWhole) -> Any:
    chosen = ticked([request.form.get("coding", "")])
    if any(one.id in chosen for one in second_codings(found.id, layer=sample.layer)):
        try:
            remove_coding(chosen[0], actor=visit().actor, now=now())
        except Refusal as refusal:
            return _page(sample, found, error_list=[(str(refusal), None)]), 422
    return _again(sample, found)


def _outcome(sample: Sample, found: CommentWhole) -> Any:
    form = OutcomeForm()
    allowed_here = {value.value for value, _ in SECOND_OUTCOMES}
    if not form.validate() or form.outcome.data not in allowed_here:
        return _page(
            sample, found, outcome=form, error_list=[("Choose what this comment is", "#outcome")]
        ), 422
    try:
        set_disposition(
            found.id,
            value=DispositionValue(form.outcome.data),
            layer=sample.layer,
            actor=visit().actor,
            now=now(),
        )
    except Refusal as refusal:
        form.outcome.errors = [str(refusal)]
        return _page(sample, found, outcome=form), 422
    return redirect(url_for(".second_reading", slug=visit().here.slug, number=sample.number), 303)


def _again(sample: Sample, found: CommentWhole) -> Any:
    slug = visit().here.slug
    here = url_for(".second_comment", slug=slug, number=sample.number, comment_id=found.id, _anchor="themes")
    return redirect(here, 303)


def _mine(number: int) -> Sample:
    """Nobody but the second coder sees the pages of a second reading."""
    found = sample_or_404(number)
    if found.second_coder_id != visit().officer.id:
        abort(404)
    return found


def _comment_or_404(sample: Sample, comment_id: uuid.UUID) -> CommentWhole:
    if comment_id not in sample.comment_ids:
        abort(404)
    found = comment_whole(visit().consultation_id, comment_id, original=False)
    return found or abort(404)


def _page(
    sample: Sample,
    found: CommentWhole,
    *,
    add: AddThemeForm | None = None,
    outcome: OutcomeForm | None = None,
    **more: Any,
) -> str:
    consultation_id = visit().consultation_id
    search = request.args.get("find", "").strip()
    return render_template(
        "officer/agreement/read.html",
        sample=sample,
        found=found,
        place=sample.comment_ids.index(found.id) + 1,
        codings=second_codings(found.id, layer=sample.layer),
        decided=outcome_in(found.id, layer=sample.layer),
        labels=labels_of(consultation_id),
        words=words,
        nets=matching(frame_of(consultation_id), search),
        search=search,
        outcomes=SECOND_OUTCOMES,
        add=add or AddThemeForm(formdata=None),
        outcome=outcome or OutcomeForm(formdata=None),
        form=add or outcome,
        **more,
    )
