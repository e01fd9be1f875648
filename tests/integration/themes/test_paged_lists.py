"""Proposals, ideas and samples come a page at a time, and a decision is made on the page it stands on."""

import pytest
from sqlalchemy import select

from app.database import session, transaction
from app.enums import ProposalFate
from app.models import CheckSample, Proposal, ThemeIdea, ThemingRun
from tests.factories.coding import a_proposal
from tests.integration.themes.conftest import World, again
from tests.integration.themes.pages import HERE, words
from tests.support.audited_client import AuditedClient

PROPOSALS, IDEAS = f"{HERE}/frame/proposals", f"{HERE}/frame/ideas"
MORE_THAN_A_PAGE = 52


@pytest.fixture
def many(suggested: World) -> World:
    """More of each than a page holds; the proposals stand under a wider one."""
    with transaction():
        run = session.scalars(select(ThemingRun)).one()
        comment = again(suggested.comments[0])
        a_proposal(run, [], key="Q01-N01", label="Wide", size=999)
        for number in range(MORE_THAN_A_PAGE):
            a_proposal(
                run, [comment], key=f"Q01-T{number:02d}", parent_key="Q01-N01", size=100 - number,
                label=f"Proposal {number:02d}",
            )  # fmt: skip
            session.add(
                ThemeIdea(
                    consultation_id=suggested.consultation.id, comment_id=comment.id,
                    officer_id=suggested.officer.id, label=f"Idea {number:02d}", start=0, end=8,
                )
            )  # fmt: skip
            session.add(
                CheckSample(
                    consultation_id=suggested.consultation.id, layer=f"check-{number}", interval=10, seed=1,
                    second_coder_id=suggested.officer.id, drawn_by_id=suggested.lead.id, comment_ids=[],
                    figures={"first": {}},
                )
            )  # fmt: skip
    return suggested


def headings(client: AuditedClient, address: str) -> list[str]:
    return [tag.get_text() for tag in client.page(address).select("main h2.govuk-heading-s")]


def test_proposals_are_paged_and_decided_on_their_page(lead: AuditedClient, many: World) -> None:
    assert headings(lead, PROPOSALS) == [f"Proposal {number:02d}" for number in range(50)]
    second = lead.page(f"{PROPOSALS}?page=2")
    assert "51 to 52 of 52" in words(second)
    assert "part of Wide" in words(second)
    forms = [str(form["action"]) for form in second.select("form[action*='/proposals/']")]
    assert headings(lead, f"{PROPOSALS}?page=2") == ["Proposal 50", "Proposal 51"]

    refused = lead.submit(forms[0], _from=f"{PROPOSALS}?page=2", do="dismiss", reason="")
    assert (refused.status_code, "Proposal 51" in refused.text) == (422, True)
    kept = lead.submit(forms[0], _from=f"{PROPOSALS}?page=2", do="dismiss", reason="Too small")
    assert kept.location.endswith("?page=2")
    dismissed = select(Proposal.label).where(Proposal.fate == ProposalFate.DISMISSED)
    assert session.scalars(dismissed).all() == ["Proposal 50"]


def test_ideas_are_paged_and_decided_on_their_page(lead: AuditedClient, many: World) -> None:
    assert headings(lead, IDEAS) == [f"Idea {number:02d}" for number in range(50)]
    assert headings(lead, f"{IDEAS}?page=9") == ["Idea 50", "Idea 51"]
    action = lead.page(f"{IDEAS}?page=2").select("form[action*='/ideas']")[0]["action"]

    answer = lead.submit(str(action), _from=f"{IDEAS}?page=2", do="dismiss", reason="Said already")

    assert answer.location.endswith("?page=2")
    assert headings(lead, f"{IDEAS}?page=2") == ["Idea 51"]


def test_samples_are_paged_and_keep_their_numbers(lead: AuditedClient, many: World) -> None:
    page = lead.page(f"{HERE}/agreement?page=2")
    assert [link.get_text() for link in page.select("main table a")] == ["Sample 2", "Sample 1"]
    first = lead.page(f"{HERE}/agreement").select("main table th a")
    assert (first[0].get_text(), len(first)) == ("Sample 52", 50)
    assert "Sample 2:" in words(lead.page(f"{HERE}/agreement/2"))
    assert [lead.get(f"{HERE}/agreement/{number}").status_code for number in (0, 53)] == [404, 404]
