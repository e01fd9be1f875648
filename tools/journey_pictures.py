"""The public's journey for docs/journey.md, on a phone and on a computer, while open and after closing."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

PHONE = {"width": 375, "height": 760}
COMPUTER = {"width": 1024, "height": 760}
SIZES = {"phone": PHONE, "computer": COMPUTER}
COLOURS = 64  # a page of text has few; the files stay small
COMMENT = "The last bus home leaves at ten past five, so nobody here can take a job in town."
ON_A_PARAGRAPH = "This should say who pays for the buses after the first two years."


@dataclass
class Walk:
    """One person on one device. `take` keeps what the window shows under a name."""

    page: Page
    base: str
    folder: Path

    @property
    def site(self) -> str:
        return self.base.split("/c/")[0]

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.page.wait_for_load_state()

    def take(self, name: str, *, at: str | None = None) -> None:
        if at:
            self.page.locator(at).first.evaluate("element => element.scrollIntoView({block: 'start'})")
        keep_small(self.page.screenshot(), self.folder / f"{name}.png")


def keep_small(png: bytes, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.open(BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
        path, optimize=True
    )


def take_journey(browser: Browser, *, site: str, slug: str, database: Path, folder: Path) -> None:
    walks, drafts = [], []
    for size, window in SIZES.items():
        for_an_organisation(browser, f"{site}/c/{slug}", window, folder / size)
        walk = _walk(browser, f"{site}/c/{slug}", window, folder / size)
        while_open(walk)
        walks.append(walk)
        other = _walk(browser, f"{site}/c/{slug}", window, folder / size)
        begin(other)
        answer(other)
        drafts.append(other)
    close(database)
    for walk in drafts:
        walk.go("/reply")
        walk.take("closed")
    for walk in walks:
        after_closing(walk)


def _walk(browser: Browser, base: str, window: dict[str, int], folder: Path) -> Walk:
    page = browser.new_page(viewport=window, device_scale_factor=1, locale="en-GB")  # type: ignore[arg-type]
    page.set_default_timeout(60_000)
    return Walk(page, base, folder)


def begin(walk: Walk) -> None:
    walk.go("/reply/start")
    walk.page.get_by_label("For myself").check()
    walk.press("Continue")


def answer(walk: Walk) -> None:
    walk.go("/reply/place")
    walk.page.locator("main input[type=radio]").nth(3).check()
    walk.page.locator("main textarea").first.fill(COMMENT)


def while_open(walk: Walk) -> None:
    walk.go("")
    walk.take("consultation")
    walk.page.goto(f"{walk.site}/contact")
    walk.take("help")
    walk.go("/questions")
    walk.take("questions", at="h1")
    walk.go("/draft/place")
    walk.take("draft", at="h1")
    commenting = walk.page.locator("main a", has_text="Comment on this").nth(1).get_attribute("href")
    walk.go("/reply/start")
    walk.take("start")
    begin(walk)
    answer(walk)
    walk.take("part", at="main fieldset")
    walk.press("Save and come back later")
    walk.page.goto(f"{walk.site}{commenting}")
    walk.page.get_by_label("Comment on paragraph").first.fill(ON_A_PARAGRAPH)
    walk.take("paragraph", at="h2:has-text('Your comments on paragraphs')")
    walk.press("Save and come back later")
    walk.take("task-list")
    walk.go("/reply/publication")
    walk.take("publication", at="main fieldset")
    walk.go("/reply/check")
    walk.take("check", at="h1")
    walk.press("Send your response")
    walk.take("equality")
    walk.go("/reply/equality/1")
    walk.take("equality-question")
    walk.go("/reply/sent")
    walk.take("sent")
    walk.go("/reply/copy")
    walk.take("copy")
    walk.go("/reply/sent")
    walk.press("Change your response")
    walk.go("/reply")
    walk.take("change")
    walk.go("/reply/withdraw")
    walk.take("withdraw", at="h1")
    walk.page.goto(f"{walk.site}/continue")
    walk.take("continue")


def for_an_organisation(browser: Browser, base: str, window: dict[str, int], folder: Path) -> None:
    """The one who answers for it invites a colleague, who writes a part."""
    lead, colleague = _walk(browser, base, window, folder), _walk(browser, base, window, folder)
    lead.go("/reply/start")
    lead.page.get_by_label("For an organisation").check()
    lead.page.get_by_label("Answer the questions").check()
    lead.press("Continue")
    lead.go("/reply/about-you")
    lead.take("organisation")
    lead.go("/reply/invite")
    lead.press("Make a link for colleagues")
    lead.take("invite", at="h1")
    colleague.page.goto(lead.page.locator("#invitation-link").inner_text().strip())
    colleague.take("colleague-parts")
    colleague.page.goto(f"{colleague.site}/contribute/parts/place")
    colleague.page.locator("main textarea").first.fill(COMMENT)
    colleague.press("Save for my organisation")
    lead.go("/reply/colleagues")
    lead.take("colleagues", at="h1")


def close(database: Path) -> None:
    """As if the night of closing had been yesterday."""
    yesterday = (datetime.now(UTC) - timedelta(days=1)).strftime("%Y-%m-%d %H:%M:%S.000000")
    with sqlite3.connect(database, timeout=30) as connection:
        connection.execute("UPDATE consultation SET closes_at = ?", (yesterday,))


def after_closing(walk: Walk) -> None:
    walk.go("/reply/outcome")
    walk.take("outcome")
    walk.go("/reply/your-data")
    walk.take("your-data")
