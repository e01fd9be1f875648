import random

import numpy as np
import pytest

from app.theming import Comment, Proposal, discover_themes
from app.theming.discovery.clustering import expected_themes
from app.theming.discovery.smoothing import smoothed
from app.theming.encoders import unit


def themes_of(proposals: list[Proposal]) -> list[Proposal]:
    return [one for one in proposals if one.members]


def test_themes_follow_the_subjects(comments: list[Comment]) -> None:
    proposals = themes_of(discover_themes(comments, pooled=True))
    subject = {comment.id: number % 3 for number, comment in enumerate(comments)}
    purest = [
        max([subject[i] for i, _ in one.members].count(s) for s in range(3)) / one.size for one in proposals
    ]

    assert len(proposals) >= 3
    assert sum(purest) / len(purest) > 0.7


def test_the_order_of_the_input_changes_nothing(comments: list[Comment]) -> None:
    turned = comments[:]
    random.Random(5).shuffle(turned)

    assert discover_themes(turned) == discover_themes(comments)


def test_each_question_has_its_own_themes_and_keys_are_unique(comments: list[Comment]) -> None:
    proposals = discover_themes(comments)
    keys = [one.key for one in proposals]

    assert len(keys) == len(set(keys))
    assert {one.question for one in proposals} == {"parks", "streets"}


def test_labels_are_words_that_people_wrote(comments: list[Comment]) -> None:
    written = " ".join(comment.text for comment in comments).casefold()
    for one in themes_of(discover_themes(comments)):
        assert one.terms
        assert all(term.casefold() in written for term in one.terms)
        assert ", ".join(one.terms).casefold().startswith(one.label.casefold())


def test_parents_exist_and_have_no_parent(comments: list[Comment]) -> None:
    many = [
        Comment(f"{one.id}-{n}", "all", f"{one.text} Number {n} says so.")
        for n in range(4)
        for one in comments
    ]
    proposals = discover_themes(many)
    by_key = {one.key: one for one in proposals}
    parents = {one.parent for one in proposals if one.parent}

    assert parents
    assert all(by_key[parent].parent is None and not by_key[parent].members for parent in parents)


def test_comments_that_say_nothing_are_in_no_theme(comments: list[Comment]) -> None:
    proposals = discover_themes(
        [*comments, Comment("empty", "parks", "n/a"), Comment("nul", "parks", "\x00")]
    )

    assert not {"empty", "nul"} & {ident for one in proposals for ident, _ in one.members}


def test_a_person_is_never_in_a_label() -> None:
    texts = [
        f"My name is Zebedee Quillfeather and the bridge over the river is {word}."
        for word in ("old", "shut", "weak")
    ]
    proposals = discover_themes([Comment(str(n), "q", text) for n, text in enumerate(texts)])

    assert "Quillfeather" not in " ".join(term for one in proposals for term in (one.label, *one.terms))


def test_identical_texts_are_all_members_and_do_not_make_it_slow() -> None:
    proposals = discover_themes([Comment(str(n), "q", "The bridge is shut again.") for n in range(10_000)])

    assert proposals[0].size == 10_000


def test_hardly_any_text_goes_through() -> None:
    for texts in ([], [""], ["bridge"], ["the and of", "is it"], ["😀 😀 😀"], ["a\x00b", "long " * 50_000]):
        comments = [Comment(str(number), "q", text) for number, text in enumerate(texts)]
        assert all(0 <= score <= 1 for one in discover_themes(comments) for _, score in one.members)


def test_smoothing_keeps_the_number_of_points_and_draws_neighbours_together() -> None:
    chance = np.random.default_rng(5)
    vectors = unit(np.repeat(np.eye(3, 8), 40, axis=0) + 0.3 * chance.normal(size=(120, 8)))
    moved = smoothed(vectors)
    before, after = ((each[:40] @ each[:40].T).mean() for each in (vectors, moved))

    assert moved.shape == vectors.shape
    assert after > before + 0.05


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_points_are_smoothed_without_harm(count: int) -> None:
    vectors = unit(np.eye(4, dtype=np.float32)[:count])

    assert np.isfinite(smoothed(vectors)).all()
    assert len(smoothed(vectors)) == count


def test_with_many_points_neighbours_come_from_a_sample() -> None:
    vectors = unit(np.random.default_rng(1).normal(size=(9_000, 4)))
    moved = smoothed(vectors)

    np.testing.assert_allclose(np.linalg.norm(moved, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize(
    ("comments", "themes"), [(0, 1), (3, 1), (12, 3), (68, 9), (600, 19), (100_000, 102)]
)
def test_the_limit_on_themes_grows_slowly(comments: int, themes: int) -> None:
    assert expected_themes(comments) == themes
