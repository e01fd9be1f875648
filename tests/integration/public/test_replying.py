from flask import Flask
from sqlalchemy import func, select

from app.database import session, transaction
from app.enums import AnswerState, CommentSource, Publication, RespondentKind, ResponseStatus, Stage
from app.models import (
    Answer,
    Comment,
    Consultation,
    Contact,
    Question,
    Response,
    ResponseVersion,
    SendToken,
)
from tests.support.respondent import Respondent, words


def only_response() -> Response:
    return session.scalars(select(Response)).one()


def states() -> dict[str, AnswerState]:
    found = select(Question.key, Answer.state).join(Answer, Answer.question_id == Question.id)
    return {row.key: row.state for row in session.execute(found)}


def test_an_individual_answers_what_they_care_about_and_sends(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    assert person.start().location == "/c/market-square/reply"
    assert person.save("about-you", area="town").location == "/c/market-square/reply/traffic"
    person.save("traffic", cars="agree", cars_text="Fewer cars, please.\r\nAnd more benches.")
    person.save("publication", publish="anonymous")
    assert "Fewer cars, please." in words(person.open("/check"))
    assert person.send().location == "/c/market-square/reply/equality"
    sent = only_response()

    assert "Response sent" in words(person.open("/sent"))
    assert person.reference() == sent.reference
    assert (sent.status, sent.area, sent.publication) == (ResponseStatus.SENT, "town", Publication.ANONYMOUS)
    (comment,) = session.scalars(select(Comment)).all()
    assert comment.text == comment.redacted_text == "Fewer cars, please.\nAnd more benches."
    assert (comment.number, comment.word_count) == (1, 6)
    assert states() == {
        "area": AnswerState.ANSWERED,
        "cars": AnswerState.ANSWERED,
        "cars_text": AnswerState.ANSWERED,
        "stalls": AnswerState.NONE,
        "stalls_text": AnswerState.NONE,
        "anything": AnswerState.NONE,
        "publish": AnswerState.ANSWERED,
    }


def test_dont_know_is_not_no_answer(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    person.start()
    person.save("traffic", cars="dont_know")
    person.send()

    assert (states()["cars"], states()["stalls"]) == (AnswerState.DONT_KNOW, AnswerState.NONE)


def test_the_task_list_says_how_far_the_reply_is(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    person.start()
    assert "You have answered 0 of 5 parts." in words(person.open())
    person.save("traffic", cars_text="Words.", later="1")
    person.save("market")
    person.save("anything-else", anything="More words.")
    page = words(person.open())

    assert "You have answered 2 of 5 parts." in page
    for line in ("1 Traffic in the square In progress", "2 The market Skipped", "Anything else Completed"):
        assert line in page
    assert "About you Not started" in page


def test_an_answer_can_be_cleared_and_what_was_typed_beside_it_stays(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    person.start()
    person.save("traffic", cars="agree")
    assert person.save("traffic", cars="agree", cars_text="Why.", clear="cars").location.endswith("/traffic")
    page = person.open("/traffic")

    assert page.select("input[name=q-cars][checked]") == []
    assert "Why." in page.select_one("textarea").get_text()  # type: ignore[union-attr]


def test_nothing_is_ticked_beforehand(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    assert person.client.page("/c/market-square/reply/start").select("input[checked]") == []
    person.start()

    for part in ("about-you", "traffic", "market", "publication"):
        assert person.open(f"/{part}").select("input[checked]") == []


def test_an_organisation_must_name_itself_before_it_sends_and_not_before(
    app: Flask, small: Consultation
) -> None:
    person = Respondent(app)
    person.start("organisation")
    person.save("about-you")
    person.save("traffic", cars="agree")
    refused = person.send()

    assert refused.status_code == 422
    assert "Enter the name of your organisation" in words(refused)
    assert "Confirm that you are allowed to reply for the organisation" in words(refused)
    person.save("about-you", organisation="Milbury Choir", organisation_authority="authorised")
    assert person.send().status_code == 303
    assert only_response().organisation_name == "Milbury Choir"


def test_an_organisation_may_reply_by_a_letter_in_one_piece(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    person.start("organisation", how="letter")
    person.save("about-you", organisation="Milbury Choir", organisation_authority="authorised")
    person.letter("Dear all,\n\nKeep the bandstand.")
    person.save("market", stalls="food")
    person.save("publication", publish="named")
    person.send()
    (comment,) = session.scalars(select(Comment)).all()

    assert (comment.source, comment.question_id) == (CommentSource.LETTER, None)
    assert comment.text == "Dear all,\n\nKeep the bandstand."
    assert (states()["cars"], states()["stalls"]) == (AnswerState.NOT_ASKED, AnswerState.ANSWERED)
    assert only_response().publication is Publication.NAMED


def test_a_change_of_kind_changes_the_questions_and_drops_the_others_on_sending(
    app: Flask, small: Consultation
) -> None:
    person = Respondent(app)
    person.start("organisation")
    person.save("about-you", organisation="Milbury Choir", area="town")
    person.start("individual")
    assert "organisation" not in words(person.open("/about-you"))
    person.save("traffic", cars="agree")
    person.send()

    assert "organisation" not in states()
    assert only_response().kind is RespondentKind.INDIVIDUAL
    assert only_response().organisation_name is None


def test_an_address_stands_apart_with_what_it_is_for(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    person.start()
    person.save("publication", email="kim@example.org", email_uses=["copy", "report"])
    person.save("traffic", cars="agree")
    person.send()
    (contact,) = session.scalars(select(Contact)).all()

    assert (contact.email, contact.uses) == ("kim@example.org", ["copy", "report"])
    assert "email" not in states()


def test_an_address_and_its_use_need_each_other(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    person.start()

    for answers, message in (
        ({"email": "kim@example.org"}, "Choose what we may use your email address for"),
        ({"email_uses": "copy"}, "Enter your email address, or untick"),
        ({"email": "kim", "email_uses": "copy"}, "Enter an email address in the correct format"),
    ):
        refused = person.save("publication", **answers)
        assert refused.status_code == 422
        assert message in words(refused)


def test_with_nothing_answered_there_is_nothing_to_send(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    person.start()
    person.save("about-you", area="town")
    page = person.open("/check")

    assert "You have not answered any questions yet" in words(page)
    assert page.find("button", string="Send your response") is None


def test_too_many_choices_and_an_odd_mix_are_refused_with_what_was_chosen(
    app: Flask, small: Consultation
) -> None:
    person = Respondent(app)
    person.start()
    many = person.save("market", stalls=["food", "crafts", "books"], stalls_text="Stays.")
    mixed = person.save("market", stalls=["food", "none"])

    assert (many.status_code, mixed.status_code) == (422, 422)
    assert "Choose 2 or fewer" in words(many)
    assert many.text.count(" checked") == 3
    assert "Stays." in many.text
    assert "Choose either “None of these” or the others" in words(mixed)


def test_a_text_may_hold_100_000_characters_and_not_one_more(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    person.start()
    assert person.save("traffic", cars_text="x" * 100_000).status_code == 303
    refused = person.save("traffic", cars_text="y" * 100_001)

    assert refused.status_code == 422
    assert "This answer is longer than we can take on one page." in words(refused)
    assert "y" * 100_001 in refused.text


def test_texts_that_look_like_personal_details_are_pointed_out(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    person.start()
    person.save("traffic", cars_text="Ring me on 01632 960 123.")

    assert "This may include personal details." in words(person.open("/check"))


def test_a_reply_while_testing_is_never_counted(app: Flask, small: Consultation) -> None:
    with transaction():
        session.merge(small).stage = Stage.TESTING
    person = Respondent(app)
    person.start()
    person.save("traffic", cars="agree")
    assert "This is a test reply. It is never counted." in words(person.open("/check"))
    person.send()

    assert only_response().is_test


def test_the_sent_version_has_one_send_token(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    person.start()
    person.save("traffic", cars="agree")
    person.send()
    version = session.scalars(select(ResponseVersion)).one()

    assert version.sent_at is not None
    assert only_response().current_version_id == version.id
    assert session.scalar(select(func.count()).select_from(SendToken)) == 1


def test_the_copy_says_whether_it_was_sent(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    person.start()
    person.save("traffic", cars="agree", cars_text="My words.")
    assert "Draft, not sent" in words(person.open("/copy"))
    person.send()

    assert person.reference() in words(person.open("/copy"))
    assert "My words." in words(person.open("/copy"))
