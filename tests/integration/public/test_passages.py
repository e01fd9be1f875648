"""A comment on one paragraph: from its link to the row that officers read."""

import uuid

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.database import session, transaction
from app.enums import AnswerState, CommentSource
from app.models import Answer, Comment, Consultation, Passage, Question
from app.responses.intake import LONGEST_TEXT, TOO_LONG
from tests.support.clock import SettableClock
from tests.support.document_versions import next_version
from tests.support.respondent import Respondent, words

TRAFFIC = "/c/market-square/reply/traffic"
LINK = "?about=1#about-paragraph-1"


@pytest.fixture
def person(app: Flask, small: Consultation) -> Respondent:
    person = Respondent(app)
    person.start()
    return person


def field(page: BeautifulSoup, place: str = "1") -> str:
    area = page.select_one(f"textarea#about-paragraph-{place}")
    assert area is not None
    return str(area["name"])


def said(page: BeautifulSoup, place: str = "1") -> str:
    area = page.select_one(f"textarea#about-paragraph-{place}")
    return area.get_text().removeprefix("\n").replace("\r\n", "\n") if area else ""


def beside(page: BeautifulSoup) -> list[str]:
    return [" ".join(one.get_text().split()) for one in page.select(".app-beside__words")]


def comment_on(person: Respondent, text: str, *, place: str = "1", **more: str) -> TestResponse:
    address = f"{TRAFFIC}?about={place}"
    name = field(person.client.page(address), place)
    hidden = person.client.page(address).select("form input[type=hidden]")
    data = {str(one["name"]): str(one.get("value", "")) for one in hidden}
    return person.client.post(TRAFFIC, data={**data, name: text, **more})


def stored(consultation: Consultation) -> list[Comment]:
    session.rollback()
    return list(session.scalars(select(Comment).where(Comment.consultation_id == consultation.id)))


@pytest.mark.parametrize("page", ["draft", "draft/traffic"])
def test_each_paragraph_of_the_draft_has_a_link_to_comment_on_it(
    app: Flask, small: Consultation, page: str
) -> None:
    shown = Respondent(app).client.page(f"/c/market-square/{page}")
    links = [str(link["href"]) for link in shown.select(".app-comment-on a")]

    assert links[:3] == [f"{TRAFFIC}?about={n}#about-paragraph-{n}" for n in (1, 2, 3)]
    assert "Comment on this paragraph, 1.1" in words(shown)


def test_there_is_no_link_while_no_replies_are_taken(
    app: Flask, small: Consultation, clock: SettableClock
) -> None:
    clock.set(small.closes_at)

    assert "Comment on this" not in words(Respondent(app).client.page("/c/market-square/draft/traffic"))


def test_without_a_draft_the_link_leads_over_the_start_page_to_the_open_field(
    app: Flask, small: Consultation
) -> None:
    visitor = Respondent(app)
    start = visitor.client.get(f"{TRAFFIC}?about=1").headers["Location"]
    begun = visitor.client.submit("/c/market-square/reply/start", _from=start, kind="individual")

    assert begun.headers["Location"] == TRAFFIC + LINK
    opened = visitor.client.page(begun.headers["Location"].partition("#")[0])
    assert "Comment on paragraph 1.1" in words(opened)
    assert "The plan closes the square to cars" in beside(opened)[0]


@pytest.mark.parametrize("about", ["//evil.example", "1' --", "x" * 300, "\N{SNOWMAN}"])
def test_a_place_that_is_none_leads_no_further_than_the_part(
    app: Flask, small: Consultation, about: str
) -> None:
    visitor = Respondent(app)
    begun = visitor.start(then="traffic", about=about)

    assert begun.headers["Location"] == TRAFFIC


@pytest.mark.parametrize("about", ["", "99", "1.1", "zzz"])
def test_a_page_that_is_asked_for_no_paragraph_it_has_shows_no_field(person: Respondent, about: str) -> None:
    assert "Comment on paragraph" not in words(person.open(f"/traffic?about={about}"))


def test_the_button_on_the_part_keeps_what_is_typed_and_opens_the_field(person: Respondent) -> None:
    pressed = person.client.submit(
        TRAFFIC, **{"q-cars": "agree", "q-cars_text": "Half a thought", "about": "2"}
    )

    assert pressed.headers["Location"] == f"{TRAFFIC}?about=2#about-paragraph-2"
    shown = person.open("/traffic?about=2")
    assert "Half a thought" in words(shown)
    assert field(shown, "2")
    assert "In progress" in words(person.open())


def test_the_button_opens_the_field_also_where_the_page_is_refused(person: Respondent) -> None:
    refused = person.client.submit(TRAFFIC, **{"q-cars_text": "x" * (LONGEST_TEXT + 1), "about": "2"})

    assert refused.status_code == 422
    assert field(BeautifulSoup(refused.text, "html.parser"), "2")


