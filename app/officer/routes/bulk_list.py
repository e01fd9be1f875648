"""Giving a theme to the comments of a list, or taking it off them: a preview, then the act."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app.enums import Permission, Stance
from app.officer.forms import comment_list, words
from app.officer.forms.asked import Pairs, address, one_of
from app.officer.forms.bulk import ticked
from app.officer.routes.comment_filters import offered
from app.officer.routes.theme import theme_or_404
from app.themes.queries.bulk_list import MOST, Action, examples, sort_out
from app.themes.refusals import Refusal
from app.themes.services.code_list import code_list
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes

CHOOSE = "Choose a theme, then press Preview again."
CHOOSE_STANCE = "Choose the stance of the theme, then press Preview again."


@allowed(Permission.EDIT_FRAME)
def bulk_list(slug: str) -> Any:
    """Filters as on the list of comments; beside them what to do, with which theme and which stance."""
    pairs, stance = comment_list.filters(request.args), one_of(Stance, request.args.get("as"))
    lacking = None if request.args.get("give") else CHOOSE
    if lacking is None and _action() is Action.APPLY and stance is None:
        lacking = CHOOSE_STANCE
    if lacking:
        flash(lacking, "info")
        return redirect(address(url_for(".comments", slug=slug), pairs) + "#bulk", 303)
    return _page(pairs)


@allowed(Permission.EDIT_FRAME)
@writes
def bulk_list_post(slug: str) -> Any:
    pairs, left_out = comment_list.filters(request.args), set(ticked(request.form.getlist("left_out")))
    theme, stance = theme_or_404(request.args.get("give", "")), one_of(Stance, request.args.get("as"))
    if _action() is Action.APPLY and stance is None:
        abort(404)
    try:
        batch = code_list(
            theme,
            action=_action(),
            asked=comment_list.asked(pairs),
            stance=stance,
            digest=request.form.get("digest", ""),
            left_out=left_out,
            filters=pairs,
            actor=visit().actor,
            now=now(),
        )
    except Refusal as refusal:
        return _page(pairs, error_list=[(str(refusal), "#numbers")], left_out=left_out), 422
    return redirect(url_for(".change", slug=slug, change_id=batch.id), 303)


def _action() -> Action:
    return one_of(Action, request.args.get("do")) or Action.APPLY


def _page(pairs: Pairs, **more: Any) -> str:
    here, consultation_id = visit().here, visit().consultation_id
    theme, action = theme_or_404(request.args.get("give", "")), _action()
    listed = sort_out(consultation_id, comment_list.asked(pairs), theme=theme, action=action)
    least, drawn = examples(consultation_id, listed, theme)
    asked = {"do": action.value, "give": theme.code, "as": request.args.get("as", "")}
    values = {
        "theme": theme,
        "apply": action is Action.APPLY,
        "stance": one_of(Stance, request.args.get("as")),
        "words": words,
        "listed": listed,
        "most": MOST,
        "least": least,
        "drawn": drawn,
        "said": [text for _, text in offered().in_words(pairs)],
        "left_out": set(),
        "action": address(url_for(".bulk_list_post", slug=here.slug), pairs, **asked),
        "back_link": address(url_for(".comments", slug=here.slug), pairs),
        "back_text": "Comments",
    }
    return render_template("officer/bulk/list.html", **{**values, **more})
