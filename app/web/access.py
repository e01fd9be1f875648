"""Every officer route declares who may open it; a route that declares nothing does not start."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from flask import Blueprint, abort, current_app, g, redirect, request, url_for
from flask_security import current_user

from app.accounts import actor
from app.accounts.permissions import allows
from app.accounts.queries.rights import roles_in
from app.consultations.queries.find import consultation_by_slug
from app.enums import Permission, Role
from app.models import Consultation, Officer

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


def rule_of(endpoint: str) -> Rule:
    rule = getattr(current_app.view_functions[endpoint], "rule", None)
    if rule is None:
        raise RuntimeError(f"{endpoint} does not declare who may open it")
    return cast(Rule, rule)


def visit() -> Visit:
    return cast(Visit, g.visit)


def guard(blueprint: Blueprint) -> None:
    """Check each request to `blueprint` against the rule of its route before anything else happens."""
    blueprint.before_request(_check)


def _check() -> Any:
    rule = rule_of(request.endpoint or "")
    if rule.anonymous:
        return None
    if not current_user.is_authenticated:
        return redirect(url_for("officer.sign_in", next=request.full_path.rstrip("?")))
    slug = (request.view_args or {}).get("slug")
    consultation = consultation_by_slug(slug) if slug else None
    if slug and consultation is None:
        abort(404)
    officer = cast(Officer, current_user._get_current_object())
    roles = roles_in(officer.id, consultation_id=consultation.id if consultation else None)
    g.visit = Visit(officer=officer, roles=roles, consultation=consultation)
    if not _permits(rule, g.visit):
        abort(403)
    return None


def _permits(rule: Rule, here: Visit) -> bool:
    if rule.permission is not None:
        return here.may(rule.permission)
    return bool(here.roles) if rule.any_role else True
