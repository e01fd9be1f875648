"""The list of comments behind any number."""

from flask import render_template, request, url_for

from app.accounts.queries.views import views
from app.enums import Permission
from app.officer.forms import comment_list, words
from app.officer.forms.asked import address, without
from app.officer.routes.comment_filters import offered
from app.officer.routes.views import PAGE
from app.responses.queries.comment_listing import comments_page
from app.responses.queries.pages import FIRST
from app.web.access import allowed, visit
from app.web.looks import look

VIEWS_SHOWN = 8


@allowed(Permission.READ_REDACTED)
def comments(slug: str) -> str:
    pairs, here = comment_list.filters(request.args), url_for(".comments", slug=slug)
    lists = offered()
    place = comment_list.place(request.args)
    saved = views(visit().consultation_id, page=PAGE, officer_id=visit().officer.id, most=VIEWS_SHOWN + 1)
    return render_template(
        "officer/comments/list.html",
        page=comments_page(visit().consultation_id, comment_list.asked(pairs, place=place)),
        pairs=pairs,
        lists=lists,
        question_titles=lists.choices.by_id,
        words=words,
        active=[(text, address(here, without(pairs, name))) for name, text in lists.in_words(pairs)],
        unseen=[name for name in comment_list.UNSEEN if name in pairs],
        more_open=any(name in pairs for name in comment_list.MORE),
        here=here,
        share_address=request.host_url.rstrip("/") + address(here, pairs),
        page_url=lambda there: address(here, pairs, **comment_list.placed(there)),
        start=FIRST,
        saved=[(view, address(here, view.query)) for view in saved[:VIEWS_SHOWN]],
        more_saved=len(saved) > VIEWS_SHOWN,
        may_bulk=visit().may(Permission.EDIT_FRAME),
        save_url=address(url_for(".save_view", slug=slug), pairs),
        recorded=look("comments"),
    )
