"""Times of many requests as a few numbers."""

from collections import Counter

import numpy as np

from crowd.web import Wait


def waiting(waits: list[Wait]) -> dict[str, float | int]:
    if not waits:
        return {"requests": 0}
    times = np.array([wait.waited_ms for wait in waits])
    late = np.array([wait.late_ms for wait in waits])
    return {
        "requests": len(waits),
        "p50_ms": _round(np.percentile(times, 50)),
        "p95_ms": _round(np.percentile(times, 95)),
        "p99_ms": _round(np.percentile(times, 99)),
        "max_ms": _round(times.max()),
        "left_late_p95_ms": _round(np.percentile(late, 95)),
    }


def errors(waits: list[Wait]) -> dict[str, int]:
    """By status: 0 for no answer, and what is not a page or a way on."""
    return dict(Counter(str(wait.status) for wait in waits if wait.status not in (200, 303)))


def _round(value: float) -> float:
    return round(float(value), 1)
