"""An address, an equality answer, a name of a colleague, a private link: planted through the public's forms,
then looked for in every page, every table, the report and the log. Each may be in the few places named here.
"""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from app.accounts.actor import officer as acting
from app.accounts.queries.audit import Asked, audit_entries
from app.database import Base, session, transaction
from app.enums import Role
from app.models import AuditEvent, Consultation, Option, OutboxMail, ReportRelease
from app.reporting.queries.export_comments import comment_rows
from app.reporting.queries.export_frame import frame_rows, theme_rows
from app.reporting.services.freeze import freeze
from app.reporting.services.release import publish
from tests.integration.reporting.conftest import CLOSED
from tests.integration.security.requests import Asker, ask, cases
from tests.integration.security.world import EVERYTHING, World
from tests.support.audited_client import AuditedClient
from tests.support.colleague import Colleague, invitation, invite
from tests.support.pdf import ReadPdf
from tests.support.respondent import Respondent

EMAIL = "planted-address-kq7@example.net"
EQUALITY = "planted equality words kq7"
COLLEAGUE = "Plantagenet Kqseven"
WITNESS = "These words of the planted reply are for officers."

# Where each may stand. A mail to its owner holds the address and, until it is sent, the link.
COLUMNS = {
    "email": {"contact.email", "outbox_mail.address"},
    "equality": {"equality_answer.text"},
    "colleague": {"contributor.name"},
    "link": {"outbox_mail.body"},
    "code": {"outbox_mail.body"},
    "invitation": set(),
    "invitation code": set(),
}
# Of pages, only the one that shows mail where none is sent out.
PAGES: dict[str, set[str]] = {"email": {"officer.mail"}, "link": {"officer.mail"}, "code": {"officer.mail"}}


class Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.getMessage()} {record.exc_info or ''}")


@dataclass(frozen=True)
class Planted:
    world: World
    strings: dict[str, str]
    log: list[str]

    def within(self, text: str) -> set[str]:
        """With or without its spaces, which the words of a PDF have lost."""
        looked_for = self.strings.items()
        return {name for name, words in looked_for if words in text or words.replace(" ", "") in text}


@pytest.fixture(scope="module")
def planted(world: World) -> Iterator[Planted]:
    """Sent by the public while open; then the consultation closes, and its report is frozen and published."""
    world.app.test_client_class = AuditedClient
    lines, root = Lines(), logging.getLogger()
    level = root.level
    root.addHandler(lines)
    root.setLevel(logging.INFO)
    strings = {**_individual(world), **_organisation(world)}
    world.clock.set(CLOSED)
    with transaction():
        here = session.scalars(select(Consultation).where(Consultation.slug == world.values["slug"])).one()
        editor = acting(world.officers[EVERYTHING])
        release = freeze(here, actor=editor, now=CLOSED)
        publish(release.id, actor=editor, now=CLOSED)
        world.values |= {"number": release.number, "officer_id": world.officers["viewer"]}
    yield Planted(world, strings, lines.said)
    root.removeHandler(lines)
    root.setLevel(level)


def _individual(world: World) -> dict[str, str]:
    person = Respondent(world.app)
    person.start()
    person.save("traffic", cars="agree", cars_text=WITNESS)
    person.save("publication", publication="anonymous", email=EMAIL, email_uses=["report", "link"])
    link, code = person.link(), person.code()
    person.send()
    person.client.submit(f"{person.base}/reply/equality", wanted="yes")
    with transaction():  # the small consultation asks for no words here
        session.execute(update(Option).where(Option.key == "under_25").values(opens_text="Say more"))
    person.client.submit(f"{person.base}/reply/equality/1", answer="under_25", text_0=EQUALITY)
    world.values["reference"] = person.reference()
    return {"email": EMAIL, "equality": EQUALITY, "link": link.rsplit("/", 1)[1], "code": code}


def _organisation(world: World) -> dict[str, str]:
    lead = Respondent(world.app)
    lead.start("organisation", how="questions")
    lead.save("about-you", organisation="Milbury Traders", organisation_authority="authorised")
    lead.save("traffic", cars_text="Vans come at six.")
    invite(lead)
    link, code = invitation(lead)
    Colleague(world.app, link).write("market", name=COLLEAGUE, stalls_text="Stalls need power.")
    lead.send()
    return {"colleague": COLLEAGUE, "invitation": link.rsplit("/", 1)[1], "invitation code": code}


