"""What was saved and decided, and taking it back."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app.enums import Permission
from app.officer.forms.asked import whole
from app.officer.forms.bulk import in_words
from app.rendering.filters import clock_time
from app.responses.queries.pages import A_PAGE, pages_of
from app.themes.queries.changes import Change, SavedComment, change_of
from app.themes.queries.changes import changes as listed
from app.themes.refusals import ChangedByOthers, Refusal
from app.themes.services.undo_batch import undo_batch
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes


@allowed(Permission.CODE)
def changes(slug: str) -> str:
    number = max(1, whole(request.args.get("page"), otherwise=1))
    mine = None if _everyones() else visit().officer.id
    rows, count = listed(visit().consultation_id, officer_id=mine, page=number, size=A_PAGE)
    return render_template(
        "officer/changes/list.html",
        rows=rows,
        count=count,
        page=number,
        pages=pages_of(count),
        page_url=lambda at: url_for(".changes", slug=slug, page=at),
        band=in_words,
        everyones=_everyones(),
        may_undo=_may_undo,
        is_single=lambda one: isinstance(one, SavedComment),
    )


@allowed(Permission.CODE)
def change(slug: str, change_id: Any) -> str:
    return _page(change_id)


@allowed(Permission.CODE)
@writes
def change_undo_post(slug: str, change_id: Any) -> Any:
    found = _change_or_404(change_id)
    try:
        undo_batch(
            found.id,
            consultation_id=visit().consultation_id,
            everyones=_everyones(),
            actor=visit().actor,
            now=now(),
        )
    except ChangedByOthers as refusal:
        at = clock_time(refusal.at, visit().here.timezone)
        words = f"Undo would lose another officer's change of {at}. Review it instead."
        return _page(change_id, error_list=[(words, "#comments")]), 422
    except Refusal as refusal:
        return _page(change_id, error_list=[(str(refusal), None)]), 422
    flash("Undone. Codings, decisions and outcomes are as they were before.", "success")
    return redirect(url_for(".change", slug=slug, change_id=change_id), 303)


def _page(change_id: Any, **more: Any) -> str:
    found = _change_or_404(change_id)
    return render_template(
        "officer/changes/one.html",
        change=found,
        band=in_words,
        may_undo=_may_undo(found),
        back_link=url_for(".theme", slug=visit().here.slug, code=found.code),
        back_text=f"{found.code} {found.label}",
        **more,
    )


def _change_or_404(change_id: Any) -> Change:
    found = change_of(visit().consultation_id, change_id)
    if found is None or not (_everyones() or found.officer_id == visit().officer.id):
        abort(404)
    return found


def _everyones() -> bool:
    return visit().may(Permission.EDIT_FRAME)


def _may_undo(one: Change | SavedComment) -> bool:
    return one.undone_at is None and (_everyones() or one.officer_id == visit().officer.id)
