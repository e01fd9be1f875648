"""What two coders decided differently, one comment at a time."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app.enums import Permission
from app.officer.forms import words
from app.officer.forms.agreement import SettleForm
from app.officer.forms.asked import whole
from app.officer.routes.from_difference import named
from app.responses.queries.pages import within
from app.themes.queries.coder_differences import Difference, differences
from app.themes.queries.comment_whole import comment_whole
from app.themes.queries.frame import all_themes
from app.themes.queries.quotes_read import quotes_read
from app.themes.refusals import Refusal
from app.themes.services.settle_difference import Choice, settle_difference
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes

SAID = {
    Choice.FIRST: "The first reading stands.",
    Choice.SECOND: "The second reading counts now.",
    Choice.BOTH: "The themes of both count now.",
    Choice.NEITHER: "Settled. Give the comment its themes here.",
}


@allowed(Permission.EDIT_FRAME)
def agreement_differences(slug: str) -> str:
    waiting = differences(visit().consultation_id)
    asked = whole(request.args.get("at"), otherwise=1)
    return _page(SettleForm(formdata=None), waiting, place=within(asked, len(waiting), 1))


@allowed(Permission.EDIT_FRAME)
@writes
def agreement_differences_post(slug: str) -> Any:
    form, waiting = SettleForm(), differences(visit().consultation_id)
    asked = request.form.get("difference")
    place = next((place for place, one in enumerate(waiting, 1) if named(one) == asked), None)
    if place is None:
        flash("Another officer has settled that difference meanwhile.", "info")
        return redirect(url_for(".agreement_differences", slug=slug), 303)
    if not form.validate():
        return _page(form, waiting, place=place), 422
    choice, found = Choice(form.choice.data or ""), waiting[place - 1]
    try:
        settle_difference(
            found, choice=choice, reason=form.reason.data or "", consultation_id=visit().consultation_id,
            actor=visit().actor, now=now(),
        )  # fmt: skip
    except Refusal as refusal:
        form.choice.errors = [str(refusal)]
        return _page(form, waiting, place=place), 422
    flash(SAID[choice], "success")
    if choice is Choice.NEITHER:
        return redirect(url_for(".comment", slug=slug, comment_id=found.comment_id), 303)
    return redirect(_address(place), 303)  # where the next one stands now


def _address(place: int) -> str:
    return url_for(".agreement_differences", slug=visit().here.slug, at=place if place > 1 else None)


def _page(form: SettleForm, waiting: list[Difference], *, place: int) -> str:
    found = waiting[place - 1] if waiting else None
    comment = comment_whole(visit().consultation_id, found.comment_id, original=False) if found else None
    if found and comment is None:
        abort(404)
    return render_template(
        "officer/agreement/differences.html",
        form=form,
        waiting=len(waiting),
        place=place,
        address=_address,
        found=found,
        comment=comment,
        quotes=quotes_read(found) if found else (),
        name=named(found) if found else None,
        labels={theme.code: theme.label for theme in all_themes(visit().consultation_id)},
        words=words,
        back_link=url_for(".agreement", slug=visit().here.slug),
        back_text="Agreement",
    )
