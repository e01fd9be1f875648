"""Officers and administrators, whatever the consultation."""

import uuid
from typing import Any

from flask import abort, flash, make_response, redirect, render_template, url_for

from app.accounts.queries.people import Person, everyone, person
from app.accounts.roles import LABELS
from app.accounts.services.add_officer import AlreadyThere, add_officer
from app.accounts.services.change_roles import LastAdministrator, change_roles
from app.accounts.services.count_try import forget_tries
from app.accounts.services.end_access import end_access, give_back_access
from app.accounts.services.make_set_up_link import make_set_up_link
from app.enums import Permission, Role
from app.officer.forms.people import ADMINISTRATORS_MEANING, AddOfficerForm, AdministratorForm
from app.officer.routes import handed_over
from app.web import mail, tries
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes

LAST = "This is the last administrator. Make somebody else an administrator first."
THERE_ALREADY = "There is an officer with this email address already"


@allowed(Permission.ADMINISTER)
def people() -> str:
    return render_template("officer/people/everyone.html", people=everyone(), role_labels=LABELS, now=now())


@allowed(Permission.ADMINISTER)
def people_add() -> Any:
    return _add_page(AddOfficerForm())


@allowed(Permission.ADMINISTER)
@writes
def people_add_post() -> Any:
    form = AddOfficerForm()
    if not form.validate_on_submit():
        return _add_page(form, status=422)
    actor = visit().actor
    try:
        added = add_officer(str(form.email.data), name=str(form.name.data), actor=actor, now=now())
    except AlreadyThere:
        form.email.errors = [THERE_ALREADY]
        return _add_page(form, status=422)
    if form.administrator.data:
        change_roles(added.id, consultation_id=None, roles={Role.ADMINISTRATOR}, actor=actor, now=now())
    token = make_set_up_link(added.id, actor=actor, now=now())
    handed_over.hand_over(added.id, token=token, now=now())
    flash(f"{added.name} is added.", "success")
    return redirect(url_for("officer.person", officer_id=added.id), 303)


@allowed(Permission.ADMINISTER)
def one_person(officer_id: uuid.UUID) -> Any:
    found = _there(officer_id)
    return _person_page(found, AdministratorForm(administrator=found.is_administrator))


@allowed(Permission.ADMINISTER)
@writes
def person_post(officer_id: uuid.UUID) -> Any:
    found = _there(officer_id)
    form = AdministratorForm()
    if not form.validate_on_submit():
        return _person_page(found, form, status=422)
    roles = {Role.ADMINISTRATOR} if form.administrator.data else set()
    try:
        changed = change_roles(found.id, consultation_id=None, roles=roles, actor=visit().actor, now=now())
    except LastAdministrator:
        form.administrator.errors = [LAST]
        return _person_page(found, form, status=422)
    if changed:
        flash(f"The rights of {found.name} are changed.", "success")
    return redirect(url_for("officer.person", officer_id=found.id), 303)


@allowed(Permission.ADMINISTER)
@writes
def person_link_post(officer_id: uuid.UUID) -> Any:
    found = _there(officer_id)
    if not found.may_sign_in:
        abort(404)
    token = make_set_up_link(found.id, actor=visit().actor, now=now())
    forget_tries([next(iter(tries.of_sign_in(found.email)))])
    handed_over.hand_over(found.id, token=token, now=now())
    return redirect(url_for("officer.person", officer_id=found.id), 303)


@allowed(Permission.ADMINISTER)
@writes
def person_end_post(officer_id: uuid.UUID) -> Any:
    found = _there(officer_id)
    try:
        end_access(found.id, actor=visit().actor, now=now())
    except LastAdministrator:
        form = AdministratorForm(formdata=None, administrator=found.is_administrator)
        return _person_page(found, form, status=422, errors=[(LAST, None)])
    flash(f"The access of {found.name} has ended.", "success")
    return redirect(url_for("officer.person", officer_id=found.id), 303)


@allowed(Permission.ADMINISTER)
@writes
def person_return_post(officer_id: uuid.UUID) -> Any:
    found = _there(officer_id)
    if give_back_access(found.id, actor=visit().actor, now=now()):
        flash(f"{found.name} can sign in again.", "success")
    return redirect(url_for("officer.person", officer_id=found.id), 303)


def _there(officer_id: uuid.UUID) -> Person:
    found = person(officer_id)
    if found is None or found.is_example:
        abort(404)
    return found


def _add_page(form: AddOfficerForm, *, status: int = 200) -> Any:
    return make_response(
        render_template("officer/people/add.html", form=form, meaning=ADMINISTRATORS_MEANING), status
    )


def _person_page(found: Person, form: AdministratorForm, *, status: int = 200, errors: Any = ()) -> Any:
    page = render_template(
        "officer/people/person.html",
        person=found,
        form=form,
        error_list=errors,
        meaning=ADMINISTRATORS_MEANING,
        role_labels=LABELS,
        now=now(),
        link=handed_over.take(found.id),
        mail_is_sent=mail.is_sent(),
    )
    return make_response(page, status)
