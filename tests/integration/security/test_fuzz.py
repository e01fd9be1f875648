"""Odd input to every public address: nothing ends in a fault, changes without a token, or loses words.

FUZZ=10000 makes that many inputs a database, other ones each time; the default is what CI has time for.
"""

import os
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.responses.intake import normalise
from tests.integration.security.public_forms import (
    KINDS,
    STATES,
    TOKEN,
    PublicForm,
    Visitor,
    forms_of,
    visitor,
)
from tests.integration.security.requests import cases
from tests.integration.security.test_csrf import changes_of
from tests.integration.security.world import World

pytestmark = pytest.mark.both_databases
INPUTS = int(os.environ.get("FUZZ", "120"))
ODD = settings(
    max_examples=INPUTS // 2,
    derandomize="FUZZ" not in os.environ,
    database=None,
    suppress_health_check=list(HealthCheck),
)
# A page that whoever is in that state can open.
STILL = ("", "", "", "/sent", "/check", "/invite", None)
# Shown once a consultation has closed, when no other form is: a test of its own.
NOT_SHOWN_AT_ONCE = {"public.late_post"}
RIGHT_TO_LEFT = "\u202eשלום \u2067مرحبا\u2069"
LONG = "A very long answer. " * 6_000  # more than a page takes
MEGABYTES = "x" * (5 * 1024 * 1024)
SPECIAL = [
    "", " ", "\0", "a\0b", RIGHT_TO_LEFT, "<script>alert(1)</script>", "{{ 7 * 7 }}", "=1+1", "' OR 1=1 --",
    "%00", "%s%n", "-1", "9" * 5000, "\r\n\r\n", "\ud7ff\ue000", "e\u0301" * 500, "🏴\u200d☠️" * 100,
    "../../etc/passwd", "http://127.0.0.1/", "true", "null", "[]", LONG,
]  # fmt: skip
TEXT = st.one_of(
    st.sampled_from(SPECIAL),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
)  # no browser sends half a surrogate pair


@pytest.fixture(scope="module")
def forms(world: World) -> list[PublicForm]:
    return forms_of(world)


@pytest.fixture(scope="module")
def people(world: World) -> dict[int, Visitor]:
    """By the kind of respondent; whoever loses their draft is replaced."""
    return {}


def here(world: World, people: dict[int, Visitor], kind: int) -> Visitor:
    still = STILL[kind]
    page = "/contribute/parts" if still is None else f"/c/{world.values['slug']}/reply{still}"
    if kind not in people or people[kind].client.get(page).status_code != 200:
        people[kind] = STATES[kind](world)
    return people[kind]


def test_the_forms_are_found(world: World, forms: list[PublicForm]) -> None:
    unsafe = {case.rule.endpoint for case in cases(world.app, blueprint="public") if case.unsafe}
    adapter = world.app.url_map.bind("localhost")
    found = {adapter.match(form.action, method="POST")[0] for form in forms}

    assert unsafe - found == NOT_SHOWN_AT_ONCE
    assert any(form.texts for form in forms)


@ODD
@given(data=st.data())
def test_no_address_ends_in_a_fault(world: World, people: dict[int, Visitor], data: st.DataObject) -> None:
    reading = [case.rule for case in cases(world.app, blueprint="public") if not case.unsafe]
    rule = data.draw(st.sampled_from(reading))
    odd = {name: data.draw(TEXT.filter(bool)) for name in rule.arguments if data.draw(st.booleans())}
    kept = {name: value for name, value in world.values.items() if name in rule.arguments}
    address = rule.rule
    for name in rule.arguments:
        value = quote(str(odd.get(name, kept.get(name, "x")))[:2000], safe="")
        address = address.replace(next(p for p in _placeholders(address) if name in p), value, 1)
    query = data.draw(st.dictionaries(TEXT.map(lambda t: t[:50]), TEXT.map(lambda t: t[:2000]), max_size=3))

    person = here(world, people, 0)
    with changes_of(world.app) as changes:
        answer = person.client.get(address, query_string=query)

    assert answer.status_code < 500, (address[:200], query)
    assert not [change for change in changes if not _aside(change)]


