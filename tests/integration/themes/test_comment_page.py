"""One comment: its themes, what is suggested for it, and its outcome."""

import re

import pytest
from sqlalchemy import select

from app.counting.behind import CommentFilter
from app.counting.comments import count_comments
from app.database import session, transaction
from app.enums import CodingSource, DispositionValue, Role, Stance
from app.models import Disposition, Suggestion
from app.themes.services.code_comment import add_coding
from tests.factories.comment import a_comment
from tests.integration.themes.conftest import World, again, an_officer
from tests.integration.themes.pages import HERE, codings, suggestion, words
from tests.support.audited_client import AuditedClient
from tests.support.clock import SettableClock
from tests.support.sign_in import sign_in


def test_a_comment_shows_its_question_facts_and_suggestions(analyst: AuditedClient, suggested: World) -> None:
    page = analyst.page(f"{HERE}/comments/{suggested.comments[0].id}")
    said = words(page)

    assert "What do you want to say about our place?" in said
    assert "Individual, Teignbridge · online" in said
    assert "Likely 90%" in said
    assert "Possible 50%" in said
    assert [mark.get_text() for mark in page.select(".app-mark--suggested")] == [
        "The last (suggestion 1) (suggestion 2)"
    ]


def test_accepting_dismissing_and_asking_again_on_a_comment(analyst: AuditedClient, suggested: World) -> None:
    here = f"{HERE}/comments/{suggested.comments[0].id}"
    buses, homes = suggestion(suggested, 0, "PLA03"), suggestion(suggested, 0, "PLA07")

    def decide(one: Suggestion, do: str) -> None:
        sent = analyst.submit(f"{here}/suggestions", _from=here, suggestion=str(one.id), do=do)
        assert sent.status_code == 303

    decide(buses, "accept")
    decide(buses, "accept")
    decide(homes, "dismiss")
    assert codings() == [("PLA03", Stance.CONCERN, CodingSource.SINGLE)]
    assert "Dismissed by Ana." in words(analyst.page(here))

    decide(homes, "again")
    decide(buses, "again")
    assert codings() == []
    assert "Dismissed by" not in words(analyst.page(here))


def test_a_theme_is_added_with_its_words_and_removed(analyst: AuditedClient, suggested: World) -> None:
    here = f"{HERE}/comments/{suggested.comments[1].id}"
    answer = analyst.submit(
        f"{here}/themes",
        _from=here,
        theme="PLA07",
        stance="suggestion",
        words=" Affordable homes for local people \r\n",
    )
    assert answer.status_code == 303
    page = analyst.page(here)
    assert "“Affordable homes for local people”" in words(page)
    assert "Remove PLA07 suggestion" in words(page)

    coding = page.select_one("input[name=coding]")["value"]  # type: ignore[index]
    for _ in range(2):
        token = analyst.page(here).select_one("input[name=csrf_token]")["value"]  # type: ignore[index]
        sent = analyst.post(f"{here}/themes/remove", data={"csrf_token": token, "coding": coding})
        assert sent.status_code == 303
    assert codings() == []


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"theme": "", "stance": "concern"}, "#theme", "Choose a theme from the coding frame"),
        ({"theme": "PLA03"}, "#stance", "Choose how the comment stands to the theme"),
        ({"theme": "PLA", "stance": "concern"}, "#theme", "Choose a theme from the coding frame."),
        (
            {"theme": "PLA03", "stance": "concern", "words": "no such words"},
            "#words",
            "These words are not in the comment. Copy them exactly.",
        ),
    ],
)
def test_a_refused_theme_keeps_what_was_typed(
    analyst: AuditedClient, suggested: World, typed: dict[str, str], field: str, message: str
) -> None:
    here = f"{HERE}/comments/{suggested.comments[0].id}"
    answer = analyst.submit(f"{here}/themes", _from=here, **typed)

    assert answer.status_code == 422
    assert re.search(f'<a href="{field}">{re.escape(message)}', answer.text)
    assert typed.get("words", "") in answer.text
    assert codings() == []


def test_an_outcome_is_saved_and_refused_beside_themes(analyst: AuditedClient, suggested: World) -> None:
    here = f"{HERE}/comments/{suggested.comments[3].id}"
    assert analyst.submit(f"{here}/outcome", _from=here).status_code == 422
    assert analyst.submit(f"{here}/outcome", _from=here, outcome="no_point").status_code == 303
    assert session.scalars(select(Disposition.value)).one() is DispositionValue.NO_POINT
    assert "Outcome: No point made Ana" in words(analyst.page(here))

    analyst.submit(f"{here}/themes", _from=here, theme="PLA03", stance="neutral")
    token = analyst.page(here).select_one("input[name=csrf_token]")["value"]  # type: ignore[index]
    refused = analyst.post(f"{here}/outcome", data={"csrf_token": token, "outcome": "unclear"})
    assert refused.status_code == 422
    assert "This comment has themes." in refused.text


def test_themes_are_found_by_words_of_the_frame(analyst: AuditedClient, suggested: World) -> None:
    page = analyst.page(f"{HERE}/comments/{suggested.comments[0].id}?find=afford")

    assert [one["value"] for one in page.select("#theme option")] == ["", "PLA07"]


def test_those_who_may_only_read_have_no_buttons(
    client: AuditedClient, suggested: World, clock: SettableClock
) -> None:
    with transaction():
        editor = an_officer("edi", again(suggested.consultation), Role.REPORT_EDITOR)
    sign_in(client, editor, at=clock.now())
    for address in (
        f"comments/{suggested.comments[0].id}",
        "frame",
        "frame/themes/PLA03",
        "runs",
        "frame/proposals",
    ):
        page = client.page(f"{HERE}/{address}")
        assert {form["action"] for form in page.select("main form[method=post]")} <= {
            f"{HERE}/frame/themes/PLA03"
        }
        assert not page.select("main form[method=post] button")


def test_a_changed_text_is_undecided_and_shows_what_the_earlier_wording_had(
    analyst: AuditedClient, world: World, clock: SettableClock
) -> None:
    old = world.comments[0]
    with transaction():
        add_coding(old.id, theme_id=world.buses.id, stance=Stance.CONCERN, actor=world.actor, now=clock.now())
        replaced = again(old)
        replaced.is_current = False
        new = a_comment(
            replaced.response,
            "Now there is a bus.",
            question_id=replaced.question_id,
            replaces_id=old.id,
            number=9,
        )
        new_id = new.id
    said = words(analyst.page(f"{HERE}/comments/{new_id}"))

    assert "None yet: nobody has decided this comment." in said
    assert "It replaces an earlier wording" in said
    assert old.text in said
    assert re.search(r"Themes it had: PLA03 .* Concern", said)
    assert analyst.get(f"{HERE}/comments/{old.id}").status_code == 404
    assert count_comments(world.consultation.id, CommentFilter(theme="PLA03")) == 0
    assert len(codings()) == 1
