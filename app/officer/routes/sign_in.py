from collections.abc import Sequence
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for

from app.accounts.queries.officers import who_may_sign_in
from app.accounts.services.begin_session import begin_session
from app.accounts.services.count_try import count_try, forget_tries
from app.accounts.services.end_session import end_session
from app.officer.forms.sign_in import SignInForm
from app.web import held, passwords, tries
from app.web import sign_in as signing
from app.web.access import anonymous, signed_in, visit
from app.web.clock import now
from app.web.local_address import is_officers_page, page_of_this_request
from app.web.transactions import writes, writing_unit

NOT_RIGHT = "The email or password is not right"
TOO_MANY = "Too many tries. Wait 15 minutes or ask your administrator."
SESSION_ENDED = (
    "Your session ended, so we have not saved this yet. Your words are below. Press the button again."
)
SIGN_IN_TO_SAVE = "Your session has ended. Sign in and you can send what you typed."


def ask_to_sign_in() -> Any:
    """For a page that needs an officer. What was typed into it is carried along."""
    officer = signing.identity()
    kept = held.hold(officer_id=officer.id if officer else None) if request.method == "POST" else ""
    if not kept:
        return redirect(url_for("officer.sign_in", next=page_of_this_request() or None), 303)
    form = SignInForm(formdata=None, held=kept)
    return _page(form, status=422, errors=[(SIGN_IN_TO_SAVE, "#email")])


@anonymous
def sign_in() -> Any:
    address = request.args.get("next", "")
    if signing.officer_here(now=now()):
        return redirect(_onward(address), 303)
    return _page(SignInForm(next=address if is_officers_page(address) else ""))


@anonymous
def sign_in_post() -> Any:
    form = SignInForm()
    if not form.validate_on_submit():
        return _page(form, status=422)
    email, password = str(form.email.data), str(form.password.data)
    subjects = tries.of_sign_in(email)
    with writing_unit():
        tried = count_try(subjects, now=now())
    if not tried:
        return _page(form, status=429, errors=[(TOO_MANY, None)])
    officer = who_may_sign_in(email)
    if not passwords.is_password_of(officer, password=password) or officer is None:
        return _page(form, status=422, errors=[(NOT_RIGHT, "#email")])
    fresh = passwords.renewed(officer, password=password)
    try:
        with writing_unit():
            begun = begin_session(officer.id, device=_device(), now=now(), renewed_hash=fresh)
            forget_tries(subjects)
    except LookupError:
        return _page(form, status=422, errors=[(NOT_RIGHT, "#email")])
    signing.begin(officer, session_id=begun.id)
    return _after(form, officer_id=officer.id)


@signed_in
@writes
def sign_out_post() -> Any:
    key = signing.session_id()
    if key:
        end_session(key, officer_id=visit().officer.id, actor=visit().actor, now=now())
    signing.forget()
    flash("You have signed out.", "success")
    return redirect(url_for("officer.sign_in"), 303)


def _after(form: SignInForm, *, officer_id: Any) -> Any:
    released = held.release(form.held.data or "", officer_id=officer_id)
    if released is None:
        return redirect(_onward(form.next.data or ""), 303)
    address, fields = released
    return render_template("errors/resend.html", fields=fields, action=address, message=SESSION_ENDED)


def _onward(address: str) -> str:
    return address if is_officers_page(address) else url_for("officer.home")


def _device() -> str:
    return request.user_agent.string


def _page(form: SignInForm, *, status: int = 200, errors: Sequence[tuple[str, str | None]] = ()) -> Any:
    return make_response(
        render_template("officer/sign_in/sign_in.html", form=form, error_list=errors), status
    )
