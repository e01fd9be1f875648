"""Every officer route declares who may open it; a route that declares nothing does not start."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from flask import Blueprint, Flask, abort, current_app, g, request

from app.accounts import actor
from app.accounts.permissions import allows
from app.accounts.queries.rights import roles_in
from app.consultations.queries.find import consultation_by_slug
from app.enums import Permission, Role
from app.models import Consultation, Officer
from app.web.clock import now
from app.web.sign_in import officer_here

View = Callable[..., Any]


@dataclass(frozen=True)
class Rule:
    """Nothing set: any signed-in officer."""

    permission: Permission | None = None
    anonymous: bool = False
    any_role: bool = False


@dataclass(frozen=True)
class Visit:
    """Who is here, in which consultation, with which roles."""

    officer: Officer
    roles: frozenset[Role]
    consultation: Consultation | None

    @property
    def actor(self) -> actor.Actor:
        return actor.officer(self.officer.id)

    @property
    def here(self) -> Consultation:
        if self.consultation is None:
            raise RuntimeError("this route names no consultation")
        return self.consultation

    @property
    def consultation_id(self) -> uuid.UUID:
        return self.here.id

    def may(self, permission: Permission) -> bool:
        return allows(self.roles, permission)


def _declare(rule: Rule) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.rule = rule  # type: ignore[attr-defined]
        return view

    return mark


def allowed(permission: Permission) -> Callable[[View], View]:
    """Only officers with this permission, in the consultation that the address names or everywhere."""
    return _declare(Rule(permission=permission))


any_role = _declare(Rule(any_role=True))
signed_in = _declare(Rule())
anonymous = _declare(Rule(anonymous=True))


def declared_by(view: View, endpoint: str) -> Rule:
    rule = getattr(view, "rule", None)
    if not isinstance(rule, Rule):
        raise RuntimeError(f"{endpoint} does not declare who may open it")
    return rule


def rule_of(endpoint: str) -> Rule:
    return declared_by(current_app.view_functions[endpoint], endpoint)


def visit() -> Visit:
    return cast(Visit, g.visit)


def visitor() -> Visit | None:
    """As `visit`, on pages that are also shown to people who have not signed in."""
    return cast(Visit | None, g.get("visit"))


def may_open(endpoint: str) -> bool:
    """Whether this officer may open the route, in the consultation of the page they are on."""
    return _permits(rule_of(endpoint), visit())


def guard(blueprint: Blueprint, *, ask_to_sign_in: Callable[[], Any]) -> None:
    """Check each request to `blueprint` against the rule of its route before anything else happens."""

    def check() -> Any:
        rule = rule_of(request.endpoint or "")
        if rule.anonymous:
            return None
        officer = officer_here(now=now())
        if officer is None:
            return ask_to_sign_in()
        g.visit = _visit_of(officer)
        if not _permits(rule, g.visit):
            abort(403)
        return None

    blueprint.before_request(check)


def _visit_of(officer: Officer) -> Visit:
    slug = (request.view_args or {}).get("slug")
    consultation = consultation_by_slug(slug) if slug else None
    if slug and consultation is None:
        abort(404)
    roles = roles_in(officer.id, consultation_id=consultation.id if consultation else None)
    return Visit(officer=officer, roles=roles, consultation=consultation)


def _permits(rule: Rule, here: Visit) -> bool:
    if rule.permission is not None:
        return here.may(rule.permission)
    return bool(here.roles) if rule.any_role else True


def check_declared(app: Flask, blueprint: Blueprint) -> None:
    """Called when the application is put together: a route without a rule stops the start."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith(f"{blueprint.name}."):
            declared_by(app.view_functions[rule.endpoint], rule.endpoint)
