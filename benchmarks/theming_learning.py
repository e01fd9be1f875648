"""How long learning takes at 5,000 codings, and a suggestion after it.

    PYTHONPATH=. BENCH_DATA=../shared/bench/data python benchmarks/theming_learning.py [CODINGS]

The coded comments are the sample's again and again, each copy without a tenth of its words, with the quotes
and codings of the original. Prints one JSON line. Times are processor
time: run it with OPENBLAS_NUM_THREADS=1, as the worker does.
"""

import json
import random
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from theming_bench import DATA

from app.themes.files.reading import read_coded, read_frame
from app.theming.comments import CodedComment, Coding
from app.theming.learning import Learner

NEW: Final = 10  # comments coded between one learning and the next
ROUNDS: Final = 5


def coded_comments(codings: int) -> list[CodedComment]:
    """Comments with `codings` codings in all."""
    chance, originals = random.Random(4), read_coded(DATA / "hotsw.csv")
    made: list[CodedComment] = []
    count = 0
    while count < codings:
        original = originals[len(made) % len(originals)]
        made.append(_copy(original, len(made), chance))
        count += len(original.codings)
    return made


def _copy(one: CodedComment, number: int, chance: random.Random) -> CodedComment:
    comment = replace(one.comment, id=f"L{number}.0", text=_thinned(one.comment.text, chance))
    codings = tuple(
        Coding(each.code, each.stance, tuple(_thinned(quote, chance) for quote in each.quotes))
        for each in one.codings
    )
    return CodedComment(comment, codings)


def _thinned(text: str, chance: random.Random) -> str:
    return " ".join(word for word in text.split() if chance.random() > 0.1) or text


def seconds(work: Callable[[], object]) -> float:
    """Processor time of this process: what a quiet machine takes, with one thread."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(codings: int) -> None:
    coded, frame = coded_comments(codings), read_frame(DATA / "hotsw.frame.csv")
    comments = [one.comment for one in coded]
    learner = Learner(comments, frame)
    first = seconds(lambda: learner.learn(coded[: -NEW * ROUNDS]))
    again = [
        seconds(lambda upto=upto: learner.learn(coded[:upto]))  # type: ignore[misc]
        for upto in range(len(coded) - NEW * (ROUNDS - 1), len(coded) + 1, NEW)
    ]
    learner.suggest([comments[0].id])
    one = [seconds(lambda ident=one.id: learner.suggest([ident])) for one in comments[-20:]]  # type: ignore[misc]
    print(json.dumps({
        "what": "learning", "codings": codings, "comments": len(coded), "first_seconds": round(first, 2),
        "again_seconds": [round(each, 3) for each in again],
        "suggestion_milliseconds": round(1000 * sorted(one)[len(one) // 2], 1),
        "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2, 2),
    }))  # fmt: skip


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
