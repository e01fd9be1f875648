"""One theme checked in many comments, a page at a time, where reading each whole can wait."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.counting.suggestions import suggested_by_bound
from app.enums import Permission
from app.officer.forms.asked import whole
from app.officer.forms.by_theme import Answers, read_answers
from app.officer.routes.theme import A_PAGE, theme_or_404
from app.themes.queries.cards import cards
from app.themes.queries.suggestions import waiting_from
from app.themes.refusals import Refusal
from app.themes.services.check_theme import check_theme
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.looks import look
from app.web.transactions import writes

ANSWER = "Answer Yes, No or Not sure for at least one comment"


@allowed(Permission.CODE)
def code_theme(slug: str, code: str) -> Any:
    found = theme_or_404(code)
    if found.code != code:
        return redirect(url_for(".code_theme", slug=slug, code=found.code), 303)
    return _page(found, recorded=look("comment"))


@allowed(Permission.CODE)
@writes
def code_theme_post(slug: str, code: str) -> Any:
    found, sent = theme_or_404(code), read_answers(request.form)
    if not (sent.yes or sent.no or sent.unsure):
        return _page(found, error_list=[(ANSWER, "#suggested")]), 422
    try:
        check_theme(visit().consultation_id, yes=sent.yes, no=sent.no, actor=visit().actor, now=now())
    except Refusal as refusal:
        return _page(found, sent, error_list=[(str(refusal), "#suggested")]), 422
    flash(f"Saved: {len(sent.yes)} yes, {len(sent.no)} no, {len(sent.unsure)} not sure.", "success")
    after = _after() + sent.left
    return redirect(url_for(".code_theme", slug=slug, code=found.code, after=after or None), 303)


def _after() -> int:
    """How many from the top were left as they are."""
    return whole(request.args.get("after"), otherwise=0) or 0


def _page(theme: Any, sent: Answers | None = None, *, recorded: str | None = None, **more: Any) -> str:
    consultation_id, slug, after = visit().consultation_id, visit().here.slug, _after()
    [every] = suggested_by_bound(consultation_id, [0.0], theme=theme.code)
    rows = waiting_from(consultation_id, theme=theme.code, after=after, size=A_PAGE)
    values: dict[str, Any] = {
        "theme": theme,
        "cards": cards(rows),
        "waiting": every[theme.code].comments if theme.code in every else 0,
        "after": after,
        "answered": _answered(sent),
        "stances": sent.yes if sent else {},
        "recorded": recorded,
        "shortcuts": visit().officer.shortcuts,
        "back_link": url_for(".theme", slug=slug, code=theme.code),
        "back_text": f"{theme.code} {theme.label}",
    }
    return render_template("officer/reading/theme.html", **{**values, **more})


def _answered(sent: Answers | None) -> dict[Any, str]:
    if sent is None:
        return {}
    return {
        **dict.fromkeys(sent.yes, "yes"),
        **dict.fromkeys(sent.no, "no"),
        **dict.fromkeys(sent.unsure, "unsure"),
    }
