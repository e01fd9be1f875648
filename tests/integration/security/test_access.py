"""Each officer route, each role: as the table of rights says, and not otherwise."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.accounts.permissions import HOLDERS
from app.enums import Permission, Role
from app.web.access import Rule, anonymous, any_role, check_declared, rule_of, signed_in
from tests.integration.security.requests import Asker, Case, ask, cases
from tests.integration.security.world import EVERYTHING, NOBODY, STRANGER, World
from tests.support.sign_in import csrf_token_of

# The table of rights, written a second time: V view, D do, "-" nothing. "own" entries of the audit log are
# narrowed by its page; to "propose" is less than the permission.
COLUMNS = (
    Role.VIEWER,
    Role.INPUTTER,
    Role.ANALYST,
    Role.LEAD_ANALYST,
    Role.MODERATOR,
    Role.REPORT_EDITOR,
    Role.ADMINISTRATOR,
)
TABLE = {
    Permission.SEE_REPORT: "V V V V V V V",
    Permission.SEE_COUNTS: "- - V V V V V",
    Permission.READ_REDACTED: "- - V V V V -",
    Permission.READ_ORIGINAL: "- - - V V - -",
    Permission.KEY_IN: "- D D D D - -",
    Permission.CODE: "- - D D D - -",
    Permission.EDIT_FRAME: "- - - D - - -",
    Permission.REDACT: "- - propose D D - -",
    Permission.EXCLUDE: "- - propose D D - -",
    Permission.SIGN_OFF: "- - - D - - -",
    Permission.WRITE_REPORT: "- - - D - D -",
    Permission.PUBLISH: "- - - - - D D",
    Permission.SEE_CONTACT: "- - - - D - D",
    Permission.SEE_EQUALITY: "- - V V - V -",
    Permission.SET_UP: "- - - - - - D",
    Permission.ADMINISTER: "- - - - - - D",
    Permission.SEE_AUDIT: "- - own V V V V",
}


def held_by_table(permission: Permission) -> set[Role]:
    cells = TABLE[permission].split()
    return {role for role, cell in zip(COLUMNS, cells, strict=True) if cell in ("V", "D", "own")}


def allowed_by_table(rule: Rule, who: str) -> bool:
    if who in (NOBODY, STRANGER):
        return rule.permission is None and not rule.any_role
    if who == EVERYTHING or rule.permission is None:
        return True
    return Role(who) in held_by_table(rule.permission)


def declared(world: World, case: Case) -> Rule:
    with world.app.app_context():
        return rule_of(case.rule.endpoint)


def behind_sign_in(world: World) -> Iterator[Case]:
    for case in cases(world.app, blueprint="officer."):
        if not declared(world, case).anonymous:
            yield case


def wrongly_answered(world: World, who: str) -> list[str]:
    found, asker = [], Asker(world, who)
    for case in behind_sign_in(world):
        rule = declared(world, case)
        if rule.any_role and "slug" not in case.rule.arguments:
            continue
        status = asker.ask(case).status_code
        may = allowed_by_table(rule, who)
        if (status == 403) is may or status >= 500:
            found.append(f"{case}: {status} for {who}, who {'may' if may else 'may not'}")
    return found


@pytest.mark.parametrize("permission", list(Permission))
def test_the_rights_in_force_are_those_of_the_table(permission: Permission) -> None:
    assert HOLDERS[permission] == held_by_table(permission)


@pytest.mark.parametrize("who", [*Role, NOBODY, STRANGER, EVERYTHING])
def test_every_route_admits_and_refuses_as_the_table_says(world: World, who: str) -> None:
    assert wrongly_answered(world, who) == []


def test_every_route_sends_the_anonymous_to_sign_in(world: World) -> None:
    client = world.visitor()
    token = csrf_token_of(client, "/officer/sign-in")
    answers = {
        str(case): (answer.status_code, (answer.location or "").partition("?")[0])
        for case in behind_sign_in(world)
        for answer in [ask(world, client, case, token=token)]
    }

    assert len(answers) > 20
    assert {case: answer for case, answer in answers.items() if answer != (303, "/officer/sign-in")} == {}


def test_only_signing_in_and_setting_up_are_open_to_the_anonymous(world: World) -> None:
    """A new route that needs no sign-in must be named here."""
    found = {
        case.rule.rule for case in cases(world.app, blueprint="officer.") if declared(world, case).anonymous
    }

    assert found == {"/officer/sign-in", "/officer/set-up", "/officer/set-up/<token>"}


def test_no_address_under_officer_belongs_to_another_blueprint(world: World) -> None:
    strays = [case.rule.rule for case in cases(world.app) if not case.rule.endpoint.startswith("officer.")]

    assert not [rule for rule in strays if rule.startswith("/officer")]


def test_libraries_add_no_route_of_their_own(world: World) -> None:
    assert {case.rule.endpoint.partition(".")[0] for case in cases(world.app)} == {"officer", "public"}


class TestTheseChecksCanFail:
    @pytest.mark.parametrize(("roles", "word"), [(frozenset(Role), "may not"), (frozenset(), "may")])
    def test_a_route_that_answers_otherwise_is_found(
        self, world: World, monkeypatch: pytest.MonkeyPatch, roles: frozenset[Role], word: str
    ) -> None:
        who = Role.VIEWER if roles else Role.ADMINISTRATOR
        monkeypatch.setitem(HOLDERS, Permission.ADMINISTER, roles)

        found = wrongly_answered(world, who)

        assert [line for line in found if "/people" in line and line.endswith(word)]

    def test_a_changed_right_is_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(HOLDERS, Permission.PUBLISH, frozenset(Role))

        assert HOLDERS[Permission.PUBLISH] != held_by_table(Permission.PUBLISH)

    def test_a_route_without_a_rule_stops_the_start(self, world: World) -> None:
        bare = Flask("bare")
        bare.add_url_rule("/officer/bare", "officer.bare", lambda: "anybody")

        with pytest.raises(RuntimeError, match=r"officer\.bare does not declare"):
            check_declared(bare, world.app.blueprints["officer"])  # type: ignore[arg-type]

    def test_each_mark_is_a_rule_of_its_own(self) -> None:
        rules = {mark(lambda: None).rule for mark in (any_role, signed_in, anonymous)}  # type: ignore[attr-defined]

        assert len(rules) == 3
