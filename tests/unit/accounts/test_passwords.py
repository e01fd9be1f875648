import pytest

from app.accounts.devices import device_words
from app.accounts.passwords import generated, why_refused
from app.accounts.tries import network, subject

NAME, EMAIL = "Rosamund Ashdown", "rosamund.ashdown@example.org"


@pytest.mark.parametrize(
    "password",
    [
        "too short",
        "x" * 201,
        "Rosamund Ashdown",
        "ROSAMUND.ASHDOWN@example.org",
        "rosamund.ashdown",
        "Password1234",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "abcdefghijkl",
        "098765432109",
        "Correct Horse Battery Staple",
    ],
)
def test_a_password_that_is_tried_first_is_refused(password: str) -> None:
    assert why_refused(password, email=EMAIL, name=NAME)


@pytest.mark.parametrize("password", ["violet-harbour-lantern", "Ein Haus im Moor 7", "ψψ-длинный-пароль"])
def test_a_password_of_unrelated_words_is_taken(password: str) -> None:
    assert why_refused(password, email=EMAIL, name=NAME) is None


def test_a_generated_password_would_be_taken_and_is_never_the_same() -> None:
    made = {generated() for _ in range(100)}

    assert len(made) == 100
    assert not [one for one in made if why_refused(one, email=EMAIL, name=NAME)]


def test_addresses_of_one_subscriber_are_one_network() -> None:
    assert network("2001:db8:1:2:aaaa::1") == network("2001:db8:1:2:bbbb::9") == "2001:db8:1:2::"
    assert network("::ffff:192.0.2.7") == network("192.0.2.7") == "192.0.2.7"
    assert network("a unix socket") == "a unix socket"


def test_what_was_tried_cannot_be_read_without_the_key() -> None:
    assert subject("account", EMAIL, key="a") != subject("account", EMAIL, key="b")
    assert subject("account", EMAIL, key="a") != subject("address", EMAIL, key="a")


@pytest.mark.parametrize(
    ("described", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari on iPhone"),
        ("", "A browser on a device we do not recognise"),
    ],
)
def test_a_session_is_named_by_browser_and_system(described: str, words: str) -> None:
    assert device_words(described) == words