def pages_with(planted: Planted, who: str | None) -> Iterator[tuple[str, str, set[str]]]:
    """Every page that this officer, or for None a stranger, may open: endpoint, text and what is in it."""
    world = planted.world
    asker = Asker(world, who) if who else None
    visitor = world.visitor()
    for case in cases(world.app, blueprint="officer." if who else "public."):
        if not case.unsafe:
            answer = asker.ask(case) if asker else ask(world, visitor, case, token=None)
            text = text_of(answer)
            yield case.rule.endpoint, text, planted.within(text + str(answer.headers))


def text_of(answer: TestResponse) -> str:
    return ReadPdf(answer.data).words() if answer.mimetype == "application/pdf" else answer.text


def exported(world: World) -> str:
    """The rows of every table that there is to take out, the whole audit log among them."""
    session.rollback()
    slug = world.values["slug"]
    here = session.scalars(select(Consultation.id).where(Consultation.slug == slug)).one()
    blocks = (
        *comment_rows(here, zone="Europe/London"),
        *theme_rows(here),
        *frame_rows(here),
        *audit_entries(Asked(consultation_id=here)),
    )
    return " ".join(str(block) for block in blocks)


def misplaced(found: Iterable[tuple[str, str, set[str]]]) -> list[tuple[str, str]]:
    return [
        (endpoint, name)
        for endpoint, _, names in found
        for name in sorted(names)
        if endpoint not in PAGES.get(name, set())
    ]


def columns_with(planted: Planted) -> set[tuple[str, str]]:
    session.rollback()
    found = set()
    for table in Base.metadata.sorted_tables:
        for row in session.execute(select(table)).mappings():
            for column, value in row.items():
                found |= {(f"{table.name}.{column}", name) for name in planted.within(str(value))}
    return found


def columns_not_allowed(planted: Planted) -> list[tuple[str, str]]:
    return sorted((place, name) for place, name in columns_with(planted) if place not in COLUMNS[name])


@pytest.mark.parametrize("who", [*Role, EVERYTHING])
def test_no_page_of_an_officer_shows_one(planted: Planted, who: str) -> None:
    found = list(pages_with(planted, who))

    assert misplaced(found) == []
    if who in (Role.LEAD_ANALYST, EVERYTHING):  # the pages do show this reply
        assert any(WITNESS in text for _, text, _ in found)


def test_no_page_of_the_public_shows_one_to_a_stranger(planted: Planted) -> None:
    found = list(pages_with(planted, None))

    assert misplaced(found) == []
    assert "public.report" in {endpoint for endpoint, _, _ in found}


def test_no_table_holds_one_but_its_own(planted: Planted) -> None:
    assert columns_not_allowed(planted) == []
    assert {"contact.email", "equality_answer.text", "contributor.name"} <= {
        p for p, _ in columns_with(planted)
    }


def test_no_table_that_officers_take_out_holds_one(planted: Planted) -> None:
    taken_out = exported(planted.world)

    assert planted.within(taken_out) == set()
    assert WITNESS in taken_out


def test_a_mail_with_one_goes_to_its_owner_alone(planted: Planted) -> None:
    session.rollback()
    holding = [one for one in session.scalars(select(OutboxMail)) if planted.within(one.subject + one.body)]

    assert {one.address for one in holding} == {EMAIL}


def test_no_line_of_the_log_holds_one(planted: Planted) -> None:
    planted.world.visitor().get(f"/continue/{planted.strings['link']}")

    assert planted.within("\n".join(planted.log)) == set()


class TestThisCanFail:
    @pytest.fixture
    def leak(self, planted: Planted) -> Iterator[None]:
        logging.getLogger("app").warning("reply from %s", EMAIL)
        with transaction():
            event = session.scalars(select(AuditEvent).where(AuditEvent.action == "froze")).one()
            key, before = event.id, event.subject_name
            event.subject_name = EMAIL
            release = session.scalars(select(ReportRelease)).one()
            frozen = release.frozen
            release.frozen = {**frozen, "by": planted.strings["code"]}
        yield
        planted.log.clear()
        with transaction():
            session.get_one(AuditEvent, key).subject_name = before
            session.scalars(select(ReportRelease)).one().frozen = frozen

    def test_a_leak_into_a_table_or_the_log_is_found(self, planted: Planted, leak: None) -> None:
        assert columns_not_allowed(planted) == [
            ("audit_event.subject_name", "email"),
            ("report_release.frozen", "code"),
        ]
        assert planted.within("\n".join(planted.log)) == {"email"}
        assert planted.within(exported(planted.world)) == {"email"}

    def test_a_leak_onto_a_page_is_found(self, planted: Planted) -> None:
        text = f"<p>{EMAIL}</p>"

        assert misplaced([("officer.response", text, planted.within(text))]) == [
            ("officer.response", "email")
        ]
