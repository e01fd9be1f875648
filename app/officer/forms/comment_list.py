"""The filters of the list of comments."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from app.counting.behind import NO_QUESTION, ON_PARAGRAPHS, CommentFilter
from app.enums import Channel, CommentSource, DispositionValue, RespondentKind, Stance
from app.officer.forms import words
from app.officer.forms.asked import Pairs, given, one_of, pair, whole, yes_or_no
from app.officer.forms.words import known
from app.responses.queries.choices import QuestionChoices, Words
from app.responses.queries.comment_listing import ANY_THEME, CommentList

NAMES = (
    "q",
    "theme",
    "stance",
    "question",
    "disposition",
    "kind",
    "area",
    "type",
    "channel",
    "option",
    "campaign",
    "decided",
    "bulk",
    "petition",
    "suggested",
    "likely",
    "flag",
)
KINDS: dict[str, type[StrEnum]] = {
    "stance": Stance,
    "disposition": DispositionValue,
    "kind": RespondentKind,
    "channel": Channel,
}
MORE = ("disposition", "kind", "area", "type", "channel", "option", "campaign", "suggested", "flag")


def filters(arguments: Mapping[str, str]) -> Pairs:
    return given(arguments, NAMES, KINDS)


def asked(pairs: Pairs, *, page: str | None = None) -> CommentList:
    likely = whole(pairs.get("likely"), otherwise=-1)
    return CommentList(
        counted=CommentFilter(
            theme=pairs.get("theme"),
            stance=one_of(Stance, pairs.get("stance")),
            question=pairs.get("question"),
            disposition=one_of(DispositionValue, pairs.get("disposition")),
            decided=yes_or_no(pairs.get("decided")),
            in_bulk=yes_or_no(pairs.get("bulk")),
            kind=one_of(RespondentKind, pairs.get("kind")),
            area=pairs.get("area"),
            organisation_type=pairs.get("type"),
            channel=one_of(Channel, pairs.get("channel")),
            campaign=yes_or_no(pairs.get("campaign")),
            petition=yes_or_no(pairs.get("petition")),
            chose=pair(pairs.get("option")),
        ),
        words=pairs.get("q", ""),
        suggested=pairs.get("suggested"),
        at_least=likely / 100 if likely >= 0 else None,
        flag=pairs.get("flag"),
        page=whole(page, otherwise=1),
    )


def in_words(
    pairs: Pairs,
    *,
    labels: Words,
    choices: QuestionChoices,
    themes: Mapping[str, str],
    flags: Mapping[str, str],
) -> list[tuple[str, str]]:
    """(name, what it says), for the filters in force."""
    questions = {
        **dict(choices.questions),
        NO_QUESTION: "No question",
        ON_PARAGRAPHS: words.SOURCE[CommentSource.PASSAGE],
    }
    said: dict[str, Callable[[str], str]] = {
        "q": lambda value: f"Words: {value}",
        "theme": lambda value: f"{value} {themes.get(value, '')}".strip(),
        "stance": lambda value: known(words.STANCE, value),
        "question": lambda value: f"Question: {questions.get(value, value)}",
        "disposition": lambda value: known(words.DISPOSITION, value),
        "decided": lambda value: "Decided" if value == "1" else "Not decided",
        "bulk": lambda value: "In bulk, not read singly" if value == "1" else "Read singly",
        "kind": lambda value: known(words.KIND, value),
        "area": lambda value: f"Area: {labels.area(None if value == 'not-given' else value)}",
        "type": lambda value: f"Type: {labels.type(None if value == 'not-given' else value)}",
        "channel": lambda value: known(words.CHANNEL, value),
        "option": lambda value: f"Answered: {choices.words_of(value)}",
        "campaign": lambda value: "In a campaign" if value == "1" else "In no campaign",
        "petition": lambda value: "Petitions" if value == "1" else "Without petitions",
        "suggested": lambda value: _suggested(value, themes),
        "likely": lambda value: f"{value}% or more likely",
        "flag": lambda value: f"Flag: {flags.get(value, value)}",
    }
    return [(name, said[name](value)) for name, value in pairs.items()]


def _suggested(value: str, themes: Mapping[str, str]) -> str:
    if value == ANY_THEME:
        return "With a suggestion waiting"
    return f"Suggested: {value} {themes.get(value, '')}".strip()
