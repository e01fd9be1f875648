"""Making several themes of one: name them, sort the codings page by page, finish. Nothing moves before that,
and what was sorted is kept until then."""

import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for

from app.enums import Permission
from app.officer.forms.asked import whole
from app.officer.forms.bulk import ticked
from app.officer.routes.frame_edit import theme_or_404
from app.themes.queries.splitting import codings_to_sort, sorted_before, sortings
from app.themes.refusals import Refusal
from app.themes.services.add_theme import NewTheme
from app.themes.services.sort_codings import check_parts, drop_sorting, keep_sorting, throw_sorting_away
from app.themes.services.split_theme import split_theme
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes

PARTS = range(4)
GO = "go-"  # and the id of a coding
NAME_ONE = "Enter the label of at least one new theme"
TICK_ONE = "Tick at least one coding that goes to a new theme"
Named = list[tuple[str, str]]
Places = dict[uuid.UUID, frozenset[int]]


@allowed(Permission.EDIT_FRAME)
def theme_split(slug: str, code: str) -> Any:
    theme = theme_or_404(code)
    if theme.is_net or theme.merged_into_id or theme.retired_at:
        return redirect(url_for(".frame", slug=slug), 303)
    if "step" not in request.args:
        return _name(theme)
    parts = _named(request.args)
    if not parts:
        return _name(theme, error_list=[(NAME_ONE, "#label-0")]), 422
    try:
        check_parts(theme.id, [label for label, _ in parts])
    except Refusal as refusal:
        return _name(theme, error_list=[(str(refusal), "#label-0")]), 422
    return _sort(theme, request.args, page=whole(request.args.get("page"), otherwise=1))


@allowed(Permission.EDIT_FRAME)
@writes
def theme_split_post(slug: str, code: str) -> Any:
    """Keeps the page, and goes to another or finishes."""
    theme, parts, do = theme_or_404(code), _named(request.form), request.form.get("do", "finish")
    if do == "drop":
        throw_sorting_away(theme.id, actor=visit().actor, now=now())
        flash("What was sorted is thrown away. No coding has moved.", "info")
        return redirect(url_for(".theme_split", slug=slug, code=code), 303)
    here, page = _places(len(parts)), whole(request.form.get("page"), otherwise=1)
    if do == "finish" or not parts:
        return _finish(theme, parts, here, page)
    try:
        keep_sorting(theme.id, parts=parts, places=here, actor=visit().actor)
    except Refusal as refusal:
        return _refused(theme, refusal, page, here)
    flash("Kept. Nothing moves until you finish.", "success")
    if do == "leave":
        return redirect(url_for(".frame", slug=slug), 303)
    return redirect(sorting_address(code, parts, page=whole(do, otherwise=page)), 303)


def sorting_address(code: str, parts: Named | tuple[tuple[str, str], ...], *, page: int) -> str:
    asked = {"step": "sort"}
    for n, (label, words) in enumerate(parts):
        asked |= {f"label-{n}": label, f"words-{n}": words}
    here = url_for(".theme_split", slug=visit().here.slug, code=code)
    return f"{here}?{urlencode({**asked, 'page': str(page)})}"


def _finish(theme: Any, parts: Named, here: Places, page: int) -> Any:
    before = sorted_before(visit().consultation_id, theme)
    places = {
        key: chosen & frozenset(range(len(parts))) for key, chosen in {**before, **here}.items() if chosen
    }
    if not parts or not any(places.values()):
        return _sort(theme, request.form, page=page, here=here, error_list=[(TICK_ONE, "#codings")]), 422
    try:
        check_parts(theme.id, [label for label, _ in parts])
        operation = split_theme(
            theme.id,
            consultation_id=visit().consultation_id,
            parts=[NewTheme(label=label, section_id=theme.parent_id) for label, _ in parts],
            places=places,
            seen=whole(request.form.get("seen"), otherwise=0),
            actor=visit().actor,
            now=now(),
        )
    except Refusal as refusal:
        return _refused(theme, refusal, page, here)
    drop_sorting(theme.id)
    return redirect(url_for(".frame", slug=visit().here.slug, done=operation.id), 303)


def _refused(theme: Any, refusal: Refusal, page: int, here: Places) -> Any:
    return _sort(theme, request.form, page=page, here=here, error_list=[(str(refusal), "#codings")]), 422


def _named(given: Mapping[str, str]) -> Named:
    """Label and words of each part that has a label."""
    rows = ((given.get(f"label-{n}", "").strip(), given.get(f"words-{n}", "")) for n in PARTS)
    return [(label, words) for label, words in rows if label]


def _places(parts: int) -> Places:
    """Of every coding of the page that was sent, also of one without a tick: it stays."""
    found = {}
    names = [name.removeprefix(GO) for name in request.form if name.startswith(GO)]
    for coding_id in ticked([*request.form.getlist("shown"), *names]):
        chosen = {whole(value, otherwise=-1) for value in request.form.getlist(f"{GO}{coding_id}")}
        found[coding_id] = frozenset(n for n in chosen if 0 <= n < parts)
    return found


def _name(theme: Any, **more: Any) -> str:
    under_way = next(iter(sortings(visit().consultation_id, theme.id)), None)
    return render_template(
        "officer/frame/split_name.html",
        theme=theme,
        parts=PARTS,
        under_way=under_way,
        sorting_address=sorting_address,
        **_back(),
        **more,
    )


def _sort(theme: Any, given: Mapping[str, str], *, page: int, here: Places | None = None, **more: Any) -> str:
    parts = _named(given)
    words = [[one.strip() for one in said.split(",") if one.strip()] for _, said in parts]
    found = codings_to_sort(visit().consultation_id, theme, words=words, page=page)
    chosen = {row.id: row.suggested if row.chosen is None else row.chosen for row in found.items}
    return render_template(
        "officer/frame/split.html",
        theme=theme,
        parts=parts,
        page=found,
        chosen={**chosen, **(here or {})},
        kept=len(sorted_before(visit().consultation_id, theme)),
        page_url=lambda number: sorting_address(theme.code, parts, page=number),
        **_back(),
        **more,
    )


def _back() -> dict[str, str]:
    return {"back_link": url_for(".frame", slug=visit().here.slug), "back_text": "Coding frame"}
