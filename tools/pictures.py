"""Takes the pictures of the README and the docs from the running product.

python tools/pictures.py [readme] [journey]      both, unless one is named; readme is the analysts' guide too
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Page, sync_playwright  # noqa: E402

from tests.support.browser import launch  # noqa: E402
from tests.support.databases import fresh_sqlite  # noqa: E402
from tests.support.site import running  # noqa: E402
from tools.journey_pictures import take_journey  # noqa: E402
from tools.second_reading import read_a_second_time  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
PHONE = {"width": 375, "height": 760}
DESKTOP = {"width": 1280, "height": 900}
COMMENT = "The last bus home leaves at ten past five, so nobody here can take a job in town."


def picture(page: Page, name: str, *, at: str | None = None) -> None:
    """The window as it stands, or from an element on."""
    if at:
        page.locator(at).first.evaluate("element => element.scrollIntoView({block: 'start'})")
    page.screenshot(path=PICTURES / f"{name}.png")


def responding(page: Page, site: str, slug: str) -> None:
    page.goto(f"{site}/c/{slug}/reply/start")
    page.get_by_label("For myself").check()
    page.get_by_role("button", name="Continue").click()
    page.goto(f"{site}/c/{slug}/reply/place")
    page.locator("main input[type=radio]").nth(3).check()
    page.locator("main textarea").first.fill(COMMENT)
    picture(page, "section", at="form fieldset")
    page.get_by_role("button", name="Save and come back later").click()
    picture(page, "task-list")
    page.goto(f"{site}/c/{slug}/reply/check")
    picture(page, "check", at="h1")
    page.get_by_role("button", name="Send your response").click()
    picture(page, "sent")


def working(page: Page, site: str, slug: str, password: str) -> None:
    page.goto(f"{site}/officer/")
    page.get_by_label("Email").fill("first.officer@example.org")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()
    here = f"{site}/officer/c/{slug}"
    page.goto(here)
    picture(page, "dashboard")
    page.goto(f"{here}/frame")
    picture(page, "frame", at="main table")
    page.goto(f"{here}/frame/themes/PLA03")
    picture(page, "theme", at="h1")
    reading(page, here)
    page.goto(f"{here}/comments?disposition=undecided")
    page.locator("main article a[href*='/comments/']").first.click()
    picture(page, "comment")
    page.goto(f"{here}/report")
    picture(page, "report", at="#place, h2:has-text('Our place')")
    page.goto(f"{here}/agreement/1")
    picture(page, "agreement")


def reading(page: Page, here: str) -> None:
    """With the first suggestion ticked."""
    page.goto(f"{here}/code")
    page.get_by_role("button", name="Start reading").click()
    page.wait_for_url("**/code/useful/**")
    page.keyboard.press("1")
    page.locator("[data-card]").wait_for()
    picture(page, "reading")


def main() -> None:
    wanted = set(sys.argv[1:]) or {"readme", "journey"}
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, fresh_sqlite(Path(folder)) as url:
        instance = Path(folder, "instance")
        instance.mkdir()
        with running(url, instance) as site, sync_playwright() as playwright:
            slug = site.flask("sample", "load").split("/c/")[1].strip()
            password = site.flask("officer", "first").split("Password:")[1].split()[0]
            site.start_web()
            if "readme" in wanted:
                site.start_worker()
                site.wait_for_jobs()
                read_a_second_time(url, slug)
                site.wait_for_jobs()
            browser = launch(playwright)
            if "readme" in wanted:
                responding(browser.new_page(viewport=PHONE, device_scale_factor=1), site.url, slug)
                working(browser.new_page(viewport=DESKTOP), site.url, slug, password)
            if "journey" in wanted:  # last, as it closes the consultation
                database = Path(folder, "soundings.sqlite")
                take_journey(
                    browser, site=site.url, slug=slug, database=database, folder=PICTURES / "journey"
                )
            browser.close()


if __name__ == "__main__":
    main()
