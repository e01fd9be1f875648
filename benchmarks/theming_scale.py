"""Campaigns among many comments, and time and memory of everything, on comments recombined from sentences.

    PYTHONPATH=. BENCH_DATA=../shared/bench/data python benchmarks/theming_scale.py TASK COMMENTS [WORKERS]

TASK is campaigns, discover or code; the last two on as many processes as WORKERS says, one by default. Prints
one JSON line: seconds by the clock and of processor time (of all processes), and the peak memory of this
process and of the largest other one. `campaigns` plants 5,000 variants of 50 templates.
"""

import csv
import json
import random
import resource
import sys
import time
from collections.abc import Sequence
from typing import Any, Final

from joblib.externals.loky import get_reusable_executor
from theming_bench import DATA

from app.themes.files.reading import read_frame
from app.theming.campaigns.grouping import Campaign, find_campaigns
from app.theming.coding.matcher import suggestions
from app.theming.comments import Comment
from app.theming.discovery.proposals import discover_themes
from app.theming.points import split_points

TEMPLATES: Final = 50
VARIANTS: Final = 100  # of each template
WORDS: Final = 25  # of a recombined comment
SETS: Final = ("hotsw", "argkp", "iai_questions", "bowling_green")


def sentences() -> list[str]:
    """Every different point of six words or more in the benchmark's comments."""
    found: set[str] = set()
    for name in SETS:
        with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found |= {row["text"][span.start : span.end] for span in split_points(row["text"])}
    return sorted(text for text in found if len(text.split()) >= 6)


def recombined(count: int, pool: Sequence[str], chance: random.Random) -> list[str]:
    """Texts of WORDS words or more, each of two sentences at least, drawn by chance: the same long sentence
    sent alone by three people is a campaign by any measure, and would be counted as a mistake."""
    made = []
    for _ in range(count):
        text = f"{chance.choice(pool)} {chance.choice(pool)}"
        while len(text.split()) < WORDS:
            text = f"{text} {chance.choice(pool)}"
        made.append(text)
    return made


def variant(template: str, pool: Sequence[str], words: Sequence[str], chance: random.Random) -> str:
    """10 to 25% of the words changed, or a paragraph added."""
    if chance.random() < 0.5:
        return f"{template}\n\n{' '.join(chance.choice(pool) for _ in range(3))}"
    listed = template.split()
    for place in chance.sample(range(len(listed)), round(chance.uniform(0.10, 0.25) * len(listed))):
        listed[place] = chance.choice(words)
    return " ".join(listed)


def planted(count: int) -> tuple[list[tuple[str, str]], dict[str, int]]:
    """(id, text) pairs and the template of each variant; a template is five to eight sentences."""
    chance, pool = random.Random(4), sentences()
    words = sorted({word for text in pool for word in text.split()})
    templates = [" ".join(chance.sample(pool, chance.randint(5, 8))) for _ in range(TEMPLATES)]
    texts = recombined(count - TEMPLATES * VARIANTS, pool, chance)
    pairs = [(f"p{number}", text) for number, text in enumerate(texts)]
    owner = {}
    for number, template in enumerate(templates):
        for place in range(VARIANTS):
            owner[f"t{number}-{place}"] = number
            pairs.append((f"t{number}-{place}", variant(template, pool, words, chance)))
    chance.shuffle(pairs)
    return pairs, owner


def membership(groups: Sequence[Campaign], owner: dict[str, int]) -> dict[str, float]:
    """Right members, each group counting as the template that most of its members are of."""
    right = found = 0
    taken: set[int] = set()
    for group in groups:
        owners = [owner.get(member.id, -1) for member in group.members]
        best = max(sorted(set(owners)), key=owners.count)
        found += len(owners)
        if best >= 0 and best not in taken:
            taken.add(best)
            right += owners.count(best)
    return {
        "groups": len(groups), "precision": round(right / max(1, found), 4),
        "recall": round(right / max(1, len(owner)), 4),
    }  # fmt: skip


def campaigns(count: int) -> dict[str, Any]:
    pairs, owner = planted(count)
    start = time.perf_counter()
    groups = find_campaigns(pairs)
    return {"seconds": time.perf_counter() - start, **membership(groups, owner)}


def comments_of(count: int) -> list[Comment]:
    texts = recombined(count, sentences(), random.Random(4))
    return [Comment(f"c{number}", "one question", text) for number, text in enumerate(texts)]


def discover(count: int, workers: int) -> dict[str, Any]:
    comments = comments_of(count)
    start = time.perf_counter()
    found = discover_themes(comments, workers=workers)
    return {"seconds": time.perf_counter() - start, "themes": len(found)}


def code(count: int, workers: int) -> dict[str, Any]:
    """As `flask theming code` does, which writes each suggestion and lets it go."""
    comments, frame = comments_of(count), read_frame(DATA / "hotsw.frame.csv")
    start = time.perf_counter()
    for _ in suggestions(comments, frame, workers=workers):
        pass
    return {"seconds": time.perf_counter() - start, "themes": len(frame)}


def measure(task: str, count: int, workers: int) -> None:
    before = processor_seconds()
    sharing = {"discover": discover, "code": code}
    figures = sharing[task](count, workers) if task in sharing else campaigns(count)
    get_reusable_executor().shutdown(wait=True)  # what other processes used is known once they have ended
    figures["processor_seconds"] = round(processor_seconds() - before, 1)
    figures["seconds"] = round(figures["seconds"], 1)
    memory = {
        "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2, 2),
        "peak_gb_of_a_worker": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2, 2),
    }
    print(json.dumps({"what": task, "comments": count, "workers": workers, **figures, **memory}), flush=True)


def processor_seconds() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4) or sys.argv[1] not in ("campaigns", "discover", "code"):
        sys.exit(__doc__)
    measure(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) == 4 else 1)
