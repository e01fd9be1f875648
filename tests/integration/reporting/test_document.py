"""What the report says, beside what the other pages count, and what it must never say."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, select

from app.counting import behind, comments, questions, responses, themes
from app.counting.behind import CommentFilter, ResponseFilter
from app.counting.standing import Standing
from app.database import session, transaction
from app.enums import FlagSource, Publication, RespondentKind, Stance
from app.models import Campaign, Coding, Consultation, Flag, Redaction
from app.officer.forms import comment_list, response_list
from app.reporting.queries.compose import compose, preview
from app.reporting.quotes import MOST_A_PERSON
from tests.factories.coding import a_coding, a_run, a_suggestion
from tests.factories.comment import a_comment
from tests.factories.consultation import a_consultation
from tests.factories.officer import an_officer
from tests.factories.question import a_question, a_section
from tests.factories.response import a_response
from tests.factories.theme import a_net, a_theme
from tests.support.mixture import Mixture, a_mixture
from tests.support.queries import counted

NOW = datetime(2026, 7, 2, 9, 0, tzinfo=UTC)
Json = dict[str, Any]


def composed(consultation: Consultation) -> Json:
    return compose(session.merge(consultation), now=NOW)


def quotes(report: Json) -> list[Json]:
    return [quote for part in report["parts"] for quote in part["quotes"]]


def test_the_report_says_the_numbers_that_the_other_pages_say(mixed: Mixture) -> None:
    one = mixed.consultation.id
    report = composed(mixed.consultation)
    sums, progress = responses.reconciliation(one), comments.comment_progress(one)
    raised = {row.code: row for row in themes.theme_counts(one)}

    assert {
        name: report["reconciliation"][name]["count"]
        for name in ("received", "included", "excluded", "withdrawn")
    } == {name: getattr(sums, name) for name in ("received", "included", "excluded", "withdrawn")}
    assert report["progress"] == {"comments": progress.comments, "decided": progress.decided}
    for asked in questions.closed_questions(one):
        shown = next(c for part in report["parts"] for c in part["closed"] if c["key"] == asked.key)
        assert [c["number"]["count"] for c in shown["choices"]] == [o.count for o in asked.options]
        assert shown["answered"] == asked.answered
    anywhere = [t for part in report["parts"] if not part["themes_here"] for t in part["themes"]]
    assert {theme["code"] for theme in anywhere} == {"PLA03", "PLA05", "GOV03"}
    for theme in anywhere:
        assert theme["respondents"]["count"] == raised[theme["code"]].respondents
        counts = {stance: number["count"] for stance, number in theme["stances"].items()}
        assert counts == raised[theme["code"]].stances


def test_every_number_opens_a_list_of_that_length(mixed: Mixture) -> None:
    numbers = list(_numbers(composed(mixed.consultation)))

    assert len(numbers) > 60
    for number in numbers:
        assert number["count"] == _length(mixed, number["opens"], number["filters"]), number


def _numbers(said: Any) -> Any:
    if isinstance(said, dict):
        if said.get("opens") in ("responses", "comments"):
            yield said
        for value in said.values():
            yield from _numbers(value)
    elif isinstance(said, list):
        for value in said:
            yield from _numbers(value)


def _length(here: Mixture, opens: str, filters: dict[str, str]) -> int:
    """As the officers' page reads the address that the report links to."""
    one = here.consultation.id
    if opens == "comments":
        read = comment_list.filters(filters)
        chosen = behind.comments_behind(one, comment_list.asked(read).counted)
    else:
        read = response_list.filters(filters)
        chosen = behind.responses_behind(one, response_list.asked(read).counted)
    assert read == filters, "the list does not know a filter"
    return len(behind.ids(chosen))


def test_a_report_is_plain_data(mixed: Mixture) -> None:
    report = composed(mixed.consultation)

    assert json.loads(json.dumps(report)) == report


