"""What the order of reading is worth, and how many planted mistakes the list of doubtful codings finds.

    PYTHONPATH=. BENCH_DATA=../shared/bench/data python benchmarks/theming_next.py [SEEDS]

F1 on a fixed fifth of the sample's respondents after 0, 50, 100, 200 and 400 comments of the others were
coded, in the order of `next_comments` in batches of 50, and in random order. Weights are from other sets.
Each seed leaves out a tenth of the others, the same for both orders. Intervals are 95%, by Student's t. The
settings of the order were chosen on another fifth. Prints one JSON line each.
"""

import json
import random
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import stats
from theming_bench import DATA, ELSEWHERE

from app.themes.files.reading import read_coded, read_frame
from app.theming.coding.weights import read_weights
from app.theming.comments import CodedComment, Coding
from app.theming.doubts import doubtful_codings
from app.theming.learning import Learner
from app.theming.reading_order import next_comments

STEPS: Final = (0, 50, 100, 200, 400)
BATCH: Final = 50
FIFTH: Final = 2
Coded = Sequence[CodedComment]
Order = Callable[[Learner, Coded, Coded, int], list[str]]


def person(one: CodedComment) -> str:
    return one.comment.id.split(".")[0]


def by_next(learner: Learner, pool: Coded, read: Coded, most: int) -> list[str]:
    chances = learner.learn(read).probabilities(one.comment.id for one in pool)
    return next_comments([one.comment for one in pool], coded=read, probabilities=chances, most=most)


def by_chance(seed: int) -> Order:
    chance = random.Random(seed)

    def order(_: Learner, pool: Coded, read: Coded, most: int) -> list[str]:
        done = {one.comment.id for one in read}
        return chance.sample(sorted(one.comment.id for one in pool if one.comment.id not in done), most)

    return order


def curve(learner: Learner, pool: Coded, held: Coded, order: Order) -> list[float]:
    by_id = {one.comment.id: one for one in pool}
    read: list[CodedComment] = []
    scores = []
    for step in STEPS:
        while len(read) < step:
            wanted = min(BATCH, step - len(read))
            read += [by_id[ident] for ident in order(learner, pool, read, wanted)]
        scores.append(f1(learner.learn(read), held))
    return scores


def f1(learner: Learner, held: Coded) -> float:
    truth = {(one.comment.id, coding.code) for one in held for coding in one.codings}
    found = learner.assigned(one.comment.id for one in held)
    made = {(ident, code) for ident, codes in found.items() for code in codes}
    return 2 * len(truth & made) / max(1, len(truth) + len(made))


def interval(values: Sequence[float]) -> dict[str, float]:
    listed = np.array(values)
    half = 0.0
    if len(listed) > 1:
        half = float(stats.t.ppf(0.975, len(listed) - 1) * listed.std(ddof=1) / np.sqrt(len(listed)))
    mean = float(listed.mean())
    return {"mean": round(mean, 4), "low": round(mean - half, 4), "high": round(mean + half, 4)}


def area(scores: npt.NDArray[np.float64]) -> float:
    """Mean height of a curve over the readings."""
    return float(np.trapezoid(scores, STEPS) / STEPS[-1])


def measure(seeds: int) -> None:
    coded, frame = read_coded(DATA / "hotsw.csv"), read_frame(DATA / "hotsw.frame.csv")
    held_out = set(sorted({person(one) for one in coded})[FIFTH::5])
    held = [one for one in coded if person(one) in held_out]
    others = [one for one in coded if person(one) not in held_out]
    learner = Learner([one.comment for one in coded], frame, weights=read_weights(ELSEWHERE))
    curves: dict[str, list[list[float]]] = {"next": [], "random": []}
    for seed in range(seeds):
        pool = random.Random(1000 + seed).sample(others, round(0.9 * len(others)))
        curves["next"].append(curve(learner, pool, held, by_next))
        curves["random"].append(curve(learner, pool, held, by_chance(seed)))
    both = {name: np.array(found) for name, found in curves.items()}
    for name, found in both.items():
        figures = {str(step): interval(found[:, place].tolist()) for place, step in enumerate(STEPS)}
        print(json.dumps({"what": f"learning curve, {name}", "seeds": seeds, "f1": figures}), flush=True)
    gaps = [area(one) - area(other) for one, other in zip(both["next"], both["random"], strict=True)]
    print(json.dumps({"what": "area between next and random", **interval(gaps)}), flush=True)
    print(json.dumps({"what": "doubtful codings", **planted_mistakes(learner, others, frame)}), flush=True)


def planted_mistakes(learner: Learner, coded: Coded, frame: Sequence[Any]) -> dict[str, float]:
    """A tenth of the comments with a theme get one of their themes exchanged for another, at random."""
    chance = random.Random(5)
    codes = sorted(theme.code for theme in frame)
    wrong: set[str] = set()
    altered = []
    for one in coded:
        if one.codings and chance.random() < 0.1:
            wrong.add(one.comment.id)
            own = {coding.code for coding in one.codings}
            other = chance.choice([code for code in codes if code not in own])
            one = replace(one, codings=(Coding(other, "concern"), *one.codings[1:]))
        altered.append(one)
    listed = dict.fromkeys(each.id for each in doubtful_codings(learner, altered, most=100_000))
    first = list(listed)[: len(wrong)]
    hits = sum(ident in wrong for ident in first)
    return {
        "comments": len(altered), "wrong": len(wrong), "found_among_as_many": round(hits / len(wrong), 3),
        "by_chance": round(len(wrong) / len(altered), 3),
    }  # fmt: skip


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
