import os
from collections.abc import Iterator

import pytest
from joblib.externals.loky import get_reusable_executor

from app.theming import Comment, Theme, code_comments, discover_themes
from app.theming.blocks import in_blocks
from app.theming.coding.matcher import suggestions


@pytest.fixture
def processes() -> Iterator[None]:
    yield
    get_reusable_executor().shutdown(wait=True)


@pytest.mark.usefixtures("processes")
def test_blocks_come_back_in_their_order_from_other_processes() -> None:
    def times(tool: int, block: int) -> tuple[int, int]:  # goes there by itself: no engine is loaded
        return tool * block, os.getpid()

    done = list(in_blocks(times, 7, range(30), workers=2))

    assert [product for product, _ in done] == [7 * block for block in range(30)]
    assert os.getpid() not in {process for _, process in done}


def test_a_few_blocks_stay_in_this_process() -> None:
    done = in_blocks(lambda tool, block: (tool * block, os.getpid()), 7, range(3), workers=2)

    assert list(done) == [(7 * block, os.getpid()) for block in range(3)]


def test_suggestions_come_as_blocks_are_done_and_in_the_order_of_the_comments(
    comments: list[Comment], themes: list[Theme], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two questions by turns, one of them with a theme of its own, and one that no theme is for."""
    asked = [
        Theme("OWN", "Parks", question="parks"),
        *(Theme(t.code, t.label, question="streets") for t in themes),
    ]
    given = [*comments, Comment("alone", "something else", "The buses are late.")]
    whole = code_comments(given, asked)
    monkeypatch.setattr("app.theming.coding.matcher.BLOCK", 4)
    reports: list[int] = []
    first = next(suggestions(given, asked, progress=lambda done, _: reports.append(done)))

    assert reports == [4]
    assert first.id == whole[0].id
    assert [one.id for one in whole] == [one.id for one in given]
    assert [one.id for one in code_comments(given, asked)] == [one.id for one in given]
    assert not whole[-1].suggestions


def test_texts_that_had_no_part_in_finding_the_themes_join_them(
    comments: list[Comment], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.theming.discovery.fitting.MOST_FITTED", 30)
    monkeypatch.setattr("app.theming.discovery.fitting._BLOCK", 5)
    reports: list[tuple[int, int]] = []
    found = discover_themes(comments, pooled=True, progress=lambda *done: reports.append(done))
    inside = {ident for theme in found for ident, _ in theme.members}

    assert len(inside) > 0.9 * len(comments)
    assert found == discover_themes(comments[::-1], pooled=True)
    assert reports == sorted(reports)
    assert reports[-1] == (len(comments), len(comments))
