"""Respondents' requests: the list, one of them with its answer, and erasing a response."""

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask import request as wanted

from app.enums import Permission, RequestKind, ResponseStatus
from app.officer.forms.asked import whole
from app.officer.forms.requests import AnswerForm, EraseForm, TakeForm
from app.reporting.services.erase_response import erase_response
from app.responses.queries.counterparts import counterparts
from app.responses.queries.requests import RequestRow, request_of, requests_of
from app.responses.services.answer_request import AnswerMissing, RequestRefused, answer, take
from app.responses.services.erase import ErasureRefused
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes

KINDS = {
    RequestKind.WRONG: "We have got the response wrong",
    RequestKind.CORRECT: "Correct something",
    RequestKind.OBJECT: "Object to how it is used",
    RequestKind.ERASE: "Erase the response",
}


@allowed(Permission.SEE_CONTACT)
def requests(slug: str) -> str:
    return render_template(
        "officer/requests/list.html",
        page=requests_of(visit().consultation_id, number=whole(wanted.args.get("page"), otherwise=1)),
        page_url=lambda number: url_for(".requests", slug=slug, page=number),
        kinds=KINDS,
        today=now().date(),
    )


@allowed(Permission.SEE_CONTACT)
def request(slug: str, case_number: str) -> str:
    found = _or_404(case_number)
    return _page(found, AnswerForm(data={"answer": found.answer, "done": found.done_at is not None}))


@allowed(Permission.SEE_CONTACT)
@writes
def request_take_post(slug: str, case_number: str) -> Any:
    found, form = _or_404(case_number), TakeForm()
    answering = AnswerForm(formdata=None, data={"answer": found.answer, "done": found.done_at is not None})
    if not form.validate():
        answering.form_errors.append(form.seen.errors[0])
        return _page(found, answering), 422
    try:
        take(found.id, seen=form.seen.data or 0, actor=visit().actor, now=now())
    except RequestRefused as refusal:
        answering.form_errors.append(str(refusal))
        return _page(found, answering), 422
    flash("You answer for this request now.", "success")
    return _back(slug, case_number)


@allowed(Permission.SEE_CONTACT)
@writes
def request_post(slug: str, case_number: str) -> Any:
    found, form = _or_404(case_number), AnswerForm()
    if not form.validate():
        return _page(found, form), 422
    try:
        answer(
            found.id,
            text=form.answer.data or "",
            done=bool(form.done.data),
            seen=form.seen.data or 0,
            actor=visit().actor,
            now=now(),
        )
    except AnswerMissing as refusal:
        form.answer.errors = [str(refusal)]
        return _page(found, form), 422
    except RequestRefused as refusal:
        form.form_errors.append(str(refusal))
        return _page(found, form), 422
    flash("The answer is saved.", "success")
    return _back(slug, case_number)


@allowed(Permission.ADMINISTER)
def request_erase(slug: str, case_number: str) -> Any:
    found = _or_404(case_number)
    if found.status is ResponseStatus.ERASED:
        return _back(slug, case_number)
    return _erase_page(found, EraseForm())


@allowed(Permission.ADMINISTER)
@writes
def request_erase_post(slug: str, case_number: str) -> Any:
    found, form = _or_404(case_number), EraseForm()
    if not form.validate():
        return _erase_page(found, form), 422
    try:
        erase_response(found.response_id, actor=visit().actor, now=now())
    except ErasureRefused as refusal:
        form.form_errors.append(str(refusal))
        return _erase_page(found, form), 422
    flash(f"{found.reference} is erased. Write the answer and mark the request as done.", "success")
    return _back(slug, case_number)


def _or_404(case_number: str) -> RequestRow:
    return request_of(visit().consultation_id, case_number) or abort(404)


def _page(found: RequestRow, form: AnswerForm) -> str:
    return render_template(
        "officer/requests/one.html",
        found=found,
        form=form,
        kinds=KINDS,
        mine=found.owner_id == visit().officer.id,
        may_read=visit().may(Permission.READ_REDACTED),
        may_erase=visit().may(Permission.ADMINISTER) and found.status is not ResponseStatus.ERASED,
        back_link=url_for(".requests", slug=visit().here.slug),
    )


def _erase_page(found: RequestRow, form: EraseForm) -> str:
    return render_template(
        "officer/requests/erase.html",
        found=found,
        form=form,
        others=counterparts(found.response_id),
        back_link=url_for(".request", slug=visit().here.slug, case_number=found.case_number),
    )


def _back(slug: str, case_number: str) -> Any:
    return redirect(url_for(".request", slug=slug, case_number=case_number), 303)
