"""Who did what, when."""

import uuid

from flask import render_template, request, url_for

from app.accounts.permissions import sees_whole_audit
from app.accounts.queries.audit import audit_page, officers_in, things_in
from app.accounts.queries.sentences import thing
from app.enums import Permission
from app.officer.forms import audit as form
from app.officer.forms.asked import address, without
from app.web.access import allowed, visit

CHOICES = {"who": "By", "thing": "About", "name": "Reference or code", "from": "From", "to": "Until"}


@allowed(Permission.SEE_AUDIT)
def audit(slug: str) -> str:
    here = visit()
    own_only = not sees_whole_audit(here.roles)
    return _page(
        url_for(".audit", slug=slug), here.consultation_id, own_only=own_only, zone=here.here.timezone
    )


@allowed(Permission.ADMINISTER)
def sign_in_audit() -> str:
    return _page(url_for(".sign_in_audit"), None, own_only=False, zone="Europe/London")


def _page(here: str, consultation_id: uuid.UUID | None, *, own_only: bool, zone: str) -> str:
    pairs = form.filters(request.args)
    if own_only:
        pairs = without(pairs, "who")
    people = {} if own_only else {str(key): name for key, name in officers_in(consultation_id)}
    asked = form.asked(
        pairs,
        consultation_id=consultation_id,
        only_of=visit().officer.id if own_only else None,
        zone=zone,
    )
    return render_template(
        "officer/audit/audit.html",
        page=audit_page(
            asked,
            older_than=form.entry(request.args.get("older")),
            newer_than=form.entry(request.args.get("newer")),
        ),
        pairs=pairs,
        people=people,
        things={kind: thing(kind) for kind in things_in(consultation_id)},
        own_only=own_only,
        active=[
            (f"{CHOICES[name]}: {_words(name, value, people)}", address(here, without(pairs, name)))
            for name, value in pairs.items()
        ],
        here=here,
        page_url=lambda **beside: address(here, pairs, **{name: str(key) for name, key in beside.items()}),
        may_export=consultation_id is not None,
        may_read=visit().may(Permission.READ_REDACTED),
    )


def _words(name: str, value: str, people: dict[str, str]) -> str:
    if name == "who":
        return people.get(value, "somebody else")
    return thing(value) if name == "thing" else value
