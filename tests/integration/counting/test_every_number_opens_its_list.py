"""Each count beside the list that its filter gives, over consultations drawn at random."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from app.counting import behind, comments, questions, responses, themes
from app.counting.behind import NO_QUESTION, NOT_GIVEN, CommentFilter, ResponseFilter
from app.counting.standing import Standing
from app.counting.themes import ThemeCount
from app.database import transaction
from app.enums import AnswerState, Channel, RespondentKind, Stance
from tests.support.mixture import Mixture, a_mixture

SEEDS = (1, 2)


@pytest.fixture(params=SEEDS)
def here(request: pytest.FixtureRequest, engine: Engine) -> Mixture:
    with transaction():
        return a_mixture(request.param)


def _responses(here: Mixture, **given: object) -> int:
    found = behind.ids(behind.responses_behind(here.consultation.id, ResponseFilter(**given)))  # type: ignore[arg-type]
    assert len(found) == len(set(found))
    return len(found)


def _comments(here: Mixture, **given: object) -> int:
    found = behind.ids(behind.comments_behind(here.consultation.id, CommentFilter(**given)))  # type: ignore[arg-type]
    assert len(found) == len(set(found))
    return len(found)


def test_each_term_of_the_reconciliation(here: Mixture) -> None:
    sums = responses.reconciliation(here.consultation.id)

    assert sums.received == _responses(here, standing=Standing.RECEIVED) > 0
    assert sums.included == _responses(here, standing=Standing.INCLUDED) > 0
    assert sums.excluded == _responses(here, standing=Standing.EXCLUDED) > 0
    assert sums.withdrawn == _responses(here, standing=Standing.WITHDRAWN) > 0
    assert sums.drafts == _responses(here, standing=Standing.DRAFT)
    assert sums.tests == _responses(here, standing=Standing.TEST)
    assert sums.petitions == _responses(here, standing=Standing.INCLUDED, petition=True)
    for row in sums.excluded_by_reason:
        assert row.count == _responses(here, standing=Standing.EXCLUDED, reason=row.reason)
    assert sum(row.count for row in sums.excluded_by_reason) == sums.excluded


@pytest.mark.parametrize("standing", [Standing.INCLUDED, Standing.RECEIVED])
def test_each_row_of_who_responded(here: Mixture, standing: Standing) -> None:
    one = here.consultation.id
    whole = _responses(here, standing=standing)

    for row in responses.by_channel(one, standing=standing):
        assert row.count == _responses(here, standing=standing, channel=Channel(row.key or ""))
    for row in responses.by_kind(one, standing=standing):
        assert row.count == _responses(here, standing=standing, kind=RespondentKind(row.key or ""))
    for row in responses.by_area(one, standing=standing):
        assert row.count == _responses(here, standing=standing, area=row.key or NOT_GIVEN)
    for row in responses.by_organisation_type(one, standing=standing):
        assert row.count == _responses(here, standing=standing, organisation_type=row.key or NOT_GIVEN)
    for day in responses.by_day(one, standing=standing):
        assert day.count == _responses(here, standing=standing, day=day.day)
    for rows in (
        responses.by_channel(one, standing=standing),
        responses.by_kind(one, standing=standing),
        responses.by_area(one, standing=standing),
        responses.by_day(one, standing=standing),
    ):
        assert sum(row.count for row in rows) == whole


def test_comments_decided_and_not(here: Mixture) -> None:
    progress = comments.comment_progress(here.consultation.id)

    assert progress.comments == _comments(here) > 0
    assert progress.decided == _comments(here, decided=True) > 0
    assert progress.undecided == _comments(here, decided=False) > 0
    for key, row in comments.progress_by_question(here.consultation.id).items():
        assert row.comments == _comments(here, question=key or NO_QUESTION)
        assert row.decided == _comments(here, question=key or NO_QUESTION, decided=True)


@pytest.mark.parametrize("size", [5, 80])
def test_another_consultation_changes_no_number(here: Mixture, size: int) -> None:
    """Whether it is the smaller or the larger."""
    with transaction():
        other = a_mixture(3, size=size, slug="another")

    for one in (here, other):
        progress = comments.comment_progress(one.consultation.id)
        assert progress.comments == _comments(one)
        assert progress.decided == _comments(one, decided=True)
        assert sum(row.comments for row in themes.theme_counts(one.consultation.id)) == sum(
            _comments(one, theme=theme.code) for theme in one.themes if theme.merged_into_id is None
        )


def test_each_outcome(here: Mixture) -> None:
    rows = comments.by_disposition(here.consultation.id)

    for row in rows:
        assert row.comments == _comments(here, disposition=row.value)
    assert sum(row.comments for row in rows) == _comments(here)


def test_people_who_commented(here: Mixture) -> None:
    one = here.consultation.id
    found = comments.people_who_commented(one)

    assert found.commented == _responses(here, comments=CommentFilter(petition=False)) > 0
    assert found.read == _responses(here, comments=CommentFilter(petition=False, decided=True)) > 0
    by_question = comments.comments_by_question(one)
    for key, row in by_question.items():
        asked = CommentFilter(question=key or NO_QUESTION, petition=False)
        assert row.people.commented == _responses(here, comments=asked)
        assert row.people.read == _responses(here, comments=replace(asked, decided=True))
    assert {key: row.progress for key, row in by_question.items()} == comments.progress_by_question(one)


def test_each_option_of_each_closed_question(here: Mixture) -> None:
    base = _responses(here, standing=Standing.INCLUDED, petition=False)

    for question in questions.closed_questions(here.consultation.id):
        for option in question.options:
            chose = (question.key, option.key)
            assert option.count == _responses(here, standing=Standing.INCLUDED, chose=chose)
        by_state = {
            state: _responses(here, standing=Standing.INCLUDED, answered=(question.key, state))
            for state in AnswerState
        }
        assert question.answered == by_state[AnswerState.ANSWERED]
        assert question.dont_know == by_state[AnswerState.DONT_KNOW]
        assert question.no_answer == by_state[AnswerState.NONE]
        assert question.not_asked == by_state[AnswerState.NOT_ASKED]
        assert question.answered + question.no_answer + question.not_asked == base


def test_each_theme_and_net(here: Mixture) -> None:
    rows = themes.theme_counts(here.consultation.id)

    assert {row.code for row in rows} == {"PLA", "PLA03", "PLA05", "GOV03"}
    assert all(row.comments for row in rows)
    for row in rows:
        _matches(here, row, CommentFilter(theme=row.code))


def test_each_theme_within_each_question(here: Mixture) -> None:
    every, by_question = themes.theme_counts_and_by_question(here.consultation.id)
    assert every == themes.theme_counts(here.consultation.id)
    assert len(by_question) > 1
    for key, rows in by_question.items():
        for row in rows:
            _matches(here, row, CommentFilter(theme=row.code, question=key or NO_QUESTION))
        if key:
            assert rows == themes.theme_counts(here.consultation.id, question=key)


def _matches(here: Mixture, row: ThemeCount, chosen: CommentFilter) -> None:
    asked = {name: value for name, value in vars(chosen).items() if value is not None}
    assert row.comments == _comments(here, **asked)
    assert row.respondents == _responses(here, comments=chosen)
    for stance in Stance:
        assert row.stances[stance.value] == _comments(here, **asked, stance=stance)
    assert row.individuals + row.organisations == row.respondents
    alone = CommentFilter(**asked, campaign=False)
    assert row.comments_without_campaigns == _comments(here, **asked, campaign=False)
    assert row.respondents_without_campaigns == _responses(here, comments=alone)
    assert row.comments_in_bulk == _comments(here, **asked, in_bulk=True)
    assert row.comments_read_singly == _comments(here, **asked, in_bulk=False)
    organisations = CommentFilter(**asked, kind=RespondentKind.ORGANISATION)
    assert row.organisations == _responses(here, comments=organisations)
