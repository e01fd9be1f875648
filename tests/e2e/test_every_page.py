"""Every kind of page, found by following links, looked at on a phone and on a desktop."""

import re
from urllib.parse import urlsplit

import pytest

from tests.e2e import people
from tests.e2e.conftest import A_PHONE_ON_ONE_A_DESK_ON_THE_OTHER, Arrive, Stage
from tests.support.browser import Visitor

pytestmark = pytest.mark.browser
MOST_PAGES = 80
OWN_KINDS = "(start|about-you|publication|letter|check|sent|copy|change|withdraw|delete|outcome|your-data)$"
NOT_FOLLOWED = ("/static", "/healthz")
FILES = re.compile(r"\.(pdf|html)$|/exports/[0-9a-f-]{36}$")  # test_paper and test_exchange open them


def shape(path: str) -> str:
    """The kind of page: ids, references, codes and page numbers taken out."""
    parts = urlsplit(path)
    kind = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "<id>", parts.path)
    kind = re.sub(r"/(responses|themes|bulk/accept|bulk/dismiss)/[^/]+", r"/\1/<one>", kind)
    kind = re.sub(r"/draft/[a-z-]+$", "/draft/<section>", kind)
    kind = re.sub(rf"/reply/(?!{OWN_KINDS})[a-z-]+$", "/reply/<part>", kind)
    names = sorted({pair.split("=")[0] for pair in parts.query.split("&") if pair})
    return re.sub(r"/\d+", "/<n>", kind) + ("?" if names else "")


def crawl(visitor: Visitor, start: list[str], *, under: tuple[str, ...]) -> set[str]:
    """Looks at one page of each kind. The kinds it saw; raises AssertionError with the faults of all."""
    waiting, seen = list(start), {shape(path) for path in start}
    visited: set[str] = set()
    faults: list[str] = []
    while waiting and len(visited) < MOST_PAGES:
        path = waiting.pop(0)
        try:
            visitor.go(path)
        except AssertionError as fault:
            faults.append(str(fault))
            visitor.faults.clear()
        visited.add(shape(path))
        for link in visitor.page.eval_on_selector_all("a[href]", "links => links.map(a => a.href)"):
            found = urlsplit(str(link))
            inside = str(link).startswith(visitor.site) and found.path.startswith(under)
            onward = found.path + (f"?{found.query}" if found.query else "")
            if (
                inside
                and not found.path.startswith(NOT_FOLLOWED)
                and not FILES.search(found.path)
                and shape(onward) not in seen
            ):
                seen.add(shape(onward))
                waiting.append(onward)
    assert not faults, "\n".join(faults)
    return visited


@pytest.mark.parametrize(("stage", "size"), A_PHONE_ON_ONE_A_DESK_ON_THE_OTHER, indirect=["stage"])
def test_every_public_page_has_no_fault(arrive: Arrive, stage: Stage, size: dict[str, int]) -> None:
    visitor = arrive(size=size)
    people.start(visitor, stage)

    bid = f"/c/{stage.slug}"  # and no other that a test has loaded: only this one has the visitor's reply
    seen = crawl(visitor, ["/", bid, f"{bid}/reply"], under=(bid, "/p", "/a", "/co"))

    assert len(seen) >= 15, sorted(seen)


@pytest.mark.parametrize(("stage", "size"), A_PHONE_ON_ONE_A_DESK_ON_THE_OTHER, indirect=["stage"])
def test_every_officers_page_has_no_fault(arrive: Arrive, stage: Stage, size: dict[str, int]) -> None:
    officer = arrive(size=size)
    people.sign_in(officer, stage)

    seen = crawl(officer, ["/officer/", f"/officer/c/{stage.slug}", "/officer/account"], under=("/officer",))

    assert len(seen) >= 25, sorted(seen)
