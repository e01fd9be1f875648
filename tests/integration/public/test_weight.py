"""What a page weighs on the way to an old phone: the budget of the page specification."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from app.models import Consultation
from app.web.assets import STATIC
from app.web.compressed import PAGES
from tests.support.audited_client import AuditedClient
from tests.support.respondent import Respondent

HOME = "/c/market-square"
FIRST_PAGE = 60_000
LATER_PAGE = 15_000
ZIPPED = {"Accept-Encoding": "gzip"}


def weight(client: AuditedClient, address: str) -> int:
    answer = client.get(address, headers=ZIPPED, buffered=True)
    assert answer.status_code == 200, address
    return len(answer.data)


def test_the_first_page_with_all_it_asks_for_is_small(client: AuditedClient, small: Consultation) -> None:
    page = client.get(HOME).text
    files = set(re.findall(r'["(](/static/[^"?]+)', page))

    assert len(files) >= 4
    assert weight(client, HOME) + sum(weight(client, file) for file in files) < FIRST_PAGE


def test_later_pages_are_small(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    person.start()

    for page in ("/draft", "/questions", "/reply", "/reply/traffic", "/reply/publication", "/reply/check"):
        assert weight(person.client, HOME + page) < LATER_PAGE, page


@pytest.mark.parametrize("file", sorted(STATIC.rglob("*.gz")), ids=lambda file: file.stem)
def test_a_compressed_file_is_the_one_beside_it(file: Path) -> None:
    assert gzip.decompress(file.read_bytes()) == file.with_suffix("").read_bytes()


def test_no_page_with_a_token_is_compressed(app: Flask, small: Consultation) -> None:
    person = Respondent(app)
    person.start()
    for address in ("/", HOME, f"{HOME}/draft", f"{HOME}/questions", f"{HOME}/report", "/contact"):
        answer = person.client.get(address, headers=ZIPPED)
        assert answer.headers["Content-Encoding"] == "gzip", address
        assert b"csrf_token" not in gzip.decompress(answer.data), address
    for address in (f"{HOME}/reply", f"{HOME}/reply/traffic", f"{HOME}/reply/start", "/continue"):
        assert "Content-Encoding" not in person.client.get(address, headers=ZIPPED).headers, address


def test_the_pages_that_are_compressed_are_there(app: Flask) -> None:
    assert set(app.view_functions) >= PAGES
