"""Unsafe routes are one transaction each; safe ones change nothing that anyone decides by."""

from collections.abc import Iterable

from flask import Flask

from app.web.transactions import writes
from tests.integration.security.requests import Case, ask, cases
from tests.integration.security.test_csrf import changes_of
from tests.integration.security.world import EVERYTHING, World

# What opens its writing unit itself, and why.
OPEN_THEIR_OWN = {
    "officer.sign_in_post": "checks the password outside the write lock; a counted try outlives a refusal",
    "officer.password_post": "hashes outside the write lock; a counted try outlives a refusal",
    "officer.set_up_post": "hashes outside the write lock",
    "public.continue_post": "a counted try outlives a refusal",
    "public.link_again_post": "a counted try outlives a refusal",
    "public.contribute_post": "a counted try outlives a refusal",
}
# Rows that looking at a page may leave behind: the touch of a session, a count, the log of a look at results.
ASIDE = ("officer_session", "page_counter", "audit_event")


def not_one_transaction(app: Flask, found: Iterable[Case]) -> set[str]:
    return {
        case.rule.endpoint
        for case in found
        if case.unsafe and not getattr(app.view_functions[case.rule.endpoint], "writes", False)
    }


def test_every_unsafe_route_is_one_transaction_or_says_why_not(world: World) -> None:
    assert not_one_transaction(world.app, cases(world.app)) == set(OPEN_THEIR_OWN)


def test_no_safe_request_changes_a_row_that_anyone_decides_by(world: World) -> None:
    client = world.client_of(EVERYTHING)
    found = []
    for case in cases(world.app):
        if not case.unsafe:
            with changes_of(world.app) as changes:
                ask(world, client, case, token=None)
            found += [f"{case}: {one}" for one in changes if not any(table in one for table in ASIDE)]

    assert found == []


def test_no_view_is_both_safe_and_unsafe(world: World) -> None:
    methods: dict[str, set[str]] = {}
    for case in cases(world.app):
        methods.setdefault(case.rule.endpoint, set()).add(case.method)

    assert {endpoint for endpoint, used in methods.items() if len(used) > 1} == set()


def test_a_route_that_forgets_its_transaction_would_be_found() -> None:
    app = Flask("bare")
    app.add_url_rule("/good", "good", writes(lambda: "kept"), methods=["POST"])
    app.add_url_rule("/bad", "bad", lambda: "lost", methods=["POST"])

    assert not_one_transaction(app, cases(app)) == {"bad"}
