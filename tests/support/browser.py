"""A browser that watches the page as a strict visitor: axe, console, failed requests, horizontal scroll."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response

from tests.support.page_shape import page_shape

AXE = Path(__file__).parents[1] / "e2e" / "vendor" / "axe.min.js"
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Without the windows and toolbars that `chromium --headless` draws for each visitor all the same
CHROMIUM = "/usr/bin/chromium-headless-shell"
# As root, without a display, and without a word to any host but ours.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_sound: set[tuple[int, str]] = set()
PHONE = {"width": 320, "height": 640}
DESKTOP = {"width": 1280, "height": 900}


def launch(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS)


class Visitor:
    """One person on one device. Every page they land on is checked by `look`."""

    def __init__(self, context: BrowserContext, site: str, *, scripts: bool) -> None:
        self.context = context
        self.site = site
        self.scripts = scripts
        self.faults: list[str] = []
        self.refusals_expected = 0
        self.page: Page = context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._answered)

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium logs an expected refusal (422) as a console error of its own.
        if message.type == "error" and "the server responded with a status of 422" not in message.text:
            self.faults.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"request failed: {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status != 422:
            self.faults.append(f"{response.status} from {response.url}")
        if not response.url.startswith((self.site, "data:", "blob:")):
            self.faults.append(f"a request left the site: {response.url}")

    def go(self, path: str) -> None:
        self.page.goto(self.site + path)
        self.look()

    def press(self, name: str, *, role: str = "button", exact: bool = True) -> None:
        """Press a button or follow a link by its words, then look at where one lands."""
        self.page.get_by_role(role, name=name, exact=exact).first.click()  # type: ignore[arg-type]
        self.page.wait_for_load_state()
        self.look()

    def look(self) -> None:
        """Raises AssertionError, naming the page, for anything a visitor with any tool would stumble over."""
        where = self.page.url
        assert not self.faults, f"{where}: {self.faults}"
        inner, outer = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert inner <= outer, f"{where}: scrolls sideways, {inner} px in {outer}"
        if self.scripts and (seen := (inner, page_shape(self.page.content()))) not in _sound:
            violations = self._axe()
            assert not violations, f"{where}: {violations}"
            _sound.add(seen)

    def _axe(self) -> list[str]:
        self.page.evaluate(AXE.read_text())
        result = self.page.evaluate(
            "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", AXE_RULES
        )
        return [f"{v['id']}: {[n['html'][:160] for n in v['nodes']][:3]}" for v in result["violations"]]

    def text(self) -> str:
        return str(self.page.inner_text("main"))


@contextmanager
def visitor(
    browser: Browser,
    site: str,
    *,
    scripts: bool = True,
    size: dict[str, int] = DESKTOP,
    touch: bool = False,
) -> Iterator[Visitor]:
    context = browser.new_context(
        java_script_enabled=scripts,
        viewport=size,  # type: ignore[arg-type]
        has_touch=touch,
        locale="en-GB",
        timezone_id="Europe/London",
        bypass_csp=False,
    )
    context.set_default_timeout(15_000)
    try:
        yield Visitor(context, site, scripts=scripts)
    finally:
        context.close()
