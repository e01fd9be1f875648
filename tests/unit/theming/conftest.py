"""Small made-up comments for the engine; nothing is read from outside the tests."""

import random

import nltk
import pytest

from app.theming import CodedComment, Coding, Comment, Theme

SUBJECTS = {
    "BUS": ("bus", "evening bus", "bus stop", "timetable", "fare"),
    "TREE": ("tree", "park", "flower bed", "grass", "playing field"),
    "BIN": ("bin", "rubbish", "recycling box", "litter", "collection"),
}
FRAMES = (
    "The {0} near us needs attention and the {1} is worse.",
    "I would like more {0} and a better {1} please.",
    "We are not happy with the {0}, nor with the {1}.",
    "Thank you for the {0}; keep the {1} as it is.",
)


@pytest.fixture(autouse=True)
def _no_download(monkeypatch: pytest.MonkeyPatch) -> None:
    """nltk never fetches data."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("nltk tried to download")

    monkeypatch.setattr(nltk, "download", refuse)


@pytest.fixture(autouse=True)
def _shipped_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever encoder was built on this machine."""
    monkeypatch.setenv("THEMING_ENCODER", "")


@pytest.fixture(scope="session")
def comments() -> list[Comment]:
    """Sixty comments on three subjects, two questions."""
    chance = random.Random(7)
    made = []
    for number in range(60):
        words = SUBJECTS[list(SUBJECTS)[number % 3]]
        text = chance.choice(FRAMES).format(*chance.sample(words, 2))
        made.append(Comment(f"R{number:03d}.0", "streets" if number % 2 else "parks", text))
    return made


@pytest.fixture(scope="session")
def themes() -> list[Theme]:
    return [
        Theme("BUS", "Buses", "Comments on bus services, stops and fares", ("timetable", "bus stop")),
        Theme("TREE", "Trees and parks", "Comments on green places", ("grass", "flower bed")),
        Theme("BIN", "Waste", "Comments on rubbish and recycling", ("bins", "litter")),
    ]


@pytest.fixture(scope="session")
def coded(comments: list[Comment]) -> list[CodedComment]:
    """The first thirty comments as an officer coded them."""
    names = list(SUBJECTS)
    return [
        CodedComment(comment, (Coding(names[number % 3], "concern", (comment.text,)),))
        for number, comment in enumerate(comments[:30])
    ]
