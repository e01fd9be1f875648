"""BERTopic beside ours: seconds and quality of proposing themes, both given the same vectors.

    PYTHONPATH=. BENCH_DATA=../shared/bench/data python benchmarks/peers.py [COMMENTS]

Makes build/peers with requirements-peers.txt once: BERTopic never enters the product's environment. The
comments (10,000 by default) are pairs of the labelled sets' comments on one question, joined and labelled
with the themes of both, all asked as one question. Vectors are made before the clock starts, ours of points
and BERTopic's of whole comments, by the same encoder; each program is warmed up on a tenth first. Prints a
line of JSON for each program; quality is that of score.py, which stands beside the folder of the data.
"""

import csv
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from theming_bench import DATA, ROOT, scored

from app.themes.files.reading import read_coded
from app.theming import CodedComment, Comment, Encoder, discover_themes, proposing_encoder, split_points
from app.theming.encoders import Floats

SETS: Final = ("argkp", "iai_questions")
PEERS: Final = ROOT / "build/peers"
REQUIREMENTS: Final = ROOT / "benchmarks/requirements-peers.txt"
QUESTION: Final = "all"


class GivenVectors:
    """An encoder that has the vectors of some texts already."""

    def __init__(self, encoder: Encoder, texts: list[str]) -> None:
        self.name, self.dimensions = encoder.name, encoder.dimensions
        self._encoder = encoder
        self._rows = dict(zip(texts, encoder.encode(texts), strict=True))

    def encode(self, texts: list[str]) -> Floats:
        if all(text in self._rows for text in texts):
            return np.stack([self._rows[text] for text in texts])
        return self._encoder.encode(texts)


def joined(count: int) -> list[tuple[Comment, frozenset[str]]]:
    """Comments with the labels of the two that each was made of."""
    asked: dict[str, list[CodedComment]] = {}
    for name in SETS:
        for one in read_coded(DATA / f"{name}.csv"):
            if one.codings:
                asked.setdefault(f"{name} {one.comment.question}", []).append(one)
    chance, everyone = random.Random(4), [(key, one) for key, mine in asked.items() for one in mine]
    made = []
    for number in range(count):
        key, first = chance.choice(everyone)
        second = chance.choice(asked[key])
        labels = frozenset(f"{key} {coding.code}" for one in (first, second) for coding in one.codings)
        text = f"{first.comment.text} {second.comment.text}"
        made.append((Comment(f"c{number}", QUESTION, text), labels))
    return made


def save(path: Path, header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def ours(folder: Path, comments: list[Comment]) -> dict[str, Any]:
    points = [one.text[span.start : span.end] for one in comments for span in split_points(one.text)]
    start = time.perf_counter()
    given = GivenVectors(proposing_encoder(), sorted(set(points)))
    encoding = time.perf_counter() - start
    discover_themes(comments[: len(comments) // 10], encoder=given)
    start, before = time.perf_counter(), time.process_time()
    found = discover_themes(comments, encoder=given)
    took = time.perf_counter() - start, time.process_time() - before
    rows = [(ident, theme.key, str(score)) for theme in found for ident, score in theme.members]
    save(folder / "ours.csv", ("id", "theme", "score"), rows)
    return figures("ours", encoding, *took)


def bertopic(folder: Path, comments: list[Comment]) -> dict[str, Any]:
    if not (PEERS / "bin/python").exists():
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
        install = ["install", "--quiet", "--no-deps", "--requirement", str(REQUIREMENTS)]
        subprocess.run([str(PEERS / "bin/pip"), *install], check=True)
    texts = [one.text for one in comments]
    start = time.perf_counter()
    np.save(folder / "vectors.npy", proposing_encoder().encode(texts))
    encoding = time.perf_counter() - start
    (folder / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    program = ROOT / "benchmarks/peers_bertopic.py"
    told = subprocess.run([PEERS / "bin/python", program, folder], check=True, capture_output=True, text=True)
    result = json.loads(told.stdout)
    rows = [(one.id, str(theme)) for one, theme in zip(comments, result["themes"], strict=True) if theme >= 0]
    save(folder / "bertopic.csv", ("id", "theme"), rows)
    return figures("BERTopic", encoding, result["seconds"], result["processor_seconds"])


def figures(program: str, encoding: float, seconds: float, processor: float) -> dict[str, Any]:
    return {
        "program": program, "seconds": round(seconds, 1), "processor_seconds": round(processor, 1),
        "with_encoding": round(seconds + encoding, 1),
    }  # fmt: skip


def measure(count: int) -> None:
    made = joined(count)
    comments = [comment for comment, _ in made]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        gold = [(one.id, one.question, one.text, "|".join(sorted(labels))) for one, labels in made]
        answers = save(folder / "gold.csv", ("id", "question", "text", "label"), gold)
        for program, out in ((ours, "ours.csv"), (bertopic, "bertopic.csv")):
            record = {**program(folder, comments), "comments": count}
            print(json.dumps({**record, **scored("discover", answers, folder / out)}), flush=True)


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
