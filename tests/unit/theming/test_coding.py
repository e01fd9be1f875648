import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.theming import (
    CodedComment,
    Coding,
    Comment,
    NoEncoder,
    Theme,
    WeightsError,
    code_comments,
    default_encoder,
    default_weights,
    read_weights,
)
from app.theming.coding.matcher import Suggested
from app.theming.coding.training import TrainingSet, train
from app.theming.coding.variants import with_cue_words
from app.theming.coding.weights import best_threshold, written

SUBJECTS = ("BUS", "TREE", "BIN")


def right_first(comments: list[Comment], found: list[str]) -> float:
    return float(
        np.mean([code == SUBJECTS[int(one.id[1:4]) % 3] for one, code in zip(comments, found, strict=True)])
    )


def test_a_frame_alone_puts_most_comments_right(comments: list[Comment], themes: list[Theme]) -> None:
    found = code_comments(comments, themes)

    assert [one.id for one in found] == [comment.id for comment in comments]
    assert right_first(comments, [one.suggestions[0].code for one in found]) > 0.7


def test_coded_comments_make_it_better(
    comments: list[Comment], themes: list[Theme], coded: list[CodedComment]
) -> None:
    bare = [replace(theme, label=theme.code, definition="", cue_words=()) for theme in themes]
    rest = comments[30:]
    alone = right_first(rest, [one.suggestions[0].code for one in code_comments(rest, bare)])
    taught = right_first(rest, [one.suggestions[0].code for one in code_comments(rest, bare, coded=coded)])

    assert taught >= alone
    assert taught > 0.8


def test_suggestions_are_ranked_probabilities_with_a_span(
    comments: list[Comment], themes: list[Theme]
) -> None:
    for comment, one in zip(comments, code_comments(comments, themes), strict=True):
        probabilities = [made.probability for made in one.suggestions]

        assert probabilities == sorted(probabilities, reverse=True)
        assert all(0 <= value <= 1 for value in probabilities)
        assert all(0 <= made.start < made.end <= len(comment.text) for made in one.suggestions)


def test_a_suggestion_says_why(
    comments: list[Comment], themes: list[Theme], coded: list[CodedComment]
) -> None:
    comment = Comment("R999.0", "streets", "The timetable at the bus stop is wrong.")
    (first,) = code_comments([comment], themes)
    (taught,) = code_comments([comment], themes, coded=coded)
    alone = next(made for made in first.suggestions if made.code == "BUS").reason
    with_examples = next(made for made in taught.suggestions if made.code == "BUS").reason

    assert (alone.kind, alone.cues, alone.nearest) == ("cue words", ("timetable", "bus stop"), ())
    assert with_examples.kind == "coded"
    assert set(with_examples.nearest) <= {one.comment.id for one in coded}


def test_the_order_of_comments_themes_and_examples_changes_nothing(
    comments: list[Comment], themes: list[Theme], coded: list[CodedComment]
) -> None:
    turned, others, examples = comments[:], themes[::-1], coded[::-1]
    random.Random(2).shuffle(turned)
    before = {one.id: one for one in code_comments(comments, themes, coded=coded)}
    after = {one.id: one for one in code_comments(turned, others, coded=examples)}

    assert {key: _rounded(one) for key, one in before.items()} == {
        key: _rounded(one) for key, one in after.items()
    }


def _rounded(one: Suggested) -> Suggested:
    """To a millionth: sums in another order differ in their last digit on some processors."""
    suggestions = tuple(replace(s, probability=round(s.probability, 6)) for s in one.suggestions)
    return replace(one, suggestions=suggestions)


def test_a_theme_for_one_question_is_suggested_there_only(
    comments: list[Comment], themes: list[Theme]
) -> None:
    limited = [*themes, Theme("ONLY", "Parks only", question="parks")]
    found = code_comments(comments, limited)
    used = {
        comment.question
        for comment, one in zip(comments, found, strict=True)
        for s in one.suggestions
        if s.code == "ONLY"
    }

    assert used == {"parks"}


def test_at_most_ten_themes_are_suggested(comments: list[Comment]) -> None:
    many = [Theme(f"T{number}", f"Subject {number}") for number in range(30)]

    assert all(len(one.suggestions) == 10 for one in code_comments(comments, many))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_tiny_numbers_of_comments_and_themes_go_through(
    comments: list[Comment], themes: list[Theme], count: int
) -> None:
    assert len(code_comments(comments[:count], themes)) == count
    assert len(code_comments(comments[:count], themes[:1])) == count
    assert [one.suggestions for one in code_comments(comments[:count], [])] == [()] * count


def test_text_that_says_nothing_gets_no_suggestion(themes: list[Theme]) -> None:
    found = code_comments(
        [Comment("1", "q", "n/a"), Comment("2", "q", ""), Comment("3", "q", "See above")], themes
    )

    assert [one.suggestions for one in found] == [(), (), ()]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=200), max_size=5))
def test_any_text_goes_through_and_spans_point_into_it(themes: list[Theme], texts: list[str]) -> None:
    made = [Comment(str(number), "q", text) for number, text in enumerate(texts)]
    for comment, one in zip(made, code_comments(made, themes), strict=True):
        assert all(0 <= each.start <= each.end <= len(comment.text) for each in one.suggestions)


def test_progress_is_reported_block_by_block(comments: list[Comment], themes: list[Theme]) -> None:
    calls: list[tuple[int, int]] = []
    many = [replace(one, id=f"{one.id}-{n}") for n in range(5) for one in comments]
    code_comments(many, themes, progress=lambda done, total: calls.append((done, total)))

    assert calls == [(250, 300), (300, 300), (300, 300)]


def test_weights_for_another_encoder_are_refused(comments: list[Comment], themes: list[Theme]) -> None:
    with pytest.raises(WeightsError, match="trained with the encoder"):
        code_comments(comments, themes, encoder=NoEncoder())


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"format": 2}', "not json"])
def test_a_file_that_holds_no_weights_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "weights.json"
    path.write_text(content)

    with pytest.raises(WeightsError):
        read_weights(path)


def test_weights_that_ship_say_what_they_were_trained_on() -> None:
    names = {str(record["set"]) for record in default_weights().trained_on}

    assert any("first 150" in name for name in names)
    assert all(record["licence"] for record in default_weights().trained_on)


def test_training_again_gives_the_same_file_and_it_can_be_read(
    themes: list[Theme], comments: list[Comment], tmp_path: Path
) -> None:
    coded = tuple(CodedComment(one, (Coding(SUBJECTS[int(one.id[1:4]) % 3]),)) for one in comments)
    plain = TrainingSet("made up", coded, tuple(replace(theme, cue_words=()) for theme in themes), "ours")
    sets = [plain, *with_cue_words(plain)]
    first, again = (written(train(sets, name="test", encoder=default_encoder())) for _ in range(2))
    path = tmp_path / "weights.json"
    path.write_text(first)

    assert first == again
    assert code_comments(comments, themes, weights=read_weights(path))[0].suggestions


def test_the_threshold_is_where_f1_is_best() -> None:
    probabilities, truth = np.array([0.9, 0.8, 0.3, 0.2]), np.array([True, True, False, False])

    assert 0.3 < best_threshold([(probabilities, truth)], [1.0]) <= 0.8
