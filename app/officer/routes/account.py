import uuid
from typing import Any

from flask import flash, make_response, redirect, render_template, request, session, url_for

from app.accounts.devices import device_words
from app.accounts.queries.sessions import standing_sessions
from app.accounts.queries.set_up import officer_of_link
from app.accounts.services.choose_password import choose_password
from app.accounts.services.count_try import count_try, forget_tries
from app.accounts.services.end_session import end_other_sessions, end_session
from app.accounts.services.set_password import set_password
from app.accounts.services.set_shortcuts import set_shortcuts
from app.officer.forms.account import ChangePasswordForm, NewPasswordForm
from app.web import passwords, tries
from app.web import sign_in as signing
from app.web.access import anonymous, signed_in, visit
from app.web.clock import now
from app.web.local_address import is_officers_page
from app.web.transactions import writes, writing_unit

SET_UP = "set_up_token"


@signed_in
def account() -> str:
    officer = visit().officer
    return render_template(
        "officer/account/account.html",
        officer=officer,
        sessions=standing_sessions(officer.id, now=now(), limits=signing.limits()),
        this_session=signing.session_id(),
        device_words=device_words,
    )


@signed_in
@writes
def session_end_post(session_id: uuid.UUID) -> Any:
    here = visit()
    if end_session(session_id, officer_id=here.officer.id, actor=here.actor, now=now()):
        flash("That session has ended.", "success")
    return redirect(url_for("officer.account"), 303)


@signed_in
@writes
def other_sessions_end_post() -> Any:
    here = visit()
    ended = end_other_sessions(here.officer.id, keep=signing.session_id(), actor=here.actor, now=now())
    flash("Your other sessions have ended." if ended else "You had no other session.", "success")
    return redirect(url_for("officer.account"), 303)


@signed_in
@writes
def shortcuts_post() -> Any:
    """Back to the page that the switch stood on."""
    set_shortcuts(visit().officer.id, on=bool(request.form.get("on")), actor=visit().actor, now=now())
    address = request.form.get("next", "").rstrip("?")
    return redirect(address if is_officers_page(address) else url_for("officer.account"), 303)


@signed_in
def password() -> Any:
    return _password_page(ChangePasswordForm())


@signed_in
def password_post() -> Any:
    officer = visit().officer
    form = ChangePasswordForm().for_officer(email=officer.email, name=officer.name)
    if not form.validate_on_submit():
        return _password_page(form, status=422)
    subjects = tries.of_sign_in(officer.email)
    with writing_unit():
        tried = count_try(subjects, now=now())
    if not tried:
        return _password_page(form, status=429, errors=[("Too many tries. Wait 15 minutes.", None)])
    if not passwords.is_password_of(officer, password=str(form.current_password.data)):
        form.current_password.errors = ["Your current password is not right"]
        return _password_page(form, status=422)
    fresh = passwords.hashed(str(form.new_password.data))
    key = signing.session_id()
    with writing_unit():
        changed = set_password(officer.id, password_hash=fresh, actor=visit().actor, now=now(), keep=key)
        forget_tries(subjects)
    if key:
        signing.begin(changed, session_id=key)
    flash("Your password is changed. Your other sessions have ended.", "success")
    return redirect(url_for("officer.account"), 303)


def _password_page(form: ChangePasswordForm, *, status: int = 200, errors: Any = ()) -> Any:
    page = render_template("officer/account/password.html", form=form, error_list=errors)
    return make_response(page, status)


@anonymous
def set_up_link(token: str) -> Any:
    """The token leaves the address at once, and with it the log and the history that others read."""
    session[SET_UP] = token
    return redirect(url_for("officer.set_up"), 303)


@anonymous
def set_up() -> Any:
    officer = officer_of_link(session.get(SET_UP, ""), now=now())
    if officer is None:
        return _link_does_not_work()
    return render_template("officer/account/set_up.html", form=NewPasswordForm(), officer=officer)


@anonymous
def set_up_post() -> Any:
    token = session.get(SET_UP, "")
    officer = officer_of_link(token, now=now())
    if officer is None:
        return _link_does_not_work()
    form = NewPasswordForm().for_officer(email=officer.email, name=officer.name)
    if not form.validate_on_submit():
        return make_response(render_template("officer/account/set_up.html", form=form, officer=officer), 422)
    fresh = passwords.hashed(str(form.new_password.data))
    with writing_unit():
        chosen = choose_password(token, password_hash=fresh, now=now())
        if chosen:
            forget_tries(tries.of_sign_in(chosen.email))
    session.pop(SET_UP, None)
    if chosen is None:
        return _link_does_not_work()
    flash("Your password is set. Sign in with it.", "success")
    return redirect(url_for("officer.sign_in"), 303)


def _link_does_not_work() -> Any:
    return make_response(render_template("officer/account/link_does_not_work.html"), 404)
