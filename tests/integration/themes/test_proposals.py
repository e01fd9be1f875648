"""What a lead analyst makes of themes that the software proposes and of those that coders miss."""

from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup
from sqlalchemy import select

from app.database import session, transaction
from app.enums import ProposalFate, Stance
from app.models import Coding, Proposal, Suggestion, Theme, ThemeIdea, ThemingRun
from app.themes.services.code_comment import add_coding
from app.themes.services.suggest_theme import suggest_theme
from tests.factories.coding import a_proposal
from tests.integration.themes.conftest import World, again
from tests.integration.themes.pages import HERE, words
from tests.support.audited_client import AuditedClient

Write = Callable[..., Any]
PROPOSALS, IDEAS = f"{HERE}/frame/proposals", f"{HERE}/frame/ideas"


def proposed(world: World) -> str:
    with transaction():
        run = session.scalars(select(ThemingRun)).one()
        return str(a_proposal(run, [again(comment) for comment in world.comments[:2]], terms=["Sunday"]).id)


def decide(lead: AuditedClient, proposal: str, **fields: str) -> Any:
    """By the first of the three forms of its card, which carries the terms as cue words."""
    return lead.submit(f"{PROPOSALS}/{proposal}", _from=PROPOSALS, **fields)


def fate() -> ProposalFate:
    session.rollback()
    return session.scalars(select(Proposal.fate)).one()


def made_of(theme: Theme) -> list[tuple[str, Any]]:
    rows = session.scalars(select(Suggestion).where(Suggestion.theme_id == theme.id).order_by(Suggestion.id))
    return [(row.comment.text[row.start : row.end], row.reason.get("kind")) for row in rows]


def test_accepting_a_proposal_brings_suggestions_and_no_codings_and_can_be_undone(
    lead: AuditedClient, world: World
) -> None:
    proposal = proposed(world)
    answer = decide(lead, proposal, do="accept", label="Sunday buses", section_id=str(world.net.id))

    assert "2 suggestions wait for an officer; no comment was coded" in words(lead.page(answer.location))
    theme = session.scalars(select(Theme).where(Theme.label == "Sunday buses")).one()
    assert made_of(theme) == [
        ("The last bus leaves at six and there is none on Sunday.", "proposal"),
        (world.comments[1].text, "proposal"),
    ]
    assert theme.cue_words == ["Sunday"]
    assert session.scalars(select(Coding)).all() == []
    assert "Sunday buses" in words(lead.page(f"{HERE}/frame/themes/{theme.code}"))
    assert theme.code in words(lead.page(f"{PROPOSALS}?show=accepted"))

    undo = lead.page(f"{HERE}/frame/history").select_one("form[action$='/undo']")
    assert undo is not None
    lead.submit(str(undo["action"]), _from=f"{HERE}/frame/history")
    assert fate() is ProposalFate.OPEN
    assert made_of(theme) == []


def test_a_proposal_goes_into_a_theme_where_it_is_not_suggested_already(
    lead: AuditedClient, world: World
) -> None:
    proposal = proposed(world)
    assert "Choose the theme that it goes into" in decide(lead, proposal, do="into").text
    decide(lead, proposal, do="into", into=str(world.homes.id))

    assert fate() is ProposalFate.MERGED
    assert len(made_of(world.homes)) == 2  # one of them was there before
    decided_since = lead.post(
        f"{PROPOSALS}/{proposal}",
        data={"do": "dismiss", "reason": "x", "csrf_token": token(lead)},
    )
    assert decided_since.status_code == 422
    assert "Another officer decided on this while the page was open" in decided_since.text
    lead.submit(f"{PROPOSALS}/{proposal}", _from=f"{PROPOSALS}?show=accepted")
    assert fate() is ProposalFate.OPEN
    assert len(made_of(world.homes)) == 1


def token(client: AuditedClient) -> str:
    return str(client.page(f"{HERE}/frame/add").select_one("input[name=csrf_token]")["value"])  # type: ignore[index]


def test_a_proposal_is_dismissed_with_a_reason(lead: AuditedClient, world: World) -> None:
    proposal = proposed(world)
    refused = decide(lead, proposal, do="dismiss", label="Kept words")
    assert refused.status_code == 422
    assert "Say why it is dismissed" in words(BeautifulSoup(refused.text, "html.parser"))
    assert "Kept words" in refused.text

    decide(lead, proposal, do="dismiss", reason="Two themes in one")
    assert fate() is ProposalFate.DISMISSED
    assert "Two themes in one" in words(lead.page(f"{PROPOSALS}?show=dismissed"))


