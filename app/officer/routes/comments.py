"""The list of comments behind any number."""

from flask import render_template, request, url_for

from app.enums import Permission
from app.officer.forms import comment_list, words
from app.officer.forms.asked import address, without
from app.responses.queries.choices import question_choices
from app.responses.queries.choices import words as labels_of
from app.responses.queries.comment_listing import comments_page
from app.themes.queries.frame import all_themes
from app.web.access import allowed, visit
from app.web.looks import look


@allowed(Permission.READ_REDACTED)
def comments(slug: str) -> str:
    consultation_id = visit().consultation_id
    pairs = comment_list.filters(request.args)
    here = url_for(".comments", slug=slug)
    labels, choices = labels_of(consultation_id), question_choices(consultation_id)
    themes = {theme.code: theme.label for theme in all_themes(consultation_id) if not theme.merged_into_id}
    flags = {code["code"]: code["label"] for code in visit().here.settings.get("handling_codes", [])}
    said = comment_list.in_words(pairs, labels=labels, choices=choices, themes=themes, flags=flags)
    return render_template(
        "officer/comments/list.html",
        page=comments_page(consultation_id, comment_list.asked(pairs, page=request.args.get("page"))),
        pairs=pairs,
        labels=labels,
        choices=choices,
        question_titles=choices.by_id,
        themes=themes,
        flags=flags,
        words=words,
        active=[(text, address(here, without(pairs, name))) for name, text in said],
        more_open=any(name in pairs for name in comment_list.MORE),
        here=here,
        share_address=request.host_url.rstrip("/") + address(here, pairs),
        page_url=lambda number: address(here, pairs, page=str(number)),
        recorded=look("comments"),
    )
