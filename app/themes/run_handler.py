"""What the factory registers for the jobs of theming.

The engine takes seconds and a hundred megabytes to load. Web processes are made by the same factory and never
need it, so it is loaded when a worker takes up its first run (decision 0061).
"""

from importlib import import_module

from app.jobs.work import Work
from app.theming.choice import choose_encoder

__all__ = ["choose_encoder", "compare_last_two", "learn", "measure_agreement", "run_theming"]


def run_theming(work: Work) -> None:
    import_module("app.themes.services.run_theming").run_theming(work)


def learn(work: Work) -> None:
    import_module("app.themes.services.learn").learn(work)


def measure_agreement(work: Work) -> None:
    import_module("app.themes.services.measure_agreement").measure_agreement(work)


def compare_last_two(work: Work) -> None:
    import_module("app.themes.services.compare_runs").compare_last_two(work)
