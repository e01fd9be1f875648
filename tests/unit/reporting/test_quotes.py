import pytest

from app.reporting.quotes import excerpt, fit_to_print, whole_sentence

TEXT = "The last bus leaves at six. So my mother cannot get to the hospital and back, which is hard."


def cut(words: str) -> str:
    start = TEXT.index(words)
    return excerpt(TEXT, start=start, end=start + len(words))


def test_words_are_quoted_as_they_stand() -> None:
    assert cut("The last bus leaves at six.") == "The last bus leaves at six."
    assert excerpt(TEXT, start=0, end=len(TEXT)) == TEXT


def test_a_cut_within_a_sentence_is_marked() -> None:
    assert cut("my mother cannot get to the hospital") == "[...] my mother cannot get to the hospital [...]"
    assert cut("which is hard.") == "[...] which is hard."


def test_whole_sentences_are_told_from_parts() -> None:
    assert whole_sentence("The last bus leaves at six.")
    assert not whole_sentence("[...] which is hard.")
    assert not whole_sentence("The last bus [...]")


@pytest.mark.parametrize(
    "text", ["a@b.example", "see www.example.org", "01632 960 777", "at EX4 3SR", "at ex43sr", " "]
)
def test_what_looks_like_personal_data_is_not_fit_to_print(text: str) -> None:
    assert not fit_to_print(text)


@pytest.mark.parametrize("text", ["In 2015 and 2016 it cost £4,000.", "80,000 jobs by 2030", "the A303"])
def test_ordinary_numbers_are(text: str) -> None:
    assert fit_to_print(text)
