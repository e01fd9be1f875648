"""The list of comments is as long as the number that opened it."""

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app.counting.behind import CommentFilter
from app.counting.comments import count_comments
from app.counting.flags import SAFEGUARDING, count_flagged
from app.counting.suggestions import comments_with_suggestions
from app.database import session, transaction
from app.enums import (
    CampaignCopy,
    Channel,
    DispositionValue,
    FlagSource,
    RespondentKind,
    ResponseStatus,
    Role,
    Stance,
)
from app.models import Campaign, CampaignMember, Consultation, Disposition, Flag
from tests.factories.coding import a_coding, a_run, a_suggestion
from tests.factories.comment import a_comment
from tests.factories.officer import a_role, an_officer
from tests.factories.question import a_closed_question, a_question, an_answer
from tests.factories.response import a_response
from tests.factories.theme import a_theme
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.queries import counted
from tests.support.sign_in import sign_in

LIST = "/officer/c/a-bid/comments"
BUS = "The last bus leaves at six."


@pytest.fixture
def written(here: Consultation) -> Consultation:
    """Six comments of four people, two of whom count; a merged theme, a campaign, a flag and a suggestion."""
    with transaction():
        officer, asked = an_officer(), a_question(here, "place_text")
        mayor = a_closed_question(here, "mayor", position=2)
        buses, old = a_theme(here), a_theme(here, code="PLA99", label="Coaches")
        old.merged_into_id = buses.id
        one = a_response(here, area="Exeter", channel=Channel.PAPER)
        two = a_response(here, kind=RespondentKind.ORGANISATION, organisation_type="council", area="Exeter")
        an_answer(one, mayor, "agree")
        first = a_comment(one, BUS, question_id=asked.id)
        second = a_comment(one, "A coach would do", question_id=asked.id)
        third = a_comment(two, "Nothing to say")
        fourth = a_comment(two, "More buses")
        a_comment(a_response(here, status=ResponseStatus.WITHDRAWN), BUS)
        a_comment(a_response(here, is_test=True), BUS)
        a_coding(first, buses, officer)
        a_coding(second, old, officer, stance=Stance.SUGGESTION)
        for comment, value in (
            (first, DispositionValue.CODED),
            (second, DispositionValue.CODED),
            (third, DispositionValue.NO_POINT),
        ):
            session.add(Disposition(comment_id=comment.id, value=value, officer_id=officer.id))
        campaign = Campaign(consultation_id=here.id, name="A1", template=BUS)
        session.add(campaign)
        session.flush()
        member = CampaignMember(campaign_id=campaign.id, comment_id=first.id, copy=CampaignCopy.EXACT)
        session.add_all([member, Flag(comment_id=fourth.id, code=SAFEGUARDING, source=FlagSource.OFFICER)])
        a_suggestion(a_run(session.get_one(Consultation, here.id)), fourth, buses, probability=0.9)
    return here


def length(page: BeautifulSoup) -> int:
    said = page.select_one("main strong")
    assert said is not None
    assert int(said.get_text().split()[0]) == len(page.select("article"))
    return len(page.select("article"))


FILTERS = {
    "": (CommentFilter(), 4),
    "theme=PLA03": (CommentFilter(theme="PLA03"), 2),
    "theme=PLA99": (CommentFilter(theme="PLA99"), 2),
    "theme=PLA03&stance=suggestion": (CommentFilter(theme="PLA03", stance=Stance.SUGGESTION), 1),
    "question=place_text": (CommentFilter(question="place_text"), 2),
    "question=none": (CommentFilter(question="none"), 2),
    "disposition=undecided": (CommentFilter(disposition=DispositionValue.UNDECIDED), 1),
    "disposition=no_point": (CommentFilter(disposition=DispositionValue.NO_POINT), 1),
    "decided=1": (CommentFilter(decided=True), 3),
    "kind=organisation": (CommentFilter(kind=RespondentKind.ORGANISATION), 2),
    "area=Exeter&channel=paper": (CommentFilter(area="Exeter", channel=Channel.PAPER), 2),
    "type=council": (CommentFilter(organisation_type="council"), 2),
    "campaign=1": (CommentFilter(campaign=True), 1),
    "campaign=0": (CommentFilter(campaign=False), 3),
    "option=mayor:agree": (CommentFilter(chose=("mayor", "agree")), 2),
    "option=mayor:disagree": (CommentFilter(chose=("mayor", "disagree")), 0),
}


