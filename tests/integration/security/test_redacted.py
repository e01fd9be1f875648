"""Words planted in a reply and hidden by a lead: looked for in every page, search, suggestion, file and
report that a role without the right to the original can open.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm.attributes import flag_modified

from app.accounts.actor import officer as acting
from app.accounts.permissions import HOLDERS
from app.database import session, transaction
from app.enums import FlagSource, Permission, Role, Stance
from app.models import Comment, Consultation, Flag, Officer, Proposal, ReportRelease, Suggestion
from app.reporting.document import digest
from app.reporting.services.freeze import freeze
from app.reporting.services.redact import redact
from app.reporting.services.release import publish
from app.responses.queries.search import found
from tests.factories.coding import a_coding, a_proposal, a_run, a_suggestion
from tests.factories.theme import a_theme
from tests.integration.reporting.conftest import CLOSED
from tests.integration.security.requests import Asker, ask, cases
from tests.integration.security.test_planted import text_of
from tests.integration.security.world import EVERYTHING, World
from tests.support.audited_client import AuditedClient
from tests.support.respondent import Respondent

HIDDEN = "Zephyrine Kqnine"
WITNESS = "walks home from the market"
FIRST = f"Please help {HIDDEN}, who {WITNESS}."
SECOND = f"Since May {HIDDEN}, my neighbour, {WITNESS}. No bus."
READS_REDACTED = [role for role in Role if role not in HOLDERS[Permission.READ_ORIGINAL]]


@dataclass(frozen=True)
class Planted:
    world: World
    comment: Comment


@pytest.fixture(scope="module")
def planted(world: World) -> Planted:
    """Sent, hidden, changed by its sender and sent again; then coded, suggested, flagged and reported."""
    world.app.test_client_class = AuditedClient
    comment = _sent(world)
    _worked_on(world, comment)
    with transaction():
        redact(
            comment.id, words=HIDDEN, kind="name", reason="", everywhere=False, decides=True, original=True,
            actor=acting(world.officers[Role.LEAD_ANALYST]), now=CLOSED,
        )  # fmt: skip
    return Planted(world, comment)


def _sent(world: World) -> Comment:
    person = Respondent(world.app)
    person.start()
    person.save("traffic", cars="agree", cars_text=FIRST)
    person.save("publication", publication="anonymous")
    person.send()
    world.values["reference"] = person.reference()
    person.client.submit(f"{person.base}/reply/change", _from=f"{person.base}/reply/sent")
    person.save("traffic", cars="agree", cars_text=SECOND)
    person.send()
    comment = session.scalars(select(Comment).where(Comment.text == SECOND)).one()
    session.expunge(comment)
    world.values["comment_id"] = comment.id
    return comment


def _worked_on(world: World, planted: Comment) -> None:
    world.clock.set(CLOSED)
    with transaction():
        here = session.scalars(select(Consultation).where(Consultation.slug == world.values["slug"])).one()
        comment = session.get_one(Comment, planted.id)
        theme, other = a_theme(here, code="KQ01", label="Walking"), a_theme(here, code="KQ02", label="Help")
        a_coding(comment, theme, session.get_one(Officer, world.officers[Role.ANALYST]))
        run = a_run(here)
        a_suggestion(
            run, comment, other, stance=Stance.CONCERN, reason={"kind": "cue words", "cues": [HIDDEN]}
        )
        a_proposal(run, [comment], label=f"{HIDDEN} and walking", terms=["zephyrine", "kqnine", "walk"])
        for code in ("ZZ09", "ZZ10", "ZZ11"):
            session.add(Flag(comment_id=comment.id, code=code, source=FlagSource.MACHINE))
        editor = acting(world.officers[EVERYTHING])
        release = freeze(here, actor=editor, now=CLOSED)
        release.frozen["parts"][0]["quotes"] = [
            {"text": SECOND, "who": "An individual", "theme": "Walking", "stance": "concern",
             "comment_id": str(comment.id)}
        ]  # fmt: skip
        flag_modified(release, "frozen")
        release.sha256 = digest(release.frozen)
        publish(release.id, actor=editor, now=CLOSED)
        world.values |= {"code": theme.code, "number": release.number}


def pages(planted: Planted, who: str | None) -> Iterator[tuple[str, str]]:
    world = planted.world
    asker, visitor = (Asker(world, who) if who else None), world.visitor()
    for case in cases(world.app, blueprint="officer." if who else "public."):
        if not case.unsafe:
            answer = asker.ask(case) if asker else ask(world, visitor, case, token=None)
            yield case.rule.endpoint, text_of(answer)


def says(shown: str) -> bool:
    return any(word in shown for word in HIDDEN.split())


@pytest.mark.parametrize("who", READS_REDACTED)
def test_no_page_or_file_of_an_officer_without_the_right_shows_hidden_words(
    planted: Planted, who: str
) -> None:
    shown = list(pages(planted, who))

    assert [endpoint for endpoint, page in shown if says(page)] == []
    if who == Role.ANALYST:
        telling = {endpoint for endpoint, page in shown if WITNESS in page}
        assert {
            "officer.comment",
            "officer.comments",
            "officer.response",
            "officer.theme",
            "officer.hide",
        } <= telling


def test_no_page_of_the_public_shows_them(planted: Planted) -> None:
    assert [endpoint for endpoint, page in pages(planted, None) if says(page)] == []


def test_whoever_may_read_the_original_finds_them_where_words_are_hidden(planted: Planted) -> None:
    assert "officer.hide" in {endpoint for endpoint, page in pages(planted, Role.LEAD_ANALYST) if says(page)}


def test_no_search_finds_them_not_even_through_the_index(planted: Planted) -> None:
    here = planted.comment.consultation_id

    for words in HIDDEN.split():
        assert found(here, words) == []
        for who in (Role.ANALYST, Role.LEAD_ANALYST):
            client = planted.world.client_of(who)
            slug = planted.world.values["slug"]
            for address in (
                f"/officer/c/{slug}/comments?q={words}",
                f"/officer/c/{slug}/responses?q={words}",
            ):
                assert str(planted.comment.id) not in client.get(address).text
    assert planted.comment.id in found(here, "neighbour")


def test_no_index_no_suggestion_no_proposal_and_no_release_holds_them(planted: Planted) -> None:
    session.rollback()
    sqlite = session.get_bind().dialect.name == "sqlite"
    index = "SELECT text FROM comment_search" if sqlite else "SELECT search::text FROM comment"

    assert not any(says(row) or "kqnine" in row for row in session.scalars(text(index)))
    assert not any(says(str(row.reason)) for row in session.scalars(select(Suggestion)))
    rows = session.scalars(select(Proposal)).all()
    assert [(row.label, row.terms) for row in rows] == [("and walking", ["walk"])]
    assert not says(str(session.scalars(select(ReportRelease)).one().frozen))


def test_the_earlier_wording_is_hidden_too(planted: Planted) -> None:
    session.rollback()
    earlier = session.scalars(select(Comment).where(Comment.text == FIRST)).one()

    assert earlier.redacted_text == f"Please help [name removed], who {WITNESS}."