def test_a_comment_is_saved_shown_changed_and_taken_out_again(person: Respondent) -> None:
    assert comment_on(person, "Saturdays are too many.").status_code == 303
    assert said(person.open("/traffic")) == "Saturdays are too many."
    comment_on(person, "Saturdays are fine.")
    assert said(person.open("/traffic")) == "Saturdays are fine."
    comment_on(person, "")

    assert said(person.open("/traffic")) == ""
    assert "Comment on paragraph" not in words(person.open("/traffic"))


def test_a_part_with_nothing_but_a_comment_on_a_paragraph_is_answered(person: Respondent) -> None:
    comment_on(person, "Saturdays are too many.")
    tasks = words(person.open())

    assert "You have answered 1 of" in tasks
    assert "1 Traffic in the square Completed" in tasks


def test_saving_the_questions_alone_leaves_the_comment_and_its_part_completed(person: Respondent) -> None:
    comment_on(person, "Saturdays are too many.")
    hidden = {
        str(i["name"]): str(i["value"]) for i in person.open("/market").select("form input[type=hidden]")
    }
    person.client.post(TRAFFIC, data={"csrf_token": hidden["csrf_token"]})

    assert said(person.open("/traffic")) == "Saturdays are too many."
    assert "1 Traffic in the square Completed" in words(person.open())


def test_a_text_that_is_too_long_is_refused_and_kept(person: Respondent) -> None:
    refused = comment_on(person, "x" * (LONGEST_TEXT + 1))

    assert refused.status_code == 422
    assert TOO_LONG in words(refused)
    assert len(said(BeautifulSoup(refused.text, "html.parser"))) == LONGEST_TEXT + 1


def test_the_check_and_the_copy_show_it_with_a_link_to_change_it(person: Respondent) -> None:
    comment_on(person, "Saturdays are too many.")
    check = person.open("/check")

    assert "About paragraph 1.1: “The plan closes the square to cars:" in words(check)
    assert "Saturdays are too many." in words(check)
    assert f"{TRAFFIC}#about-paragraph-1" in [a["href"] for a in check.select("a[href]")]
    assert "Saturdays are too many." in words(person.open("/copy"))


def test_a_comment_on_a_section_that_is_no_longer_asked_about_is_shown_before_it_is_sent(
    person: Respondent, small: Consultation
) -> None:
    comment_on(person, "This is the road to the school.")
    with transaction():
        for question in session.scalars(select(Question).where(Question.part == "traffic")):
            question.wording.seen_by = ["individual"]
    person.start("organisation", how="questions")
    person.save("about-you", organisation="The club", organisation_authority="authorised")

    assert "This is the road to the school." in words(person.open("/check"))
    assert person.send().status_code == 303
    assert [comment.text for comment in stored(small)] == ["This is the road to the school."]


def test_sent_it_becomes_a_comment_on_its_passage(person: Respondent, small: Consultation) -> None:
    comment_on(person, "Saturdays are too many.")
    assert person.send().status_code == 303
    (comment,) = stored(small)

    assert (comment.source, comment.text) == (CommentSource.PASSAGE, "Saturdays are too many.")
    assert comment.question_id is None
    passage = session.get(Passage, comment.passage_id)
    assert passage is not None
    assert passage.key == "traffic.close"
    assert "About paragraph 1.1" in words(person.open("/copy"))


def test_an_emptied_comment_is_not_sent_and_leaves_no_row(person: Respondent, small: Consultation) -> None:
    comment_on(person, "Saturdays are too many.")
    comment_on(person, "")
    assert "You have not answered any questions yet" in words(person.open("/check"))
    person.save("traffic", cars="agree")
    person.send()

    assert stored(small) == []
    assert session.scalar(select(Answer).where(Answer.passage_id.is_not(None))) is None


def test_questions_come_before_paragraphs_in_the_numbers_of_comments(
    person: Respondent, small: Consultation
) -> None:
    comment_on(person, "On the paragraph.", **{"q-cars_text": "On the question."})
    person.send()
    found = sorted(stored(small), key=lambda one: one.number)

    assert [one.text for one in found] == ["On the question.", "On the paragraph."]


def test_a_paragraph_of_another_section_is_not_taken_from_the_form(
    person: Respondent, small: Consultation
) -> None:
    other = session.scalar(select(Passage.id).where(Passage.key == "market.stalls"))
    forged = {f"q-about-{other}": "Words.", f"q-about-{uuid.uuid4()}": "More.", "q-about-1": "And more."}
    assert person.client.submit(TRAFFIC, **forged).status_code == 303
    session.rollback()

    assert session.scalars(select(Answer).where(Answer.state == AnswerState.ANSWERED)).all() == []


