"""Who does what in one consultation."""

import uuid
from typing import Any

from flask import abort, flash, make_response, redirect, render_template, url_for

from app.accounts.queries.officers import officer_by_email
from app.accounts.queries.people import Person, people_in, person_in
from app.accounts.roles import LABELS
from app.accounts.services.add_officer import add_officer
from app.accounts.services.change_roles import change_roles
from app.accounts.services.make_set_up_link import make_set_up_link
from app.enums import Permission
from app.officer.forms.people import MEANINGS_UNDER_THEM, AddPersonForm, RolesForm
from app.officer.routes import handed_over
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes

NOT_ALLOWED_IN = "This officer's access has ended. Give it back under all officers first."


@allowed(Permission.ADMINISTER)
def people(slug: str) -> Any:
    return _list_page(AddPersonForm())


@allowed(Permission.ADMINISTER)
@writes
def people_post(slug: str) -> Any:
    form = AddPersonForm()
    if not form.validate_on_submit():
        return _list_page(form, status=422)
    actor = visit().actor
    officer = officer_by_email(str(form.email.data))
    if officer is None:
        officer = add_officer(str(form.email.data), name=str(form.name.data), actor=actor, now=now())
        token = make_set_up_link(officer.id, actor=actor, now=now())
        handed_over.hand_over(officer.id, token=token, now=now())
    elif officer.is_example or not officer.active:
        form.email.errors = [NOT_ALLOWED_IN]
        return _list_page(form, status=422)
    held = _there(officer.id).role_set
    change_roles(
        officer.id,
        consultation_id=visit().consultation_id,
        roles=held | form.chosen,
        actor=actor,
        now=now(),
    )
    flash(f"{officer.name} now has a role in this consultation.", "success")
    return redirect(url_for("officer.consultation_person", slug=slug, officer_id=officer.id), 303)


@allowed(Permission.ADMINISTER)
def person(slug: str, officer_id: uuid.UUID) -> Any:
    found = _there(officer_id)
    return _person_page(found, RolesForm(roles=sorted(found.role_set)))


@allowed(Permission.ADMINISTER)
@writes
def person_post(slug: str, officer_id: uuid.UUID) -> Any:
    found = _there(officer_id)
    form = RolesForm()
    if not form.validate_on_submit():
        return _person_page(found, form, status=422)
    changed = change_roles(
        found.id,
        consultation_id=visit().consultation_id,
        roles=form.chosen,
        actor=visit().actor,
        now=now(),
    )
    if changed:
        flash(f"The roles of {found.name} are changed.", "success")
    return redirect(url_for("officer.consultation_people", slug=slug), 303)


@allowed(Permission.ADMINISTER)
@writes
def person_end_post(slug: str, officer_id: uuid.UUID) -> Any:
    found = _there(officer_id)
    if change_roles(
        found.id, consultation_id=visit().consultation_id, roles=set(), actor=visit().actor, now=now()
    ):
        flash(f"{found.name} has no role in this consultation any more.", "success")
    return redirect(url_for("officer.consultation_people", slug=slug), 303)


def _there(officer_id: uuid.UUID) -> Person:
    found = person_in(visit().consultation_id, officer_id=officer_id)
    if found is None or found.is_example:
        abort(404)
    return found


def _list_page(form: AddPersonForm, *, status: int = 200) -> Any:
    page = render_template(
        "officer/people/in_consultation.html",
        form=form,
        people=people_in(visit().consultation_id),
        role_labels=LABELS,
        meanings=MEANINGS_UNDER_THEM,
    )
    return make_response(page, status)


def _person_page(found: Person, form: RolesForm, *, status: int = 200) -> Any:
    page = render_template(
        "officer/people/roles.html",
        form=form,
        person=found,
        meanings=MEANINGS_UNDER_THEM,
        link=handed_over.take(found.id),
    )
    return make_response(page, status)
