"""The rules of the data, one example each."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, event

from app.counting import comments, questions, responses, suggestions, themes
from app.counting.behind import CommentFilter, ids
from app.counting.comments import PeopleWhoCommented
from app.counting.responses import DayCount
from app.counting.standing import Standing
from app.database import session, transaction
from app.enums import CodingSource, Decision, ExclusionReason, ResponseStatus, Stance
from app.models import Consultation, Exclusion, Petition, Reading, SuggestionDecision
from tests.factories.coding import a_coding, a_run, a_suggestion
from tests.factories.comment import a_comment
from tests.factories.consultation import a_consultation
from tests.factories.officer import an_officer
from tests.factories.question import a_closed_question, an_answer
from tests.factories.response import a_response
from tests.factories.theme import a_net, a_theme
from tests.support.mixture import a_mixture


@pytest.fixture
def consultation(engine: Engine) -> Consultation:
    with transaction():
        return a_consultation()


def test_a_response_excluded_and_then_withdrawn_is_withdrawn_alone(consultation: Consultation) -> None:
    with transaction():
        gone = a_response(consultation, status=ResponseStatus.WITHDRAWN)
        session.add(Exclusion(response_id=gone.id, reason=ExclusionReason.DUPLICATE))
        a_response(consultation, status=ResponseStatus.ERASED)

    sums = responses.reconciliation(consultation.id)

    assert (sums.received, sums.included, sums.excluded, sums.withdrawn) == (2, 0, 0, 2)


def test_a_late_response_is_excluded_until_an_officer_takes_it_back_in(consultation: Consultation) -> None:
    with transaction():
        late = a_response(consultation, late=True)
        row = Exclusion(response_id=late.id, reason=ExclusionReason.LATE_UNDECIDED)
        session.add(row)

    assert responses.reconciliation(consultation.id).excluded == 1

    with transaction():
        session.merge(row).reversed_at = datetime(2026, 7, 2, tzinfo=UTC)

    assert responses.reconciliation(consultation.id).included == 1


def test_a_test_response_is_never_received(consultation: Consultation) -> None:
    with transaction():
        a_response(consultation, is_test=True)
        a_response(consultation, is_test=True, status=ResponseStatus.WITHDRAWN)

    sums = responses.reconciliation(consultation.id)

    assert (sums.received, sums.tests) == (0, 2)


def test_the_comments_of_a_combined_reply_count_as_those_of_the_reply_that_stays(
    consultation: Consultation,
) -> None:
    with transaction():
        theme, officer = a_theme(consultation), an_officer()
        stays, second = a_response(consultation, area="Exeter"), a_response(consultation, area="Torridge")
        reason = ExclusionReason.COMBINED
        session.add(Exclusion(response_id=second.id, reason=reason, stays_id=stays.id))
        for response in (stays, second):
            a_coding(a_comment(response), theme, officer)

    assert responses.reconciliation(consultation.id).included == 1
    assert comments.count_comments(consultation.id, CommentFilter(area="Exeter")) == 2
    assert comments.count_comments(consultation.id, CommentFilter(area="Torridge")) == 0
    row = themes.theme_count(consultation.id, "PLA03")
    assert row is not None
    assert (row.respondents, row.comments) == (1, 2)


def test_the_comments_of_a_duplicate_do_not_count(consultation: Consultation) -> None:
    with transaction():
        stays, twin = a_response(consultation), a_response(consultation)
        session.add(Exclusion(response_id=twin.id, reason=ExclusionReason.DUPLICATE, stays_id=stays.id))
        a_comment(twin)

    assert comments.comment_progress(consultation.id).comments == 0


def test_a_net_counts_a_person_once_and_a_merged_theme_counts_with_the_one_that_stays(
    consultation: Consultation,
) -> None:
    with transaction():
        officer, net = an_officer(), a_net(consultation, code="PLA")
        buses = a_theme(consultation, parent_id=net.id)
        merged = a_theme(consultation, code="PLA09", label="No bus", merged_into_id=buses.id)
        homes = a_theme(consultation, code="PLA06", label="Homes", parent_id=net.id)
        both = a_comment(a_response(consultation))
        for theme, stance in ((buses, Stance.CONCERN), (merged, Stance.SUPPORT), (homes, Stance.CONCERN)):
            a_coding(both, theme, officer, stance=stance)
        a_coding(a_comment(a_response(consultation)), merged, officer)

    found = {row.code: row for row in themes.theme_counts(consultation.id)}

    assert "PLA09" not in found
    assert (found["PLA03"].respondents, found["PLA03"].comments) == (2, 2)
    assert (found["PLA03"].support, found["PLA03"].concern) == (1, 2)
    assert (found["PLA"].respondents, found["PLA"].comments) == (2, 2)
    assert found["PLA06"].respondents == 1
    assert found["PLA06"].net == "PLA"
    assert themes.theme_count(consultation.id, "PLA09") == found["PLA03"]


def test_a_blind_second_coding_a_removed_one_and_an_old_comment_do_not_count(
    consultation: Consultation,
) -> None:
    with transaction():
        theme, officer, response = a_theme(consultation), an_officer(), a_response(consultation)
        a_coding(a_comment(response), theme, officer, layer="check-1")
        a_coding(a_comment(response), theme, officer, removed_at=datetime(2026, 6, 11, tzinfo=UTC))
        a_coding(a_comment(response, is_current=False), theme, officer)

    row = themes.theme_count(consultation.id, "PLA03")

    assert row is not None
    assert (row.respondents, row.comments) == (0, 0)


def test_a_comment_coded_in_bulk_counts_as_read_once_an_officer_has_read_it(
    consultation: Consultation,
) -> None:
    with transaction():
        theme, officer = a_theme(consultation), an_officer()
        comment = a_comment(a_response(consultation))
        a_coding(comment, theme, officer, source=CodingSource.BULK)

    assert _bulk(consultation) == (1, 0)

    with transaction():
        read_at = datetime(2026, 6, 12, tzinfo=UTC)
        session.add(Reading(comment_id=comment.id, officer_id=officer.id, read_at=read_at))

    assert _bulk(consultation) == (0, 1)


def _bulk(consultation: Consultation) -> tuple[int, int]:
    row = themes.theme_count(consultation.id, "PLA03")
    assert row is not None
    return row.comments_in_bulk, row.comments_read_singly


def test_a_petition_is_one_response_and_in_no_base(consultation: Consultation) -> None:
    with transaction():
        theme, officer = a_theme(consultation), an_officer()
        question = a_closed_question(consultation)
        petition, resident = a_response(consultation), a_response(consultation)
        session.add(Petition(response_id=petition.id, title="Keep the bus", signatories=1500))
        for response in (petition, resident):
            an_answer(response, question, "agree")
            a_coding(a_comment(response), theme, officer)

    sums = responses.reconciliation(consultation.id)
    row = themes.theme_count(consultation.id, "PLA03")
    asked = questions.closed_question(consultation.id, "place")

    assert (sums.received, sums.petitions) == (2, 1)
    assert row is not None
    assert row.respondents == 1
    assert comments.people_who_commented(consultation.id) == PeopleWhoCommented(commented=1, read=0)
    assert asked is not None
    assert asked.answered == 1
    assert comments.count_comments(consultation.id, CommentFilter(theme="PLA03", petition=True)) == 1


def test_a_letter_that_answers_nothing_was_not_asked_and_a_blank_form_gave_no_answer(
    consultation: Consultation,
) -> None:
    with transaction():
        question = a_closed_question(consultation)
        a_response(consultation, is_letter=True)
        a_response(consultation)
        an_answer(a_response(consultation), question, "dont_know")
        an_answer(a_response(consultation, is_letter=True), question, "agree")

    asked = questions.closed_question(consultation.id, "place")

    assert asked is not None
    assert (asked.answered, asked.dont_know, asked.no_answer, asked.not_asked) == (2, 1, 1, 1)


def test_a_day_is_a_day_in_the_uk(consultation: Consultation) -> None:
    with transaction():
        a_response(consultation, sent_at=datetime(2026, 6, 1, 22, 59, tzinfo=UTC))
        a_response(consultation, sent_at=datetime(2026, 6, 1, 23, 1, tzinfo=UTC))

    assert responses.by_day(consultation.id) == [
        DayCount(date(2026, 6, 1), 1),
        DayCount(date(2026, 6, 2), 1),
    ]


def test_a_suggestion_waits_until_it_is_decided_or_its_comment_is(consultation: Consultation) -> None:
    with transaction():
        officer, net = an_officer(), a_net(consultation, code="PLA")
        theme = a_theme(consultation, parent_id=net.id)
        run = a_run(consultation)
        waiting, dismissed, weak = (a_comment(a_response(consultation)) for _ in range(3))
        for comment, assigned in ((waiting, True), (dismissed, True), (weak, False)):
            probability = 0.8 if assigned else 0.3
            a_suggestion(run, comment, theme, assigned=assigned, probability=probability)
        session.add(
            SuggestionDecision(
                comment_id=dismissed.id,
                theme_id=theme.id,
                decision=Decision.DISMISSED,
                officer_id=officer.id,
            )
        )

    found = suggestions.suggested_waiting(consultation.id)
    lower = suggestions.suggested_waiting(consultation.id, at_least=0.2)

    assert found["PLA03"].comments == 1
    assert lower["PLA03"].comments == 2
    assert ids(suggestions.suggested_comments_behind(consultation.id, theme="PLA")) == [waiting.id]


def test_the_number_of_queries_does_not_grow_with_the_data(engine: Engine) -> None:
    with transaction():
        here = a_mixture(5, size=6)
    few = _queries(engine, here.consultation)
    with transaction():
        session.add(here.consultation)
        for _ in range(20):
            a_comment(a_response(here.consultation))

    assert _queries(engine, here.consultation) == few


def _queries(engine: Engine, consultation: Consultation) -> int:
    said: list[str] = []
    session.rollback()
    bind = session.get_bind()

    def hear(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    event.listen(bind, "before_cursor_execute", hear)
    responses.reconciliation(consultation.id)
    responses.by_area(consultation.id, standing=Standing.RECEIVED)
    questions.closed_questions(consultation.id)
    themes.theme_counts_and_by_question(consultation.id)
    event.remove(bind, "before_cursor_execute", hear)
    return len(said)
