"""A person with a browser on the real server, who sends its forms again when they are shown again."""

import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar

from bs4 import BeautifulSoup, Tag

from app.database import session, transaction
from tests.support.site import Site
from tests.support.small_consultation import small_consultation

REPLY = "/c/market-square/reply"
TRAFFIC = f"{REPLY}/traffic"
WORDS = "q-cars_text"
PATIENCE_SECONDS = 120  # a web process that starts anew on a busy machine


@dataclass(frozen=True)
class Page:
    status: int
    soup: BeautifulSoup

    def form(self, action: str) -> tuple[str, dict[str, str]]:
        """Where it goes, and what a browser would send of it untouched."""
        form = next(f for f in self.soup.select("form[method=post]") if f.get("action") == action)
        fields = {str(i["name"]): str(i.get("value", "")) for i in form.select("input[type=hidden]")}
        fields |= {str(i["name"]): str(i["value"]) for i in form.select("input[checked]")}
        return action, fields | {str(t["name"]): _typed(t) for t in form.select("textarea")}

    def typed(self, name: str) -> str:
        area = self.soup.select_one(f"textarea[name={name}]")
        assert area is not None, self.soup.get_text()
        return _typed(area)

    @property
    def words(self) -> str:
        return " ".join(self.soup.get_text().split())


def _typed(area: Tag) -> str:
    return area.get_text().removeprefix("\r\n").removeprefix("\n").replace("\r\n", "\n")


def open_consultation() -> None:
    """The small one, open today: the processes of these tests have the real clock."""
    now = datetime.now(UTC)
    with transaction():
        here = small_consultation()
        here.opens_at, here.closes_at = now - timedelta(days=1), now + timedelta(days=5)
    session.remove()


class Person:
    def __init__(self, site: Site) -> None:
        self.site = site
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str) -> Page:
        return self._ask(path, None)

    def post(self, path: str, fields: dict[str, str]) -> Page:
        return self._ask(path, urllib.parse.urlencode(fields).encode())

    def fill(self, path: str, **fields: str) -> Page:
        """Open the page, and send its form with these fields."""
        action, untouched = self.get(path).form(path)
        return self.post(action, {**untouched, **fields})

    def begin(self) -> None:
        begun = self.fill(f"{REPLY}/start", kind="individual")
        assert begun.status == 200, begun.words

    def save(self, words: str) -> Page:
        return self.fill(TRAFFIC, **{WORDS: words})

    def words_now(self) -> str:
        return self.get(TRAFFIC).typed(WORDS)

    def _ask(self, path: str, data: bytes | None) -> Page:
        """Raises OSError where no answer comes."""
        try:
            with self.opener.open(self.site.url + path, data, timeout=PATIENCE_SECONDS) as answer:
                return Page(answer.status, BeautifulSoup(answer.read(), "html.parser"))
        except urllib.error.HTTPError as refused:
            with refused:
                return Page(refused.code, BeautifulSoup(refused.read(), "html.parser"))
