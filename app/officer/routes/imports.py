"""Codings made in a spreadsheet: upload, report, apply."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app.enums import Permission
from app.officer.forms.asked import address, whole
from app.officer.forms.upload import uploaded
from app.themes.files.codings_file import read_codings_file
from app.themes.files.sheet import FileProblem
from app.themes.queries.imports import ImportShown, import_numbered, imports_page
from app.themes.queries.judged_import import ROWS_SHOWN
from app.themes.refusals import Refusal, SelectionChanged
from app.themes.services.import_codings import apply_import, judge_again, keep_file
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes

AGAIN = "again"


@allowed(Permission.CODE)
def imports(slug: str) -> str:
    return _list()


@allowed(Permission.CODE)
@writes
def imports_post(slug: str) -> Any:
    try:
        sent = uploaded(request.files)
        file = read_codings_file(sent.content)
    except FileProblem as problem:
        return _list(problem=str(problem)), 422
    kept = keep_file(
        file, content=sent.content, name=sent.name, consultation=visit().here, actor=visit().actor, now=now()
    )
    return redirect(url_for(".import_", slug=slug, number=kept.number), 303)


@allowed(Permission.CODE)
def import_(slug: str, number: int) -> str:
    return _page(_import_or_404(number))


@allowed(Permission.CODE)
@writes
def import_post(slug: str, number: int) -> Any:
    found = _import_or_404(number)
    if request.form.get("do") == AGAIN:
        judge_again(found.id, now=now())
        return redirect(url_for(".import_", slug=slug, number=number), 303)
    try:
        batch = apply_import(found.id, digest=request.form.get("digest", ""), actor=visit().actor, now=now())
    except SelectionChanged as changed:
        judge_again(found.id, now=now())
        return _page(_import_or_404(number), error_list=[(str(changed), "#numbers")]), 422
    except Refusal as refusal:
        return _page(found, error_list=[(str(refusal), "#numbers")]), 422
    flash(
        f"{batch.size:,} coding{'' if batch.size == 1 else 's'} added. You can undo this as one.", "success"
    )
    return redirect(url_for(".import_", slug=slug, number=number), 303)


def _list(*, problem: str = "") -> str:
    only = None if visit().may(Permission.EDIT_FRAME) else visit().officer.id
    asked, here = whole(request.args.get("page"), otherwise=1), url_for(".imports", slug=visit().here.slug)
    return render_template(
        "officer/imports/list.html",
        page=imports_page(visit().consultation_id, officer_id=only, page=asked),
        page_url=lambda number: address(here, {}, page=str(number)),
        problem=problem,
        error_list=[(problem, "#file")] if problem else None,
    )


def _page(found: ImportShown, **more: Any) -> str:
    return render_template(
        "officer/imports/one.html",
        found=found,
        report=found.report,
        again=AGAIN,
        rows_shown=ROWS_SHOWN,
        mine=found.officer_id == visit().officer.id,
        back_link=url_for(".imports", slug=visit().here.slug),
        back_text="All imports",
        **more,
    )


def _import_or_404(number: int) -> ImportShown:
    found = import_numbered(visit().consultation_id, number)
    if found is None or not (found.officer_id == visit().officer.id or visit().may(Permission.EDIT_FRAME)):
        abort(404)
    return found