def test_a_refused_label_stands_beside_its_field(lead: AuditedClient, world: World) -> None:
    refused = decide(lead, proposed(world), do="accept", label="Affordable homes", section_id="")

    assert refused.status_code == 422
    assert "PLA07 has this label already" in words(BeautifulSoup(refused.text, "html.parser"))
    assert fate() is ProposalFate.OPEN


def test_ideas_of_one_name_become_a_theme_and_codings_by_their_coders(
    lead: AuditedClient, world: World, written: Write
) -> None:
    for number, officer in ((0, world.officer), (5, world.other)):
        written(
            suggest_theme, world.comments[number].id, label="Sunday Buses" if number else "Sunday buses",
            words="Sunday", actor=type(world.actor)("officer", officer.id),
        )  # fmt: skip
    page = lead.page(IDEAS)
    said = words(page)
    assert said.count("“Sunday”") == 2
    assert "Ideas from coders (1)" in words(lead.page(f"{HERE}/frame"))
    form = page.select_one("form[action$='/ideas']")
    assert form is not None
    ids = [str(field["value"]) for field in form.select("input[name=idea]")]
    answer = lead.post(
        IDEAS,
        data={
            "csrf_token": token(lead), "idea": ids, "do": "accept", "label": "Sunday buses",
            "section_id": str(world.net.id), "stance": "support",
        },
    )  # fmt: skip

    assert answer.status_code == 303
    rows = session.scalars(select(Coding).order_by(Coding.id)).all()
    assert {(row.officer_id, row.stance) for row in rows} == {
        (world.officer.id, Stance.NEUTRAL),
        (world.other.id, Stance.NEUTRAL),
    }
    assert [row.comment.text[q.start : q.end] for row in rows for q in row.quotes] == ["Sunday", "Sunday"]
    assert "No idea waits" in words(lead.page(IDEAS))
    assert {idea.fate for idea in session.scalars(select(ThemeIdea))} == {ProposalFate.ACCEPTED}


def decide_ideas(lead: AuditedClient, do: str, **sent: str) -> int:
    form = lead.page(IDEAS).select_one(f"form[action$='/ideas']:has([name=do][value={do}])")
    assert form is not None
    ids = [str(field["value"]) for field in form.select("input[name=idea]")]
    return lead.post(IDEAS, data={"csrf_token": token(lead), "idea": ids, "do": do, **sent}).status_code


def test_an_idea_put_into_a_theme_has_the_stance_that_its_coder_gave_the_theme(
    lead: AuditedClient, world: World, written: Write
) -> None:
    here = world.comments[0].id
    written(add_coding, here, theme_id=world.buses.id, stance=Stance.CONCERN, actor=world.actor)
    written(suggest_theme, here, label="Sundays", words="Sunday", actor=world.actor)

    assert decide_ideas(lead, "into", into=str(world.buses.id), stance="support") == 303

    session.expire_all()
    assert session.scalars(select(Coding.stance)).all() == [Stance.CONCERN]
    assert session.scalars(select(ThemeIdea.fate)).all() == [ProposalFate.MERGED]


def test_a_dismissed_idea_can_wait_again(lead: AuditedClient, world: World, written: Write) -> None:
    written(suggest_theme, world.comments[0].id, label="Sundays", words="Sunday", actor=world.actor)
    assert decide_ideas(lead, "dismiss", reason="Too fine") == 303
    said = words(lead.page(IDEAS))
    assert "No idea waits" in said
    assert "Too fine" in said

    assert decide_ideas(lead, "again") == 303

    session.expire_all()
    assert session.scalars(select(ThemeIdea.fate)).all() == [ProposalFate.OPEN]
    assert "Too fine" not in words(lead.page(IDEAS))


def test_an_analyst_reads_proposals_and_ideas_and_decides_none(analyst: AuditedClient, world: World) -> None:
    proposed(world)
    assert not analyst.page(PROPOSALS).select("main form[action*='proposals']")
    assert analyst.get(IDEAS).status_code == 200


def test_a_theme_out_of_use_is_not_suggested_any_more(lead: AuditedClient, world: World) -> None:
    before = words(lead.page(f"{HERE}/comments/{world.comments[0].id}"))
    lead.submit(f"{HERE}/frame/themes/PLA03/retire")
    after = lead.page(f"{HERE}/comments/{world.comments[0].id}")

    assert "PLA03" in before
    assert "PLA03" not in words(after)
