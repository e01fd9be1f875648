from dataclasses import replace

import numpy as np

from app.theming import (
    STANCES,
    CodedComment,
    Coding,
    Comment,
    Theme,
    code_comments,
    default_encoder,
    default_weights,
)
from app.theming.coding.adapting import adapted, learnt, most_probable
from app.theming.coding.features import WITH_EXAMPLES, PairFeatures
from app.theming.encoders import Floats
from app.theming.points import Span
from app.theming.stance import StanceModel, usual_stances


def test_a_coded_comment_is_seen_as_if_it_were_not(
    comments: list[Comment], themes: list[Theme], coded: list[CodedComment]
) -> None:
    first, others = coded[0], coded[1:]
    wrong = CodedComment(first.comment, (Coding("TREE" if first.codings[0].code != "TREE" else "BIN"),))
    features = [
        PairFeatures(default_encoder()).fit(comments, themes, coded=[one, *others]) for one in (first, wrong)
    ]
    here = [each.transform(each.space_.view([first.comment])) for each in features]

    np.testing.assert_allclose(here[0], here[1], atol=1e-4)


def test_a_reason_is_never_the_comment_itself(
    comments: list[Comment], themes: list[Theme], coded: list[CodedComment]
) -> None:
    for one in code_comments(comments[:30], themes, coded=coded):
        assert all(one.id not in made.reason.nearest for made in one.suggestions)


def test_weights_stay_as_they_are_when_nothing_is_coded(comments: list[Comment], themes: list[Theme]) -> None:
    model = default_weights().day_one

    assert adapted(model, PairFeatures(default_encoder()).fit(comments, themes)) is model


def test_what_officers_coded_moves_the_weights_towards_it() -> None:
    model = default_weights().with_examples
    chance = np.random.default_rng(3)
    values = chance.normal(model.mean, model.scale, (200, 4, len(WITH_EXAMPLES))).astype(np.float32)
    truth = values[:, :, 0] > model.mean[0]
    taught = learnt(model, values, truth)

    assert taught.coefficients[0] > model.coefficients[0] * model.slope
    assert np.mean((taught.probabilities(values) > 0.5) == truth) > 0.8
    assert learnt(model, values, truth) == taught


def test_one_kind_of_answer_alone_does_not_run_away() -> None:
    values = np.ones((50, 1))
    found = most_probable(values, np.ones(50), np.zeros(1), np.ones(1))

    assert 0 < found[0] < 10


def test_how_a_theme_usually_stands_guides_the_stance(comments: list[Comment], themes: list[Theme]) -> None:
    codings = [Coding("BUS", "support"), Coding("BIN", "concern"), Coding("TREE", "suggestion")]
    coded = [CodedComment(one, tuple(codings)) for one in comments]
    found = code_comments([Comment("new", "streets", "The bus by the mill.")], themes, coded=coded)
    stances = {made.code: made.stance for made in found[0].suggestions}

    assert stances["BUS"] == "support"
    assert stances["BIN"] == "concern"


def test_a_comment_has_no_part_in_what_is_usual_for_it(comments: list[Comment], themes: list[Theme]) -> None:
    coded = [CodedComment(one, (Coding("BUS", "concern"),)) for one in comments]
    odd = CodedComment(comments[0], (Coding("BUS", "support"),))
    model = StanceModel(default_encoder()).fit([odd, *coded[1:]])
    plain = StanceModel(default_encoder()).fit(coded[1:])

    np.testing.assert_allclose(
        model._usually("BUS", comments[0].id), usual_stances(plain._counts["BUS"], model._base), atol=1e-6
    )


class _Sentences:
    """The encoder that ships beside one of sentences by this name, whose vectors are all the same."""

    dimensions = 256 + 384

    def __init__(self, name: str) -> None:
        self.name = f"{default_encoder().name} + {name}"

    def encode(self, texts: list[str]) -> Floats:
        return np.hstack([default_encoder().encode(texts), np.full((len(texts), 384), 0.05, np.float32)])


def test_a_sentence_encoder_has_a_second_opinion_on_stance(
    comments: list[Comment], themes: list[Theme]
) -> None:
    coded = [CodedComment(one, (Coding("BUS", "concern"),)) for one in comments]
    trained = StanceModel(_Sentences("any folder ae02effbe9c2")).fit(coded)
    untrained = StanceModel(_Sentences("any folder 000000000000")).fit(coded)
    sure = replace(trained._weights["with_sentences"], intercepts=np.array([0, 0, 0, 50], np.float32))
    trained._weights = {**trained._weights, "with_sentences": sure}
    asked = (comments[0], themes[:2], [Span(0, 9), Span(0, 9)])

    assert trained.suggest(*asked) == [STANCES[3]] * 2
    assert untrained.suggest(*asked) == StanceModel(default_encoder()).fit(coded).suggest(*asked)


def test_stances_are_suggested_without_any_theme(comments: list[Comment]) -> None:
    assert StanceModel(default_encoder()).suggest(comments[0], [], []) == []


def test_weights_of_a_file_may_have_stances_of_their_own(
    comments: list[Comment], themes: list[Theme]
) -> None:
    plain = {"mean": [0.0] * 536, "scale": [1.0] * 536, "coefficients": [[0.0] * 536] * 4}
    usual = {"mean": [0.0] * 28, "scale": [1.0] * 28, "coefficients": [[0.0] * 28] * 4}
    record = {
        "day_one": {**plain, "intercepts": [0.0, 0.0, 0.0, 1.0]},
        "with_examples": {**usual, "intercepts": [0.0, 0.0, 0.0, 1.0]},
    }
    weights = replace(default_weights(), stance=record)
    found = code_comments(comments, themes, weights=weights)

    assert {made.stance for one in found for made in one.suggestions} == {"neutral"}
