"""Many people at once, for the benchmarks: drafts, browsers, and what became of the responses."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))  # the product, for scripts that are run by their path
