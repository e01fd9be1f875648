"""What is counted in two queries, or from suggestions or codings alone, beside the lists it stands for."""

import random
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from app.counting import behind, suggestions
from app.counting.behind import CommentFilter
from app.counting.frame import frame
from app.counting.rereading import to_read_again_by_theme
from app.counting.standing import Respondent
from app.counting.two_queries import comment_is_counted, comments_apart, comments_in_two_queries
from app.database import session, transaction
from app.enums import Decision, RespondentKind, Stance
from app.models import Coding, Comment, Reading, SuggestionDecision
from tests.factories.coding import a_run, a_suggestion
from tests.support.mixture import FIRST_DAY, Mixture, a_mixture

FILTERS = (
    CommentFilter(),
    CommentFilter(petition=False),
    CommentFilter(petition=True),
    CommentFilter(theme="PLA03"),
    CommentFilter(stance=Stance.SUPPORT),
    CommentFilter(decided=False, kind=RespondentKind.INDIVIDUAL),
    CommentFilter(in_bulk=True, campaign=False),
)
BOUNDS = [0.7, 0.4, 0.0]


@pytest.fixture(params=(1, 2, 3))
def here(request: pytest.FixtureRequest, engine: Engine) -> Mixture:
    with transaction():
        found = a_mixture(request.param)
        _read_and_suggest(found, random.Random(request.param))
        return found


def _read_and_suggest(here: Mixture, chance: random.Random) -> None:
    run = a_run(here.consultation)
    themes = [theme for theme in here.themes if not theme.is_net]
    themes[2].retired_at = FIRST_DAY if chance.random() < 0.5 else None
    for comment in here.comments:
        if chance.random() < 0.3:
            read_at = chance.choice([None, FIRST_DAY, FIRST_DAY + timedelta(days=2)])
            session.add(Reading(comment_id=comment.id, officer_id=here.officer.id, read_at=read_at))
        for theme in chance.sample(themes, chance.randrange(len(themes))):
            a_suggestion(run, comment, theme, probability=chance.random())
            if chance.random() < 0.1:
                decided = {"decision": Decision.DISMISSED, "officer_id": here.officer.id}
                session.add(SuggestionDecision(comment_id=comment.id, theme_id=theme.id, **decided))
    for coding in session.query(Coding):
        coding.read_again_at = chance.choice([None, None, FIRST_DAY + timedelta(days=1)])


@pytest.mark.parametrize("chosen", FILTERS, ids=str)
def test_the_two_queries_give_the_list_and_share_nobody(here: Mixture, chosen: CommentFilter) -> None:
    one = here.consultation.id
    most, others = comments_in_two_queries(one, chosen)

    assert sorted(behind.ids(most) + behind.ids(others)) == sorted(
        behind.ids(behind.comments_behind(one, chosen))
    )
    people = [set(behind.ids(query.with_only_columns(Respondent.id))) for query in (most, others)]
    assert not people[0] & people[1]


def test_a_comment_that_is_not_apart_counts(here: Mixture) -> None:
    one = here.consultation.id
    apart, every = set(behind.ids(comments_apart(one))), {comment.id for comment in here.comments}
    counted = set(behind.ids(behind.comments_behind(one, CommentFilter(petition=False))))

    assert every - apart <= counted
    assert apart - counted
    query = session.query(Comment.id).where(comment_is_counted(one))
    assert {key for (key,) in query} == counted


def test_each_number_of_suggestions_is_the_length_of_its_list(here: Mixture) -> None:
    one = here.consultation.id
    themes = [row for row in frame(one).counted() if not row.is_net]
    found = suggestions.suggested_by_bound(one, BOUNDS)

    for bound, counts in zip(BOUNDS, found, strict=True):
        assert suggestions.suggested_waiting(one, at_least=bound) == counts
        listed = {theme.code: len(_suggested(one, theme.code, bound)) for theme in themes}
        assert {code: count.comments for code, count in counts.items()} == {
            code: count for code, count in listed.items() if count
        }
        every = _suggested(one, None, bound)
        assert suggestions.comments_with_suggestions(one, at_least=bound) == len(every)
    for theme in themes:
        alone = suggestions.suggested_by_bound(one, BOUNDS, theme=theme.code)
        assert [one_bound.get(theme.code) for one_bound in alone] == [
            counts.get(theme.code) for counts in found
        ]
    assert found[-1]


def _suggested(one: uuid.UUID, theme: str | None, bound: float) -> list[uuid.UUID]:
    return behind.ids(suggestions.suggested_comments_behind(one, theme=theme, at_least=bound))


def test_what_is_to_be_read_again_is_what_its_codings_call_for(here: Mixture) -> None:
    one, of = here.consultation.id, frame(here.consultation.id)
    counted = set(behind.ids(behind.comments_behind(one)))
    calling = session.query(Coding.comment_id, Coding.theme_id).where(behind.calls_for_reading())
    codes = {row.id: of.survivor(row).code for row in of.rows}
    wanted: dict[str, set[uuid.UUID]] = {}
    for comment_id, theme_id in calling:
        if comment_id in counted:
            wanted.setdefault(codes[theme_id], set()).add(comment_id)

    assert to_read_again_by_theme(one) == {code: len(ids) for code, ids in wanted.items()}
    assert wanted
