"""The filters of the list of comments."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from app.counting.behind import NO_QUESTION, ON_PARAGRAPHS, CommentFilter
from app.enums import Channel, CommentSource, DispositionValue, RespondentKind, Stance
from app.officer.forms import words
from app.officer.forms.asked import Pairs, day, given, key, one_of, pair, whole, yes_or_no
from app.officer.forms.words import known
from app.responses.queries.choices import QuestionChoices, Words
from app.responses.queries.comment_listing import ANY_THEME, CommentList
from app.responses.queries.pages import FIRST, Place

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
    "coder",
    "from",
    "to",
)
KINDS: dict[str, type[StrEnum]] = {
    "stance": Stance,
    "disposition": DispositionValue,
    "kind": RespondentKind,
    "channel": Channel,
}
CAMPAIGN = {"1": "In a campaign", "0": "In no campaign"}
CAN_BE: dict[str, Callable[[str], bool]] = {
    "from": lambda value: day(value) is not None,
    "to": lambda value: day(value) is not None,
    "coder": lambda value: key(value) is not None,
    "campaign": lambda value: value in CAMPAIGN or key(value) is not None,
}
UNSEEN = ("decided", "bulk", "petition")  # only by the links of other pages; the form keeps them
MORE = tuple(name for name in NAMES[NAMES.index("disposition") :] if name not in UNSEEN)


def filters(arguments: Mapping[str, str]) -> Pairs:
    """Without those whose value cannot be one: what is shown as a filter in force narrows the list."""
    found = given(arguments, NAMES, KINDS)
    return {name: value for name, value in found.items() if name not in CAN_BE or CAN_BE[name](value)}


def place(arguments: Mapping[str, str]) -> Place:
    at = whole(arguments.get("at"), otherwise=1)
    return Place(key(arguments.get("after")), key(arguments.get("before")), at)


def placed(there: Place) -> Pairs:
    """As the address carries it."""
    said = {"after": there.after, "before": there.before, "at": there.at}
    return {name: str(value) for name, value in said.items() if value is not None}


def asked(pairs: Pairs, *, place: Place = FIRST) -> CommentList:
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
            in_campaign=key(pairs.get("campaign")),
            petition=yes_or_no(pairs.get("petition")),
            chose=pair(pairs.get("option")),
            coder=key(pairs.get("coder")),
            sent_from=day(pairs.get("from")),
            sent_to=day(pairs.get("to")),
        ),
        words=pairs.get("q", ""),
        suggested=pairs.get("suggested"),
        at_least=likely / 100 if likely >= 0 else None,
        flag=pairs.get("flag"),
        place=place,
    )


def in_words(
    pairs: Pairs,
    *,
    labels: Words,
    choices: QuestionChoices,
    themes: Mapping[str, str],
    flags: Mapping[str, str],
    campaigns: Mapping[str, str],
    coders: Mapping[str, str],
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
        "campaign": lambda value: CAMPAIGN.get(value) or f"Campaign: {campaigns.get(value, value)}",
        "petition": lambda value: "Petitions" if value == "1" else "Without petitions",
        "suggested": lambda value: _suggested(value, themes),
        "likely": lambda value: f"{value}% or more likely",
        "flag": lambda value: f"Flag: {flags.get(value, value)}",
        "coder": lambda value: f"Decided by {coders.get(value, 'somebody else')}",
        "from": lambda value: f"Sent from {_day_in_words(value)}",
        "to": lambda value: f"Sent up to {_day_in_words(value)}",
    }
    return [(name, said[name](value)) for name, value in pairs.items()]


def _day_in_words(value: str) -> str:
    found = day(value)
    return f"{found:%-d %B %Y}" if found else value


def _suggested(value: str, themes: Mapping[str, str]) -> str:
    if value == ANY_THEME:
        return "With a suggestion waiting"
    return f"Suggested: {value} {themes.get(value, '')}".strip()
