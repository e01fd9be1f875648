"""One small consultation with an officer for each role, and what stands in addresses there."""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import IntegerConverter, Rule, UUIDConverter

from app.database import session, transaction
from app.enums import Role
from app.models import Comment, Consultation, Officer, Response, Section, Theme
from tests.factories.officer import a_role, an_officer
from tests.factories.request import a_request
from tests.factories.theme import a_theme
from tests.support.clock import SettableClock
from tests.support.sign_in import csrf_token_of, sign_in
from tests.support.small_consultation import small_consultation, small_responses

NOBODY, STRANGER, EVERYTHING = "nobody", "stranger", "everything"
UNKNOWN = uuid.UUID(int=7)


@dataclass
class World:
    app: Flask
    clock: SettableClock
    officers: dict[str, uuid.UUID]
    values: dict[str, Any]

    def address(self, rule: Rule) -> str:
        """With real values, and made-up ones for the parts that `values_here` does not know."""
        given = {name: self.values.get(name, made_up(rule, name)) for name in rule.arguments}
        with self.app.test_request_context():
            built = rule.build(given)
        assert built is not None, rule
        return built[1]

    def visitor(self) -> FlaskClient:
        """Not the client that audits pages: here only the answer counts."""
        return FlaskClient(self.app, self.app.response_class, use_cookies=True)

    def client_of(self, who: str) -> FlaskClient:
        client = self.visitor()
        officer = session.get_one(Officer, self.officers[who])
        sign_in(client, officer, at=self.clock.now())
        return client

    def token_of(self, client: FlaskClient) -> str:
        return csrf_token_of(client, "/officer/account")


def made_up(rule: Rule, name: str) -> Any:
    converter = rule._converters[name]
    if isinstance(converter, UUIDConverter):
        return UNKNOWN
    return 7 if isinstance(converter, IntegerConverter) else "x"


def build(app: Flask, clock: SettableClock) -> World:
    with transaction():
        here = small_consultation()
        small_responses(here)
        there = Consultation(
            slug="elsewhere", title="Another", opens_at=here.opens_at, closes_at=here.closes_at
        )
        session.add(there)
        session.flush()
        officers = _officers(here, there)
        values = values_here(here)
    return World(app=app, clock=clock, officers=officers, values=values)


def _officers(here: Consultation, there: Consultation) -> dict[str, uuid.UUID]:
    """One for each role; one without any; one with all roles, elsewhere; one with all of them."""
    made: dict[str, Officer] = {name: an_officer(name) for name in (*Role, NOBODY, STRANGER, EVERYTHING)}
    for role in Role:
        a_role(made[role], role, consultation=None if role is Role.ADMINISTRATOR else here)
        if role is Role.ADMINISTRATOR:
            a_role(made[EVERYTHING], role)
        else:
            a_role(made[STRANGER], role, consultation=there)
            a_role(made[EVERYTHING], role, consultation=here)
    return {name: officer.id for name, officer in made.items()}


def values_here(here: Consultation) -> dict[str, Any]:
    """What stands for each part of an address. A route with a new part needs one line here."""
    response = session.scalars(select(Response).order_by(Response.reference)).first()
    comment = session.scalars(select(Comment).order_by(Comment.id)).first()
    section = session.scalars(select(Section).order_by(Section.position)).first()
    theme = session.scalars(select(Theme)).first() or a_theme(here)
    assert response is not None
    assert comment is not None
    assert section is not None
    return {
        "slug": here.slug,
        "reference": response.reference,
        "comment_id": comment.id,
        "section_key": section.key,
        "part_key": "about-you",
        "tab": "personal",
        "case_number": a_request(response).case_number,
        "token": "A" * 43,
        "code": theme.code,
        "warning": f"undefined.{theme.id.hex}",
        "source": "elsewhere",
        "queue": "useful",
        "theme_id": theme.id,
        "officer_id": UNKNOWN,
        "session_id": UNKNOWN,
        "proposal_id": UNKNOWN,
        "export_id": UNKNOWN,
        "view_id": UNKNOWN,
        "name": "close",
    }