def test_two_devices_on_one_paragraph_lose_no_words(app: Flask, person: Respondent) -> None:
    other = Respondent(app)
    other.client.get(person.link())
    page = person.client.page(f"{TRAFFIC}?about=1")
    data = {str(i["name"]): str(i.get("value", "")) for i in page.select("form input[type=hidden]")}
    comment_on(other, "From the phone.")
    refused = person.client.post(TRAFFIC, data={**data, field(page): "From the desk."})

    assert refused.status_code == 422
    assert "Comment on paragraph 1.1" in words(refused)
    form = BeautifulSoup(refused.text, "html.parser")
    again = {str(i["name"]): str(i["value"]) for i in form.select("input[type=hidden], input[checked]")}
    again |= {str(t["name"]): t.get_text().strip() for t in form.select("form textarea")}
    person.client.post(TRAFFIC, data=again)
    assert said(person.open("/traffic")) == "From the phone.\n\nFrom the desk."


def test_a_comment_keeps_the_wording_it_is_about(person: Respondent, small: Consultation) -> None:
    comment_on(person, "Saturdays are too many.")
    with transaction():
        next_version(small, changed={"traffic.close": "The plan closes the square on Sundays."})
    page = person.open("/traffic?about=1")

    assert said(page, "1-in-version-1") == "Saturdays are too many."
    assert "This is about an earlier wording." in words(page)
    assert "as it was in version 1 The plan closes the square to cars" in words(page)
    assert said(page, "1") == ""
    assert "The plan closes the square on Sundays." in beside(page)[-1]
    for address in ("/check", "/copy"):
        shown = words(person.open(address))
        assert "About paragraph 1.1 (about an earlier wording): “The plan closes the square to cars" in shown
        assert "The paragraph was: The plan closes the square to cars" in shown


def test_a_paragraph_that_is_gone_leaves_its_comment(person: Respondent, small: Consultation) -> None:
    comment_on(person, "Saturdays are too many.")
    with transaction():
        next_version(small, gone=("traffic.close",))
    assert said(person.open("/traffic"), "1-in-version-1") == "Saturdays are too many."
    person.send()
    (comment,) = stored(small)

    passage = session.get(Passage, comment.passage_id)
    assert passage is not None
    assert passage.text.startswith("The plan closes the square to cars")


def test_a_newer_version_with_the_same_words_keeps_one_field(person: Respondent, small: Consultation) -> None:
    comment_on(person, "Saturdays are too many.")
    with transaction():
        next_version(small, changed={"traffic.unknown": "Something else."})
    page = person.open("/traffic?about=1")

    assert said(page) == "Saturdays are too many."
    assert len(page.select(".app-beside")) == 1
    assert "earlier wording" not in words(page)


def test_a_page_opened_under_the_old_wording_saves_under_it(person: Respondent, small: Consultation) -> None:
    page = person.client.page(f"{TRAFFIC}?about=1")
    data = {str(i["name"]): str(i.get("value", "")) for i in page.select("form input[type=hidden]")}
    with transaction():
        next_version(small, changed={"traffic.close": "The plan closes the square on Sundays."})
    person.client.post(TRAFFIC, data={**data, field(page): "Saturdays are too many."})

    assert said(person.open("/traffic"), "1-in-version-1") == "Saturdays are too many."


def test_no_comment_on_a_section_can_be_said_and_taken_back_by_writing(person: Respondent) -> None:
    person.client.submit(TRAFFIC, **{"no-comment": "1"})
    assert "1 Traffic in the square No comment" in words(person.open())
    assert "You said that you have no comment on this section." in words(person.open("/traffic"))
    person.save("traffic")
    assert "1 Traffic in the square No comment" in words(person.open())
    comment_on(person, "After all.")

    assert "1 Traffic in the square Completed" in words(person.open())
    assert "You said that you have no comment" not in words(person.open("/traffic"))


def test_no_comment_is_said_at_the_check_and_is_nothing_to_send(person: Respondent) -> None:
    person.client.submit(TRAFFIC, **{"no-comment": "1"})
    assert "You have not answered any questions yet" in words(person.open("/check"))
    person.save("market", stalls="food")
    check = words(person.open("/check"))

    assert "Why do you say that? No comment" in check
    assert "Traffic in the square Market" not in check.partition("These parts are not finished")[2][:80]


def test_no_comment_never_takes_out_what_is_written(person: Respondent) -> None:
    refused = person.client.submit(TRAFFIC, **{"q-cars_text": "Words.", "no-comment": "1"})
    assert refused.status_code == 422
    assert "To say that you have no comment, take your answers out first." in words(refused)
    assert "Words." in words(refused)
    comment_on(person, "Saturdays are too many.")
    assert "I have no comment on this section" not in words(person.open("/traffic"))
    person.client.post(TRAFFIC, data={"csrf_token": csrf(person), "no-comment": "1"})

    assert said(person.open("/traffic")) == "Saturdays are too many."


def csrf(person: Respondent) -> str:
    found = person.open("/traffic").select_one("input[name=csrf_token]")
    assert found is not None
    return str(found["value"])


def test_parts_that_are_no_section_offer_no_such_button(person: Respondent) -> None:
    assert "I have no comment on this section" in words(person.open("/traffic"))
    for part in ("/about-you", "/publication"):
        assert "I have no comment on this section" not in words(person.open(part))
