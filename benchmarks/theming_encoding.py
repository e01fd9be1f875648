"""How many texts the encoder reads in a second of processor time: points of comments, and whole comments.

    PYTHONPATH=. BENCH_DATA=../shared/bench/data python benchmarks/theming_encoding.py

With THEMING_ENCODER, a folder that `make weights` built, that encoder; otherwise the one that ships. Run it
with OPENBLAS_NUM_THREADS=1 to have one thread. Prints one JSON line.
"""

import json
import random
import time
from typing import Final

from theming_scale import recombined, sentences

from app.theming.chosen_encoder import proposing_encoder

TEXTS: Final = 3_000


def measure() -> None:
    chance, pool = random.Random(4), sentences()
    given = {"points": chance.sample(pool, TEXTS), "comments": recombined(TEXTS, pool, chance)}
    encoder = proposing_encoder()
    encoder.encode(["a text before the clock starts"])
    line: dict[str, str | float] = {"what": "encoding", "encoder": encoder.name}
    for name, texts in given.items():
        start = time.process_time()
        encoder.encode(texts)
        line[f"{name}_a_processor_second"] = round(TEXTS / (time.process_time() - start))
        line[f"words_of_{name}"] = round(sum(len(text.split()) for text in texts) / TEXTS, 1)
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    measure()
