"""What the tests of the pages of cleaning share."""

from bs4 import BeautifulSoup


def words(page: BeautifulSoup) -> str:
    """What its main part says."""
    return " ".join(page.select_one("main").get_text(" ").split())  # type: ignore[union-attr]