@pytest.mark.parametrize("query", FILTERS)
def test_the_list_is_as_long_as_the_number(lead: AuditedClient, written: Consultation, query: str) -> None:
    chosen, expected = FILTERS[query]

    assert count_comments(written.id, chosen) == expected
    assert length(lead.page(f"{LIST}?{query}")) == expected


def test_flags_and_suggestions_open_as_many_as_they_count(lead: AuditedClient, written: Consultation) -> None:
    assert count_flagged(written.id, SAFEGUARDING) == 1
    assert length(lead.page(f"{LIST}?flag={SAFEGUARDING}")) == 1
    assert comments_with_suggestions(written.id, at_least=0.7) == 1
    assert length(lead.page(f"{LIST}?suggested=any&likely=70")) == 1
    assert length(lead.page(f"{LIST}?suggested=PLA03")) == 1
    assert length(lead.page(f"{LIST}?suggested=PLA03&likely=95")) == 0


def test_words_narrow_the_list_further(lead: AuditedClient, written: Consultation) -> None:
    assert length(lead.page(f"{LIST}?q=bus")) == 2
    assert length(lead.page(f"{LIST}?q=bus&theme=PLA03")) == 1
    assert length(lead.page(f'{LIST}?q="*^(')) == 0


def test_quotes_are_marked_with_the_code_that_counts(lead: AuditedClient, here: Consultation) -> None:
    with transaction():
        theme = a_theme(here)
        merged = a_theme(here, code="PLA99", label="Coaches", merged_into_id=theme.id)
        comment = a_comment(a_response(here), "There is <b>no</b> bus & no train")
        coding = a_coding(comment, merged, an_officer())
        coding.quotes[0].start, coding.quotes[0].end = 9, 22
    page = lead.page(LIST)

    mark = page.select_one("article .app-mark--quote")
    assert mark is not None
    assert mark.get_text() == "<b>no</b> bus (quote for PLA03)"
    words = page.select_one("article .app-typed")
    assert words is not None
    assert words.get_text().startswith("There is <b>no</b> bus")
    assert "PLA99" not in page.select_one("article").get_text()  # type: ignore[union-attr]


def test_a_long_list_sends_no_more_queries_than_a_short_one(
    app: Flask, lead: AuditedClient, here: Consultation
) -> None:
    with transaction():
        officer, theme = an_officer(), a_theme(here)
        a_coding(a_comment(a_response(here)), theme, officer)
    lead.page(LIST)
    with counted(app.extensions["engine"]) as few:
        lead.page(LIST)
    with transaction():
        for _ in range(60):
            a_coding(a_comment(a_response(here)), session.merge(theme), session.merge(officer))
    with counted(app.extensions["engine"]) as many:
        page = lead.page(LIST)

    assert len(many) == len(few)
    assert len(page.select("article")) == 50
    assert "Comments 1 to 50 of 61" in page.get_text()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.INPUTTER, Role.ADMINISTRATOR])
def test_those_who_may_not_read_responses_may_not_open_the_lists(
    client: AuditedClient, here: Consultation, clock: SettableClock, role: Role
) -> None:
    with transaction():
        officer = an_officer()
        a_role(officer, role, consultation=None if role is Role.ADMINISTRATOR else here)
    sign_in(client, officer, at=clock.now())

    assert client.get(LIST).status_code == 403
    assert client.get("/officer/c/a-bid/responses").status_code == 403
