"""Making one theme part of another: choose the one that stays, look at what it would mean, then do it."""

from typing import Any

from flask import redirect, render_template, request, url_for

from app.counting.merging import together
from app.counting.themes import theme_counts
from app.enums import Permission
from app.officer.forms.asked import whole
from app.officer.routes.frame_edit import theme_or_404
from app.themes.queries.frame import all_themes, frame_of, matching
from app.themes.queries.frame_changes import with_both
from app.themes.refusals import Refusal
from app.themes.services.merge_themes import merge_themes
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes

LISTED = 25
CHOOSE = "Choose the theme that stays"


@allowed(Permission.EDIT_FRAME)
def theme_merge(slug: str, code: str) -> Any:
    theme = theme_or_404(code)
    into = request.args.get("into")
    if theme.is_net or theme.merged_into_id or theme.retired_at:
        return redirect(url_for(".frame", slug=slug), 303)
    if into is None or request.args.get("step") == "find":
        if request.args.get("step") == "preview":
            return _choose(theme, error_list=[(CHOOSE, "#themes")]), 422
        return _choose(theme)
    stays = _by_code(into)
    if stays is None or stays.id == theme.id:
        return _choose(theme, error_list=[(CHOOSE, "#themes")]), 422
    return _preview(theme, stays)


@allowed(Permission.EDIT_FRAME)
@writes
def theme_merge_post(slug: str, code: str) -> Any:
    theme, stays = theme_or_404(code), _by_code(request.form.get("into", ""))
    if stays is None:
        return _choose(theme, error_list=[(CHOOSE, "#themes")]), 422
    definition = request.form.get("definition", stays.definition)
    try:
        operation = merge_themes(
            theme.id,
            consultation_id=visit().consultation_id,
            into_id=stays.id,
            seen={theme.id: _seen("seen"), stays.id: _seen("seen_into")},
            definition=definition,
            actor=visit().actor,
            now=now(),
        )
    except Refusal as refusal:
        return _preview(theme, stays, definition=definition, error_list=[(str(refusal), None)]), 422
    return redirect(url_for(".frame", slug=slug, done=operation.id), 303)


def _seen(name: str) -> int:
    return whole(request.form.get(name), otherwise=0)


def _by_code(code: str) -> Any:
    themes = all_themes(visit().consultation_id)
    return next((one for one in themes if one.code == code and not one.is_net), None)


def _choose(theme: Any, **more: Any) -> str:
    search = request.args.get("find", "").strip()
    nets = matching(frame_of(visit().consultation_id), search)
    return render_template(
        "officer/frame/merge_choose.html",
        theme=theme,
        nets=nets,
        search=search,
        counts={row.code: row for row in theme_counts(visit().consultation_id)},
        back_link=url_for(".frame", slug=visit().here.slug),
        back_text="Coding frame",
        **more,
    )


def _preview(theme: Any, stays: Any, **more: Any) -> str:
    here = visit().consultation_id
    counts = {row.code: row for row in theme_counts(here)}
    return render_template(
        "officer/frame/merge.html",
        **{
            "theme": theme,
            "stays": stays,
            "before": counts.get(theme.code),
            "others": counts.get(stays.code),
            "after": together(here, theme.code, stays.code),
            "both": with_both(here, theme.code, stays.code, most=LISTED),
            "definition": stays.definition,
            "back_link": url_for(".theme_merge", slug=visit().here.slug, code=theme.code),
            "back_text": "Choose another theme",
            **more,
        },
    )
