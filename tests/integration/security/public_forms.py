"""The forms that the public's pages show, as found by opening every page of the URL table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from tests.integration.security.requests import cases
from tests.integration.security.world import World
from tests.support.sign_in import csrf_token_of

TOKEN = "csrf_token"
# A form can move a person out of their draft; this brings the next one back in.
KINDS = (
    {"kind": "individual"},
    {"kind": "organisation", "how": "questions"},
    {"kind": "organisation", "how": "letter"},
)


@dataclass(frozen=True)
class PublicForm:
    action: str
    fields: tuple[str, ...]
    texts: tuple[str, ...]  # fields that a person types more than a line into
    hidden: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return self.action


@dataclass
class Visitor:
    """A browser with a draft of its own, and the token of its session."""

    client: FlaskClient
    token: str


def visitor(world: World, kind: dict[str, str], *, sent: bool = False) -> Visitor:
    client, reply = world.visitor(), f"/c/{world.values['slug']}/reply"
    token = csrf_token_of(client, f"{reply}/start")
    begun = client.post(f"{reply}/start", data={TOKEN: token, **kind})
    assert begun.status_code == 303, begun.text
    for page, words in (("traffic", {"q-cars_text": "Fewer cars."}), ("check", {}))[: 1 + sent]:
        assert client.post(f"{reply}/{page}", data={TOKEN: token, **words}).status_code == 303
    return Visitor(client, token)


def changing(world: World) -> Visitor:
    """Has sent a response and answered an equality question, and changes the response now."""
    person, reply = visitor(world, KINDS[0], sent=True), f"/c/{world.values['slug']}/reply"
    for page, fields in (("equality/1", {"answer": "under_25"}), ("change", {})):
        assert person.client.post(f"{reply}/{page}", data={TOKEN: person.token, **fields}).status_code == 303
    return person


def inviting(world: World) -> Visitor:
    """Leads the reply of an organisation for which a colleague has written."""
    return _lead_and_colleague(world)[0]


def colleague(world: World) -> Visitor:
    return _lead_and_colleague(world)[1]


def _lead_and_colleague(world: World) -> tuple[Visitor, Visitor]:
    lead, reply = visitor(world, KINDS[1]), f"/c/{world.values['slug']}/reply"
    assert lead.client.post(f"{reply}/invite", data={TOKEN: lead.token}).status_code == 303
    page = BeautifulSoup(lead.client.get(f"{reply}/invite").text, "html.parser")
    link = page.select_one("#invitation-link")
    assert link is not None
    client, part = world.visitor(), "/contribute/parts/traffic"
    client.get(link.get_text().strip().removeprefix("http://localhost"))
    token = csrf_token_of(client, part)
    words = {"name": "Anna", "q-cars_text": "Vans."}
    assert client.post(part, data={TOKEN: token, **words}).status_code == 303
    return lead, Visitor(client, token)


# Whoever can fill in a form of the public's, by what they have done so far.
STATES: tuple[Callable[[World], Visitor], ...] = (
    *(partial(visitor, kind=kind) for kind in KINDS),
    partial(visitor, kind=KINDS[0], sent=True),
    changing,
    inviting,
    colleague,
)


def forms_of(world: World) -> list[PublicForm]:
    """One a place and set of fields, over all that people may have done so far."""
    found: dict[tuple[str, tuple[str, ...]], PublicForm] = {}
    for made in STATES:
        client = made(world).client
        for address in _addresses(world, client):
            for form in _forms(client, address):
                found.setdefault((form.action, form.fields), form)
    return sorted(found.values(), key=str)


def _addresses(world: World, client: FlaskClient) -> list[str]:
    fixed = {world.address(case.rule) for case in cases(world.app, blueprint="public") if not case.unsafe}
    tasks = BeautifulSoup(client.get(f"/c/{world.values['slug']}/reply").text, "html.parser")
    further = {f"/c/{world.values['slug']}/reply/equality/1", "/contribute/parts/traffic"}
    return sorted(fixed | further | {str(link["href"]) for link in tasks.select("main a[href*='/reply/']")})


def _forms(client: FlaskClient, address: str) -> Iterator[PublicForm]:
    page = BeautifulSoup(client.get(address).data, "html.parser")
    for form in page.select("form[method=post]"):
        named = form.select("[name]")
        yield PublicForm(
            action=str(form.get("action") or address),
            fields=tuple(sorted({str(field["name"]) for field in named})),
            texts=tuple(sorted(str(field["name"]) for field in form.select("textarea[name]"))),
            hidden=tuple(_hidden(named)),
        )


def _hidden(named: list[Tag]) -> Iterator[tuple[str, str]]:
    for field in named:
        if field.get("type") == "hidden" and field["name"] != TOKEN:
            yield str(field["name"]), str(field.get("value", ""))
