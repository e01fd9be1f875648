"""A real browser on the real product, on each database."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, expect, sync_playwright

from tests.support.browser import DESKTOP, PHONE, Visitor, launch, visitor
from tests.support.databases import fresh_postgresql, fresh_sqlite
from tests.support.site import ROOT, Site, running

expect.set_options(timeout=15_000)  # as a visitor waits for a page: a busy machine is no failure
SAMPLE = yaml.safe_load((ROOT / "sample" / "consultation.yaml").read_text())


@dataclass
class Stage:
    """The site with the sample on it, themed, and the first officer, who holds every role of it."""

    site: Site
    slug: str
    email: str
    password: str


@pytest.fixture(scope="session")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Stage]]:
    """Each stage is set once a worker, in whatever order the tests ask for the two."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    with ExitStack() as stack:

        @cache
        def stage_on(database: str) -> Stage:
            if database == "sqlite":
                url = stack.enter_context(fresh_sqlite(tmp_path_factory.mktemp("e2e")))
            else:
                url = stack.enter_context(fresh_postgresql(f"soundings_e2e_{worker}"))
            return _prepare(stack.enter_context(running(url, tmp_path_factory.mktemp("instance"))))

        yield stage_on


def on(database: str, *device: object) -> Any:
    """A case of a test on one database: with its device, for a test that shares the devices out to the two.
    One worker sets one stage, which takes half a minute, and not each worker both."""
    return pytest.param(database, *device, marks=pytest.mark.xdist_group(f"stage-{database}"))


ON_EACH = [on("sqlite"), on("postgresql")]
# Both sizes, with and without scripts, on each database; each of the four mixtures on one of them.
SCRIPTS_AND_SIZE = ("stage", "scripts", "size")
ON_EACH_A_PHONE_AND_A_DESK = [
    on("sqlite", True, PHONE),
    on("sqlite", False, DESKTOP),
    on("postgresql", False, PHONE),
    on("postgresql", True, DESKTOP),
]
A_PHONE_ON_ONE_A_DESK_ON_THE_OTHER = [on("sqlite", PHONE), on("postgresql", DESKTOP)]


@pytest.fixture(params=ON_EACH)
def stage(request: pytest.FixtureRequest, stages: Callable[[str], Stage]) -> Stage:
    # xdist writes the group into the name; under a pytest that has none, each worker would set each stage.
    scattered = request.config.getoption("loadgroup", False) and "@stage-" not in request.node.nodeid
    assert not scattered, "pytest-xdist does not keep the tests of a stage together"
    return stages(request.param)


def _prepare(site: Site) -> Stage:
    site.flask("sample", "load")
    told = site.flask("officer", "first")
    site.start_web()
    site.start_worker()
    stage = Stage(
        site=site,
        slug=str(SAMPLE["slug"]),
        email=_after("Officer:", told),
        password=_after("Password:", told),
    )
    site.wait_for_jobs()
    return stage


def _after(word: str, told: str) -> str:
    line = next(line for line in told.splitlines() if line.startswith(word))
    return line.removeprefix(word).strip()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


Arrive = Callable[..., Visitor]


@pytest.fixture
def arrive(browser: Browser, stage: Stage) -> Iterator[Arrive]:
    """Call it for each device a person uses: arrive(scripts=False, size=PHONE, touch=True)."""
    with ExitStack() as stack:

        def new(*, scripts: bool = True, size: dict[str, int] = DESKTOP, touch: bool = False) -> Visitor:
            site = stage.site.url
            return stack.enter_context(visitor(browser, site, scripts=scripts, size=size, touch=touch))

        yield new


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    return Path(os.environ.get("PICTURES", tmp_path))
