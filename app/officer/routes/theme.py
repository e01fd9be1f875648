"""One theme: what officers decided, and what the software suggests for it."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app.counting.comments import people_read
from app.counting.suggestions import suggested_by_bound
from app.counting.themes import theme_count
from app.enums import Permission
from app.officer.forms import bulk
from app.officer.forms.asked import whole
from app.reporting.queries.spread import theme_spread
from app.responses.queries.choices import words as labels_of
from app.responses.queries.pages import pages_of, within
from app.themes.queries.cards import cards
from app.themes.queries.frame import theme_by_code
from app.themes.queries.suggestions import LIKELY, POSSIBLE, waiting_page
from app.themes.queries.typical import typical_comments
from app.themes.refusals import Refusal
from app.themes.services.decide import accept_all, dismiss_all, find_suggestions
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.looks import look
from app.web.transactions import writes

A_PAGE = 25
TICK = "Tick the suggestions that you want to accept or dismiss"


@allowed(Permission.READ_REDACTED)
def theme(slug: str, code: str) -> Any:
    found = theme_or_404(code)
    if found.code != code:
        return redirect(url_for(".theme", slug=slug, code=found.code), 303)
    return _page(code, recorded=look("theme"))


@allowed(Permission.CODE)
@writes
def theme_post(slug: str, code: str) -> Any:
    """Accepts or dismisses the ticked suggestions of one page."""
    theme_or_404(code)
    chosen = bulk.ticked(request.form.getlist("suggestion"))
    if not chosen:
        return _page(code, error_list=[(TICK, "#suggested")]), 422
    accepting = request.form.get("do") == bulk.ACCEPT
    try:
        suggestions = find_suggestions(chosen, consultation_id=visit().consultation_id)
        (accept_all if accepting else dismiss_all)(suggestions, actor=visit().actor, now=now())
    except Refusal as refusal:
        return _page(code, error_list=[(str(refusal), "#suggested")], ticked=set(chosen)), 422
    said = "Accepted" if accepting else "Dismissed"
    count = f"{len(chosen)} suggestion{'' if len(chosen) == 1 else 's'}"
    flash(f"{said} {count}. They are not asked again.", "success")
    return redirect(url_for(".theme", slug=slug, code=code, _anchor="suggested"), 303)


def theme_or_404(code: str) -> Any:
    found = theme_by_code(visit().consultation_id, code)
    if found is None or found.is_net:
        abort(404)
    return found


def _page(code: str, *, recorded: str | None = None, **more: Any) -> str:
    consultation_id = visit().consultation_id
    labels = labels_of(consultation_id)
    by_area, by_type = theme_spread(consultation_id, code, words=labels)
    likely, possible, every = suggested_by_bound(consultation_id, [LIKELY, POSSIBLE, 0.0], theme=code)
    count = every[code].comments if code in every else 0
    number = within(whole(request.args.get("page"), otherwise=1), count, A_PAGE)
    waiting = waiting_page(consultation_id, theme=code, page=number, size=A_PAGE)
    values: dict[str, Any] = {
        "theme": theme_or_404(code),
        "count": theme_count(consultation_id, code),
        "people_read": people_read(consultation_id),
        "likely": likely.get(code),
        "possible": possible.get(code),
        "by_area": by_area,
        "by_type": by_type,
        "typical": typical_comments(consultation_id, theme=code),
        "cards": cards(waiting.rows),
        "waiting": count,
        "page": number,
        "pages": pages_of(count, A_PAGE),
        "page_url": lambda at: url_for(
            ".theme", slug=visit().here.slug, code=code, page=at, _anchor="suggested"
        ),
        "first": (number - 1) * A_PAGE + 1,
        "choices": [(key, label) for key, label, _ in bulk.CHOICES],
        "ticked": set(),
        "may_code": visit().may(Permission.CODE),
        "may_bulk": visit().may(Permission.EDIT_FRAME),
        "back_link": url_for(".frame", slug=visit().here.slug),
        "back_text": "Coding frame",
        "recorded": recorded,
    }
    return render_template("officer/themes/one.html", **{**values, **more})