def test_the_number_of_queries_does_not_grow_with_the_data(engine: Engine) -> None:
    with transaction():
        few = a_mixture(7, size=8)
    with counted(engine) as small:
        composed(few.consultation)
    with transaction():
        session.add(few.consultation)
        for _ in range(25):
            a_coding(a_comment(a_response(few.consultation)), session.merge(few.themes[1]), few.officer)
    with counted(engine) as large:
        composed(few.consultation)

    assert len(large) == len(small) < 50


@pytest.fixture
def theme_of(here: Consultation) -> Any:
    """Makes a coded comment of a person: the quotation is the whole text."""
    with transaction():
        section = a_section(session.merge(here))
        question = a_question(session.merge(here), section_id=section.id)
        net = a_net(session.merge(here))
        theme = a_theme(session.merge(here), parent_id=net.id)
        officer = an_officer()

    def comment(text: str, stance: Stance = Stance.CONCERN, **given: Any) -> Any:
        with transaction():
            response = given.pop("response", None) or a_response(
                session.merge(here), **{"publication": Publication.ANONYMOUS, **given}
            )
            made = a_comment(session.merge(response), text, question_id=question.id)
            a_coding(made, session.merge(theme), session.merge(officer), stance=stance)
            return made

    return comment


def said(report: Json) -> list[str]:
    return [quote["text"] for quote in quotes(report)]


def test_a_response_that_is_not_to_be_published_counts_and_is_never_quoted(
    here: Consultation, theme_of: Any
) -> None:
    theme_of("These words are mine and I do not want them printed.", publication=Publication.NO)
    theme_of("These words may be printed by whoever likes them.")

    report = composed(here)

    assert report["parts"][0]["themes"][0]["respondents"]["count"] == 2
    assert said(report) == ["These words may be printed by whoever likes them."]
    assert "do not want them" not in json.dumps(report)


def test_an_individual_is_never_named_whatever_they_ticked(here: Consultation, theme_of: Any) -> None:
    name = "Zebedee Quillfeather"
    bus = "The bus has gone and nobody asked us about it."
    theme_of(bus, publication=Publication.NAMED, organisation_name=name)

    report = composed(here)

    assert [quote["who"] for quote in quotes(report)] == ["Individual"]
    assert name not in json.dumps(report)


@pytest.mark.parametrize(
    ("publication", "who"),
    [(Publication.NAMED, "Milbury Bus Users"), (Publication.ANONYMOUS, "Organisation")],
)
def test_an_organisation_is_named_only_where_it_agrees(
    here: Consultation, theme_of: Any, publication: Publication, who: str
) -> None:
    kind, name = RespondentKind.ORGANISATION, "Milbury Bus Users"
    bus = "Our members say that the bus has gone."
    theme_of(bus, kind=kind, organisation_name=name, publication=publication)

    report = composed(here)

    assert [quote["who"] for quote in quotes(report)] == [who]
    assert (name in json.dumps(report)) == (who == name)


@pytest.mark.parametrize("code", ["ZZ09", "ZZ10", "ZZ11", "ZZ99"])
def test_a_comment_with_an_open_flag_is_not_quoted(here: Consultation, theme_of: Any, code: str) -> None:
    comment = theme_of("My neighbour should be told what I think of her.")
    with transaction():
        flag = Flag(comment_id=comment.id, code=code, source=FlagSource.MACHINE)
        session.add(flag)

    assert said(composed(here)) == []

    with transaction():
        session.merge(flag).settled_at = NOW

    assert len(said(composed(here))) == 1


def test_what_is_redacted_or_proposed_for_it_is_not_quoted(here: Consultation, theme_of: Any) -> None:
    comment = theme_of("Mrs Pemberton at number nine has the same trouble.")
    with transaction():
        proposal = Redaction(
            comment_id=comment.id, start=0, end=13, kind="name", source=FlagSource.MACHINE, proposed=True
        )
        session.add(proposal)

    assert said(composed(here)) == []

    with transaction():
        session.merge(proposal).proposed = False

    assert said(composed(here)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Write to me at zeb@example.org about the bus.",
        "Ring me on 01632 960 123 about the bus any day.",
        "I live at EX4 3SR and there is no bus at all.",
    ],
)
def test_what_looks_like_an_address_or_number_is_not_quoted_whatever_the_flags_say(
    here: Consultation, theme_of: Any, text: str
) -> None:
    theme_of(text)

    assert said(composed(here)) == []


