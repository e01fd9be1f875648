"""Train and measure the engine. Prints JSON, one line a result.

    PYTHONPATH=. BENCH_DATA=../shared/bench/data python benchmarks/theming_bench.py train
    ... theming_bench.py measure

`train` writes the weights that ship: `elsewhere.json` from the sets that are not the sample's, and
`default.json` and `stance.json` with the sample's 150 respondents who sent first. `measure` runs the commands
on the sets and scores them with score.py, which stands beside the folder of the data.

With THEMING_ENCODER, a folder that `make weights` built, everything is done with that encoder beside the one
that ships; `train` then writes `sentences-elsewhere.json`, `sentences.json` and `stance-sentences.json`.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from app.themes.files.code import code_file
from app.themes.files.discover import discover_file
from app.themes.files.reading import read_coded, read_frame
from app.themes.files.triage import triage_file
from app.theming.choice import choose_encoder
from app.theming.chosen_encoder import default_encoder
from app.theming.coding.training import TrainingSet, train
from app.theming.coding.variants import with_cue_words
from app.theming.coding.weights import written
from app.theming.comments import CodedComment, Theme
from app.theming.encoders import Encoder
from app.theming.stance_training import train_stance

ROOT: Final = Path(__file__).resolve().parent.parent
DATA: Final = Path(os.environ.get("BENCH_DATA", ROOT.parent / "shared/bench/data"))
SAMPLE: Final = Path(os.environ.get("SAMPLE", ROOT / "sample/responses.jsonl"))
ENCODER: Final = os.environ.get("THEMING_ENCODER")
WEIGHTS: Final = ROOT / "app/theming/weights"
ELSEWHERE: Final = WEIGHTS / ("sentences-elsewhere.json" if ENCODER else "elsewhere.json")
DEFAULT: Final = WEIGHTS / ("sentences.json" if ENCODER else "default.json")
FIRST: Final = 150  # respondents whose comments may be trained on
OTHERS: Final = 0.1  # weight of each of the other sets beside the sample's
SETS: Final = ("hotsw", "argkp", "iai_questions", "bowling_green")
MIT: Final = "i.AI Consult, synthetic, MIT"
CDLA: Final = "IBM ArgKP-2021, CDLA-Sharing-1.0"
OURS: Final = "the sample's 150 respondents who sent first, written for this product"

choose_encoder(Path(ENCODER) if ENCODER else None)


def responses() -> list[dict[str, Any]]:
    """The sample's respondents in the order in which they sent."""
    lines = SAMPLE.read_text(encoding="utf-8").splitlines()
    return sorted(map(json.loads, lines), key=lambda one: (one["submitted"], one["id"]))


def first_ids() -> set[str]:
    """Ids of the respondents who sent first; nothing of the others is ever trained on."""
    return {one["id"] for one in responses()[:FIRST]}


def frame_of_labels(coded: Sequence[CodedComment]) -> tuple[Theme, ...]:
    """A frame for a set that has none: its labels, each for the question it was used in."""
    pairs = {(one.comment.question, coding.code) for one in coded for coding in one.codings}
    return tuple(Theme(code, code, question=question) for question, code in sorted(pairs))


def other_sets(weight: float) -> list[TrainingSet]:
    """The sets that are not the sample's, without and with cue words."""
    iai = tuple(read_coded(DATA / "iai_questions.csv"))
    argkp = tuple(read_coded(DATA / "argkp.csv"))
    plain = [
        TrainingSet("iai_questions", iai, tuple(read_frame(DATA / "iai_questions.frame.csv")), MIT, weight),
        TrainingSet("argkp", argkp, frame_of_labels(argkp), CDLA, weight),
    ]
    return plain + [variant for one in plain for variant in with_cue_words(one)]


def train_all() -> None:
    """Write the weights files: two, and that of stances."""
    encoder = default_encoder()
    elsewhere = train(other_sets(1.0), name=ELSEWHERE.stem, encoder=encoder)
    ELSEWHERE.write_text(written(elsewhere), encoding="utf-8")
    ids = first_ids()
    coded = tuple(one for one in read_coded(DATA / "hotsw.csv") if one.comment.id.split(".")[0] in ids)
    frame = tuple(read_frame(DATA / "hotsw.frame.csv"))
    sets = [TrainingSet("sample, first 150 respondents", coded, frame, OURS), *other_sets(OTHERS)]
    DEFAULT.write_text(written(train(sets, name=DEFAULT.stem, encoder=encoder)), encoding="utf-8")
    train_stances(coded, frame, encoder)


