"""Views of the list of comments: saved under a name, opened again, deleted."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.accounts.queries.views import views
from app.accounts.services.views import NameTaken, delete_view, save_view
from app.enums import Permission
from app.officer.forms import comment_list
from app.officer.forms.asked import Pairs, address
from app.officer.forms.views import NAME_TAKEN, SaveViewForm
from app.officer.routes.comment_filters import offered
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes

PAGE = "comments"


@allowed(Permission.READ_REDACTED)
def saved_views(slug: str) -> str:
    found = views(visit().consultation_id, page=PAGE, officer_id=visit().officer.id)
    here = url_for(".comments", slug=slug)
    return render_template(
        "officer/comments/views.html",
        mine=[(view, address(here, view.query)) for view in found if view.officer_id == visit().officer.id],
        others=[(view, address(here, view.query)) for view in found if view.officer_id != visit().officer.id],
        may_end_others=visit().may(Permission.EDIT_FRAME),
        back_link=here,
        back_text="Comments",
    )


@allowed(Permission.READ_REDACTED)
def save_view_page(slug: str) -> str:
    return _save_page(comment_list.filters(request.args), SaveViewForm())


@allowed(Permission.READ_REDACTED)
@writes
def save_view_post(slug: str) -> Any:
    pairs, form = comment_list.filters(request.args), SaveViewForm()
    if not form.validate():
        return _save_page(pairs, form), 422
    name = " ".join((form.name.data or "").split())
    try:
        save_view(
            name,
            page=PAGE,
            query=pairs,
            shared=bool(form.shared.data),
            consultation_id=visit().consultation_id,
            actor=visit().actor,
            now=now(),
        )
    except NameTaken:
        form.name.errors = [NAME_TAKEN]
        return _save_page(pairs, form), 422
    flash(f"Saved as “{name}”.", "success")
    return redirect(address(url_for(".comments", slug=slug), pairs), 303)


@allowed(Permission.READ_REDACTED)
@writes
def view_delete_post(slug: str, view_id: uuid.UUID) -> Any:
    name = delete_view(
        view_id,
        consultation_id=visit().consultation_id,
        everyones=visit().may(Permission.EDIT_FRAME),
        actor=visit().actor,
        now=now(),
    )
    flash(f"Deleted the view “{name}”." if name else "This view is gone.", "success")
    return redirect(url_for(".saved_views", slug=slug), 303)


def _save_page(pairs: Pairs, form: SaveViewForm) -> str:
    here = url_for(".comments", slug=visit().here.slug)
    return render_template(
        "officer/comments/save_view.html",
        form=form,
        said=[text for _, text in offered().in_words(pairs)],
        action=address(url_for(".save_view_post", slug=visit().here.slug), pairs),
        back_link=address(here, pairs),
        back_text="Comments",
    )
