"""BERTopic on texts and vectors of a folder: run by peers.py with the Python of build/peers, not by hand.

    build/peers/bin/python benchmarks/peers_bertopic.py FOLDER

FOLDER has texts.json and vectors.npy. Prints the theme of each text (-1: none) and the time without the
warm-up, in which numba compiles. All settings are BERTopic's own.
"""

import json
import sys
import time
from importlib import import_module
from pathlib import Path

import numpy as np

folder = Path(sys.argv[1])
texts = json.loads((folder / "texts.json").read_text(encoding="utf-8"))
vectors = np.load(folder / "vectors.npy")
BERTopic = import_module("bertopic").BERTopic


def themes(count: int) -> list[int]:
    """Those of the first `count` texts."""
    return [int(theme) for theme in BERTopic().fit_transform(texts[:count], vectors[:count])[0]]


themes(max(500, len(texts) // 10))
start, before = time.perf_counter(), time.process_time()
answer = themes(len(texts))
took = {"seconds": time.perf_counter() - start, "processor_seconds": time.process_time() - before}
print(json.dumps({"themes": answer, **took}))
