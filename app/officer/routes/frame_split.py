"""Making several themes of one: name them, sort the codings, finish. Nothing moves before that."""

import uuid
from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for

from app.enums import Permission
from app.officer.forms.asked import whole
from app.officer.forms.bulk import ticked
from app.officer.routes.frame_edit import theme_or_404
from app.themes.queries.splitting import MOST, codings_to_sort
from app.themes.refusals import Refusal
from app.themes.services.add_theme import NewTheme
from app.themes.services.split_theme import split_theme
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes

PARTS = range(4)
NAME_ONE = "Enter the label of at least one new theme"
TICK_ONE = "Tick at least one coding that goes to a new theme"


@allowed(Permission.EDIT_FRAME)
def theme_split(slug: str, code: str) -> Any:
    theme = theme_or_404(code)
    if theme.is_net or theme.merged_into_id or theme.retired_at:
        return redirect(url_for(".frame", slug=slug), 303)
    if "step" not in request.args:
        return _name(theme)
    if not _named(request.args):
        return _name(theme, error_list=[(NAME_ONE, "#label-0")]), 422
    return _sort(theme, request.args)


@allowed(Permission.EDIT_FRAME)
@writes
def theme_split_post(slug: str, code: str) -> Any:
    theme, parts = theme_or_404(code), _named(request.form)
    places = _places(len(parts))
    if not parts or not places:
        return _sort(theme, request.form, ticks=places, error_list=[(TICK_ONE, "#codings")]), 422
    try:
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
        return _sort(theme, request.form, ticks=places, error_list=[(str(refusal), "#codings")]), 422
    return redirect(url_for(".frame", slug=slug, done=operation.id), 303)


def _named(given: Mapping[str, str]) -> list[tuple[str, str]]:
    """Label and words of each part that has a label."""
    rows = ((given.get(f"label-{n}", "").strip(), given.get(f"words-{n}", "")) for n in PARTS)
    return [(label, words) for label, words in rows if label]


def _places(parts: int) -> dict[uuid.UUID, frozenset[int]]:
    found = {}
    for name in request.form:
        for coding_id in ticked([name.removeprefix("go-")] if name.startswith("go-") else []):
            chosen = {whole(value, otherwise=-1) for value in request.form.getlist(name)}
            found[coding_id] = frozenset(n for n in chosen if 0 <= n < parts)
    return {key: chosen for key, chosen in found.items() if chosen}


def _name(theme: Any, **more: Any) -> str:
    return render_template("officer/frame/split_name.html", theme=theme, parts=PARTS, **_back(), **more)


def _sort(
    theme: Any,
    given: Mapping[str, str],
    *,
    ticks: Mapping[uuid.UUID, frozenset[int]] | None = None,
    **more: Any,
) -> str:
    parts = _named(given)
    words = [[one.strip() for one in said.split(",") if one.strip()] for _, said in parts]
    rows, count = codings_to_sort(visit().consultation_id, theme.code, words=words)
    chosen = {row.id: row.suggested for row in rows} if ticks is None else ticks
    return render_template(
        "officer/frame/split.html",
        theme=theme,
        parts=parts,
        rows=rows,
        count=count,
        most=MOST,
        chosen=chosen,
        **_back(),
        **more,
    )


def _back() -> dict[str, str]:
    return {"back_link": url_for(".frame", slug=visit().here.slug), "back_text": "Coding frame"}