def test_no_one_person_is_quoted_more_than_three_times(here: Consultation, theme_of: Any) -> None:
    with transaction():
        person = a_response(session.merge(here), publication=Publication.ANONYMOUS)
        for at in range(6):
            net = a_net(session.merge(here), code=f"N{at}", label=f"Net {at}")
            a_section(session.merge(here), f"part{at}", nets=[f"Net {at}"], position=at + 2)
            theme = a_theme(session.merge(here), code=f"N{at}1", label="One", parent_id=net.id)
            comment = a_comment(person, f"The same person has a view on number {'abcdef'[at]} as well.")
            a_coding(comment, theme, an_officer())

    assert len(said(composed(here))) == MOST_A_PERSON


def test_quotations_show_the_range_and_are_the_same_each_time(here: Consultation, theme_of: Any) -> None:
    for number in "abc":
        theme_of(f"The last bus leaves much too early, says {number}.")
    theme_of("Give us one bus on a Sunday and we would use it.", Stance.SUPPORT)

    report = composed(here)

    assert [quote["stance"] for quote in quotes(report)] == ["concern", "support"]
    assert composed(here) == report


def test_an_area_is_named_only_where_the_description_fits_five_people(mixed: Mixture) -> None:
    one = mixed.consultation.id
    described = {quote["who"] for quote in quotes(composed(mixed.consultation))}
    areas = {who.split(", ")[1] for who in described if ", " in who}

    for area in areas:
        chosen = ResponseFilter(standing=Standing.INCLUDED, area=area)
        assert len(behind.ids(behind.responses_behind(one, chosen))) >= 5


def test_a_breakdown_shows_no_number_from_one_to_four(mixed: Mixture) -> None:
    for breakdown in composed(mixed.consultation)["who"]:
        for row in breakdown["rows"]:
            assert row["number"]["count"] not in (1, 2, 3, 4)
            assert row["number"]["count"] is not None or row["number"]["hidden"]


def test_what_software_suggests_is_beside_the_report_and_never_in_it(
    here: Consultation, theme_of: Any
) -> None:
    coded = theme_of("The last bus leaves much too early for us.")
    with transaction():
        consultation = session.merge(here)
        run = a_run(consultation)
        waiting = a_comment(a_response(consultation), "Another bus would be welcome here.")
        theme = a_theme(consultation, code="PLA77", label="Trams", parent_id=_net(coded))
        a_suggestion(run, waiting, theme)

    report, suggested = preview(session.merge(here), now=NOW)

    assert [(row.code, row.comments) for row in suggested["place"]] == [("PLA77", 1)]
    assert "Trams" not in json.dumps(report)


def _net(comment: Any) -> Any:
    return session.scalars(select(Coding).where(Coding.comment_id == comment.id)).one().theme.parent_id


def test_a_theme_in_no_section_is_not_lost(here: Consultation) -> None:
    with transaction():
        theme = a_theme(session.merge(here), code="OTH01", label="Something else")
        a_coding(a_comment(a_response(session.merge(here))), theme, an_officer())

    last = composed(here)["parts"][-1]

    assert last["title"] == "Other themes"
    assert [row["code"] for row in last["themes"]] == ["OTH01"]


def test_campaigns_are_declared_with_their_size(mixed: Mixture) -> None:
    declared = composed(mixed.consultation)["method"]["campaigns"]

    name = session.scalar(select(Campaign.name))
    members = comments.count_comments(mixed.consultation.id, CommentFilter(campaign=True))
    there = [{"name": name, "comments": members, "treatment": "every_sender"}]
    assert declared == (there if members else []), "a campaign without comments that count is not declared"


def test_a_consultation_without_responses_has_a_report_that_says_so(engine: Engine) -> None:
    with transaction():
        consultation = a_consultation(slug="empty")
        a_section(consultation)

    report = composed(consultation)

    assert report["progress"] == {"comments": 0, "decided": 0}
    assert report["figures"][0]["label"] == "responses received"
    assert quotes(report) == []
