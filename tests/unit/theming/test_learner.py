import random

import numpy as np
import pytest

from app.theming import CodedComment, Coding, Comment, Learner, Theme, code_comments
from app.theming.chosen_encoder import default_encoder
from app.theming.coding.remembering import RememberingSpace
from app.theming.coding.space import TextSpace
from app.theming.comments import sampled


def test_a_learner_suggests_what_coding_all_at_once_would(
    comments: list[Comment], themes: list[Theme], coded: list[CodedComment]
) -> None:
    learner = Learner(comments, themes)
    asked = [one.id for one in comments]

    assert learner.suggest(asked) == code_comments(comments, themes)
    assert_same(learner.learn(coded).suggest(asked), code_comments(comments, themes, coded=coded))


def test_what_was_learnt_before_and_in_which_order_leaves_no_trace(
    comments: list[Comment], themes: list[Theme], coded: list[CodedComment]
) -> None:
    asked = [one.id for one in comments[40:]]
    mixed = random.Random(1).sample(coded, len(coded))
    wrong = [CodedComment(one.comment, (Coding("TREE"),)) for one in coded]
    straight = Learner(comments, themes).learn(coded).suggest(asked)
    winding = Learner(comments, themes).learn(coded[:5]).learn(wrong).learn(mixed).suggest(asked)

    assert_same(winding, straight)


def test_a_coding_taken_back_is_unlearnt(
    comments: list[Comment], themes: list[Theme], coded: list[CodedComment]
) -> None:
    learner = Learner(comments, themes)
    before = learner.suggest([comments[50].id])

    assert learner.learn(coded).suggest([comments[50].id]) != before
    assert learner.learn([]).suggest([comments[50].id]) == before


def test_a_comment_for_which_there_is_no_theme_gets_no_suggestion(comments: list[Comment]) -> None:
    learner = Learner(comments, [Theme("BUS", "Buses", question="parks")])
    found = learner.suggest(one.id for one in comments)

    parks = {one.id for one in comments if one.question == "parks"}

    assert {one.id for one in found if one.suggestions} == parks
    assert learner.probabilities([comments[1].id]) == {comments[1].id: {}}


def test_an_id_that_is_not_there_is_refused(comments: list[Comment], themes: list[Theme]) -> None:
    with pytest.raises(KeyError):
        Learner(comments, themes).suggest(["nobody"])


def test_remembering_changes_no_number(comments: list[Comment], monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [one.text for one in comments]
    plain = TextSpace(default_encoder()).fit(texts, [])
    space = RememberingSpace(default_encoder())
    space.fit(texts, [])
    for asked in (texts[:7], texts[3:12], texts[::-1]):
        np.testing.assert_array_equal(space.vectors(asked), plain.vectors(asked))
        np.testing.assert_array_equal(space.words(asked).toarray(), plain.words(asked).toarray())
    monkeypatch.setattr("app.theming.coding.remembering.MOST", 1)
    np.testing.assert_array_equal(
        space.vectors(["a new text", texts[0]]), plain.vectors(["a new text", texts[0]])
    )


def test_one_more_comment_displaces_one_of_a_sample_at_most(comments: list[Comment]) -> None:
    few = {comments[place].id for place in sampled(comments[:-1], 20)}
    more = {comments[place].id for place in sampled(comments, 20)}

    assert len(few) == len(more) == 20
    assert len(few - more) <= 1


def assert_same(found: list, expected: list) -> None:  # type: ignore[type-arg]
    """The same suggestions; probabilities to a millionth, for the blocks of a sum differ."""
    assert [one.id for one in found] == [one.id for one in expected]
    for one, other in zip(found, expected, strict=True):
        assert [made.code for made in one.suggestions] == [made.code for made in other.suggestions]
        for made, wanted in zip(one.suggestions, other.suggestions, strict=True):
            assert made.probability == pytest.approx(wanted.probability, abs=1e-5)
            assert (made.stance, made.start, made.end, made.reason) == (
                wanted.stance, wanted.start, wanted.end, wanted.reason,
            )  # fmt: skip