def train_stances(coded: Sequence[CodedComment], frame: Sequence[Theme], encoder: Encoder) -> None:
    """With a sentence encoder, only what that one adds."""
    record = train_stance(answered(coded), frame, encoder)
    name = "stance.json"
    if ENCODER:
        name = "stance-sentences.json"
        record = {"encoder": encoder.name, "with_sentences": record["with_sentences"]}
    (WEIGHTS / name).write_text(json.dumps({"trained_on": OURS, **record}) + "\n", encoding="utf-8")


def answered(coded: Sequence[CodedComment]) -> list[CodedComment]:
    """Comments of the sample with the closed answer that each explains."""
    closed = {one["id"]: one["closed"] for one in responses()}
    answers = [closed[one.comment.id.split(".")[0]].get(one.comment.question) for one in coded]
    return [
        replace(one, comment=replace(one.comment, closed=answer if isinstance(answer, str) else None))
        for one, answer in zip(coded, answers, strict=True)
    ]


def measure() -> None:
    """Every figure that docs/theming.md gives."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        for name in SETS:
            out = here / "out.csv"
            seconds = timed(lambda source=DATA / f"{name}.csv", out=out: discover_file(source, out))
            report(f"discover {name}", seconds, scored("discover", DATA / f"{name}.csv", out))
        first, last = split(here)
        measure_code(here, "code hotsw, weights from elsewhere", DATA / "hotsw.csv", weights=ELSEWHERE)
        measure_code(here, "code last 100, weights from elsewhere", last, weights=ELSEWHERE)
        measure_code(here, "code last 100", last)
        measure_code(here, "code last 100, first 150 as coded", last, coded=first)
        measure_code(
            here,
            "code last 100, weights from elsewhere, first 150 as coded",
            last,
            weights=ELSEWHERE,
            coded=first,
        )
        seconds = timed(lambda: triage_file(DATA / "hotsw.csv", here / "triage.csv"))
        report("triage hotsw with campaigns", seconds, {"campaigns": campaigns(here / "triage.csv")})


def measure_code(
    folder: Path, name: str, source: Path, *, coded: Path | None = None, weights: Path | None = None
) -> None:
    out = folder / "code.csv"
    seconds = timed(lambda: code_file(source, DATA / "hotsw.frame.csv", out, coded=coded, weights=weights))
    report(name, seconds, {**scored("code", source, out), **stances(source, out)})


def split(folder: Path) -> tuple[Path, Path]:
    """The comments of those who sent first and last, with closed answers, as two files."""
    closed = {one["id"]: one["closed"] for one in responses()}
    ids = first_ids()
    with (DATA / "hotsw.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        answer = closed[row["id"].split(".")[0]].get(row["question"])
        row["closed"] = answer if isinstance(answer, str) else ""
    paths = folder / "first.csv", folder / "last.csv"
    for path, wanted in zip(paths, (True, False), strict=True):
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(row for row in rows if (row["id"].split(".")[0] in ids) is wanted)
    return paths


def timed(work: Any) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def scored(task: str, gold: Path, out: Path) -> dict[str, Any]:
    command = [sys.executable, str(DATA.parent / "score.py"), task, str(gold), str(out)]
    found: dict[str, Any] = json.loads(
        subprocess.run(command, check=True, capture_output=True, text=True).stdout
    )
    return found


def stances(gold: Path, out: Path) -> dict[str, float]:
    """Share of the right themes that were assigned whose stance is right as well."""
    right = {
        (one.comment.id, coding.code): coding.stance for one in read_coded(gold) for coding in one.codings
    }
    with out.open(encoding="utf-8", newline="") as file:
        made = [
            row
            for row in csv.DictReader(file)
            if row["assigned"] == "1" and (row["id"], row["code"]) in right
        ]
    hits = sum(right[row["id"], row["code"]] == row["stance"] for row in made)
    return {"stance": round(hits / max(1, len(made)), 4), "stances": len(made)}


def campaigns(out: Path) -> dict[str, int]:
    counts: dict[str, int] = {}
    with out.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["campaign"]:
                counts[row["campaign"]] = counts.get(row["campaign"], 0) + 1
    return counts


def report(name: str, seconds: float, figures: Mapping[str, Any]) -> None:
    print(json.dumps({"what": name, "seconds": round(seconds, 1), **figures}), flush=True)


if __name__ == "__main__":
    tasks = {"train": train_all, "measure": measure}
    if len(sys.argv) != 2 or sys.argv[1] not in tasks:
        sys.exit(__doc__)
    tasks[sys.argv[1]]()
