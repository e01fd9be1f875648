"""Coding and stance on the sample in five folds by respondent; a fold's own respondents have no part in it.

    PYTHONPATH=. BENCH_DATA=../shared/bench/data python benchmarks/theming_folds.py

(a) weights from other sets, nothing of the sample; (b) weights trained on the other folds, definitions only;
(c) weights from other sets, the other folds as coded comments; (d) both. Prints one JSON line each.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from theming_bench import DATA, ELSEWHERE, answered

from app.themes.files.reading import read_coded, read_frame
from app.theming.chosen_encoder import default_encoder
from app.theming.coding.matcher import Suggested, code_comments
from app.theming.coding.training import TrainingSet, train
from app.theming.coding.weights import Weights, read_weights
from app.theming.comments import STANCES, CodedComment
from app.theming.stance_training import train_stance

FOLDS: Final = 5
Pair = tuple[str, str]


def measure() -> None:
    """Print the figures of each way."""
    everyone = answered(read_coded(DATA / "hotsw.csv"))
    frame, elsewhere = read_frame(DATA / "hotsw.frame.csv"), read_weights(ELSEWHERE)
    trained = [trained_without(fold, everyone) for fold in range(FOLDS)]
    ways: dict[str, Callable[[int], tuple[Weights, Sequence[CodedComment]]]] = {
        "a: other sets only": lambda fold: (replace(elsewhere, stance=trained[fold].stance), ()),
        "b: trained on the other folds, definitions only": lambda fold: (trained[fold], ()),
        "c: other sets, other folds coded": lambda fold: (
            replace(elsewhere, stance=trained[fold].stance), but(fold, everyone),
        ),
        "d: trained on the other folds and coded": lambda fold: (trained[fold], but(fold, everyone)),
    }  # fmt: skip
    for name, way in ways.items():
        found: list[Suggested] = []
        for fold in range(FOLDS):
            weights, coded = way(fold)
            mine = [one.comment for one in within(fold, everyone)]
            found += code_comments(mine, frame, coded=coded, weights=weights)
        print(json.dumps({"what": name, **figures(everyone, found)}), flush=True)


def folds_of(coded: Sequence[CodedComment]) -> npt.NDArray[np.intp]:
    """Fold of each comment: respondents in sorted order, dealt round."""
    people = sorted({one.comment.id.split(".")[0] for one in coded})
    place = {person: number % FOLDS for number, person in enumerate(people)}
    return np.array([place[one.comment.id.split(".")[0]] for one in coded], np.intp)


def within(fold: int, coded: Sequence[CodedComment]) -> list[CodedComment]:
    return [one for one, place in zip(coded, folds_of(coded), strict=True) if place == fold]


def but(fold: int, coded: Sequence[CodedComment]) -> list[CodedComment]:
    return [one for one, place in zip(coded, folds_of(coded), strict=True) if place != fold]


def trained_without(fold: int, coded: Sequence[CodedComment]) -> Weights:
    """Weights of the matcher and of stances from the other folds alone."""
    frame, others, encoder = read_frame(DATA / "hotsw.frame.csv"), but(fold, coded), default_encoder()
    made = train([TrainingSet("other folds", tuple(others), tuple(frame))], name="fold", encoder=encoder)
    return replace(made, stance=train_stance(others, frame, encoder))


def figures(gold: Sequence[CodedComment], found: Sequence[Suggested]) -> dict[str, Any]:
    """Micro and macro F1, precision, recall, a right theme first and among five, calibration, stance."""
    right = {one.comment.id: {coding.code for coding in one.codings} for one in gold}
    truth = {(ident, code) for ident, codes in right.items() for code in codes}
    made = {(one.id, each.code) for one in found for each in one.suggestions if each.assigned}
    tops = {
        n: [bool(right[one.id] & {s.code for s in one.suggestions[:n]}) for one in found if right[one.id]]
        for n in (1, 5)
    }
    pairs = [(each.probability, (one.id, each.code) in truth) for one in found for each in one.suggestions]
    return {
        "f1": round(2 * len(truth & made) / max(1, len(truth) + len(made)), 4),
        "macro": round(macro(truth, made), 4),
        "precision": round(len(truth & made) / max(1, len(made)), 4),
        "recall": round(len(truth & made) / max(1, len(truth)), 4),
        **{f"top{n}": round(float(np.mean(hits)), 4) for n, hits in tops.items()},
        "calibration_error": round(calibration_error(pairs), 4),
        **stances(gold, found),
    }


def macro(truth: set[Pair], made: set[Pair]) -> float:
    """Mean F1 over the themes that are used at least five times."""
    scores = []
    for code in sorted({code for _, code in truth}):
        mine, theirs = ({pair for pair in pairs if pair[1] == code} for pairs in (truth, made))
        if len(mine) >= 5:
            scores.append(2 * len(mine & theirs) / (len(mine) + len(theirs)))
    return float(np.mean(scores))


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error in ten bins of equal width (Naeini and others 2015)."""
    chances, hits = np.array([chance for chance, _ in pairs]), np.array([hit for _, hit in pairs])
    bins = np.minimum((chances * 10).astype(int), 9)
    return float(
        sum(
            abs(chances[bins == b].mean() - hits[bins == b].mean()) * (bins == b).mean()
            for b in np.unique(bins)
        )
    )


def stances(gold: Sequence[CodedComment], found: Sequence[Suggested]) -> dict[str, Any]:
    """Stance of the right themes among the ten suggested, and of those that were assigned: right if any gold
    stance of that theme in the comment is the same."""
    told: dict[Pair, set[str]] = {}
    for one in gold:
        for coding in one.codings:
            if coding.stance:
                told.setdefault((one.comment.id, coding.code), set()).add(coding.stance)
    seen = [
        (told[one.id, each.code], each.stance, each.assigned)
        for one in found for each in one.suggestions if (one.id, each.code) in told
    ]  # fmt: skip
    return {
        "stance": share(each in right for right, each, _ in seen),
        "stance_of_assigned": share(each in right for right, each, assigned in seen if assigned),
        "always_concern": share("concern" in right for right, _, _ in seen),
        "stance_macro": round(stance_macro([(right, each) for right, each, _ in seen]), 4),
    }


def stance_macro(seen: Sequence[tuple[set[str], str]]) -> float:
    scores = []
    for stance in STANCES:
        both = sum(stance in right and each == stance for right, each in seen)
        total = sum(stance in right for right, _ in seen) + sum(each == stance for _, each in seen)
        scores.append(2 * both / max(1, total))
    return float(np.mean(scores))


def share(hits: Iterable[bool]) -> float:
    listed = list(hits)
    return round(sum(listed) / max(1, len(listed)), 4)


if __name__ == "__main__":
    measure()
