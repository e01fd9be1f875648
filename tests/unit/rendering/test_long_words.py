import pytest

from app.rendering.long_words import LONGEST_WORD, breakable


def test_words_of_a_line_stay_as_they_are() -> None:
    text = "A short <b>text</b> & " + "x" * LONGEST_WORD

    assert breakable(text) == "A short &lt;b&gt;text&lt;/b&gt; &amp; " + "x" * LONGEST_WORD


def test_a_long_word_has_places_to_break_and_loses_no_letter() -> None:
    word = "abcdefghij" * 1000
    broken = breakable(f"Before {word}\nafter")

    assert broken.replace("<wbr>", "") == f"Before {word}\nafter"
    assert max(map(len, broken.split("<wbr>"))) <= LONGEST_WORD + len("Before ")


@pytest.mark.parametrize("sign", ["e\u0301", "👍🏽", "👩\u200d🚀", "कि"])
def test_what_is_one_sign_is_not_broken(sign: str) -> None:
    pieces = breakable(sign * 100).split("<wbr>")

    assert len(pieces) > 1
    assert all(piece.replace(sign, "") == "" for piece in pieces)