@ODD
@given(data=st.data())
def test_no_form_ends_in_a_fault_or_loses_words(
    world: World, people: dict[int, Visitor], forms: list[PublicForm], data: st.DataObject
) -> None:
    form = data.draw(st.sampled_from(forms))
    person = here(world, people, data.draw(st.integers(0, len(STATES) - 1)))
    sent = _filled(form, data)
    token = data.draw(st.sampled_from(["right", "right", "right", "wrong", "none"]))
    if token != "none":
        sent[TOKEN] = person.token if token == "right" else "not a token"

    with changes_of(world.app) as changes:
        answer = person.client.post(form.action, data=sent)

    assert answer.status_code < 500, form
    if token != "right":
        assert (answer.status_code, changes) == (400, []), form
    if answer.status_code >= 400:
        _words_are_shown(form, sent, answer.text)


@pytest.mark.parametrize("token", ["", "not a token", None])
def test_a_draft_that_is_late_takes_odd_input(world: World, token: str | None) -> None:
    """`None`: the right one. The first such post hands the draft in, and the others change nothing."""
    person, began = visitor(world, KINDS[0]), world.clock.now()
    world.clock.set(began + timedelta(days=365))
    kept: list[bool] = []
    try:
        for odd in SPECIAL:
            sent = {TOKEN: person.token if token is None else token, "kind": odd, odd[:50] or "odd": odd}
            with changes_of(world.app) as changes:
                answer = person.client.post(f"/c/{world.values['slug']}/reply/late", data=sent)
            assert answer.status_code == (303 if token is None else 400), odd[:50]
            kept.append(not [change for change in changes if not _aside(change)])
    finally:
        world.clock.set(began)

    assert kept == [token is not None, *[True] * (len(SPECIAL) - 1)]


@pytest.mark.parametrize("kind", range(len(KINDS)))
def test_five_megabytes_are_answered_and_shown_again(
    world: World, people: dict[int, Visitor], forms: list[PublicForm], kind: int
) -> None:
    person = here(world, people, kind)
    for form in [form for form in forms if form.texts][:3]:
        sent = {**dict(form.hidden), TOKEN: person.token, form.texts[0]: MEGABYTES}
        answer = person.client.post(form.action, data=sent)

        assert answer.status_code < 500, form
        assert answer.status_code == 303 or MEGABYTES in answer.text, form


def _filled(form: PublicForm, data: st.DataObject) -> dict[str, Any]:
    names = [name for name in form.fields if name != TOKEN]
    sent: dict[str, Any] = dict(form.hidden)
    for name in names:
        if data.draw(st.booleans()):
            sent[name] = data.draw(st.one_of(TEXT, st.lists(TEXT, max_size=3)))
    if data.draw(st.integers(0, 9)) == 0:
        sent[data.draw(TEXT.filter(bool)).replace("\0", "")[:50] or "odd"] = data.draw(TEXT)
    return sent


def _words_are_shown(form: PublicForm, sent: dict[str, Any], page: str) -> None:
    """As the product would have stored them: one kind of line end, nothing that no page can hold."""
    shown = " ".join(normalise(BeautifulSoup(page, "html.parser").get_text()).split())
    for name in form.texts:
        words = sent.get(name, "")
        if isinstance(words, str) and len(words) > 60:
            assert " ".join(normalise(words).split()) in shown, (form, name)


def _placeholders(address: str) -> list[str]:
    return ["<" + part.partition(">")[0] + ">" for part in address.split("<")[1:]]


def _aside(change: str) -> bool:
    """A GET may count a view or a try in a transaction of its own; nobody decides by these."""
    return any(table in change for table in ("page_counter", "lockout"))
