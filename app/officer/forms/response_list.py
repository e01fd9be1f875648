"""The filters of the list of responses."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from enum import StrEnum

from app.counting.behind import CommentFilter, ResponseFilter
from app.counting.standing import Standing
from app.enums import AnswerState, Channel, ExclusionReason, Publication, RespondentKind, Stance
from app.officer.forms import words
from app.officer.forms.asked import Pairs, day, given, one_of, pair, whole, yes_or_no
from app.officer.forms.words import known
from app.responses.queries.choices import QuestionChoices, Words
from app.responses.queries.listing import Order, ResponseList

NAMES = (
    "q",
    "status",
    "kind",
    "area",
    "channel",
    "type",
    "reason",
    "late",
    "publication",
    "day",
    "option",
    "answered",
    "theme",
    "stance",
    "question",
    "campaign",
    "decided",
    "petition",
    "sort",
    "order",
)
KINDS: dict[str, type[StrEnum]] = {
    "status": Standing,
    "kind": RespondentKind,
    "channel": Channel,
    "reason": ExclusionReason,
    "publication": Publication,
    "stance": Stance,
    "sort": Order,
}
MORE = ("type", "reason", "late", "publication", "day", "option")


def filters(arguments: Mapping[str, str]) -> Pairs:
    pairs = given(arguments, NAMES, KINDS)
    if arguments.get("included") == "1":
        pairs["status"] = Standing.INCLUDED.value
    return pairs


def asked(pairs: Pairs, *, page: str | None = None) -> ResponseList:
    order = one_of(Order, pairs.get("sort")) or Order.SENT
    return ResponseList(
        counted=ResponseFilter(
            standing=_standing(pairs.get("status")),
            reason=one_of(ExclusionReason, pairs.get("reason")),
            channel=one_of(Channel, pairs.get("channel")),
            kind=one_of(RespondentKind, pairs.get("kind")),
            area=pairs.get("area"),
            organisation_type=pairs.get("type"),
            day=day(pairs.get("day")),
            petition=yes_or_no(pairs.get("petition")),
            chose=pair(pairs.get("option")),
            answered=_answered(pairs.get("answered")),
            comments=_wrote(pairs),
        ),
        words=pairs.get("q", ""),
        late=yes_or_no(pairs.get("late")),
        publication=one_of(Publication, pairs.get("publication")),
        order=order,
        descending=pairs.get("order", "down" if order is Order.SENT else "up") == "down",
        page=whole(page, otherwise=1),
    )


def in_words(pairs: Pairs, labels: Words, choices: QuestionChoices) -> list[tuple[str, str]]:
    """(name, what it says), for the filters in force."""
    said: dict[str, Callable[[str], str]] = {
        "q": lambda value: f"Words: {value}",
        "status": lambda value: words.STANDING[_standing(value)],
        "kind": lambda value: known(words.KIND, value),
        "area": lambda value: f"Area: {labels.area(_key(value))}",
        "channel": lambda value: known(words.CHANNEL, value),
        "type": lambda value: f"Type: {labels.type(_key(value))}",
        "reason": lambda value: f"Reason: {known(words.REASON, value)}",
        "late": lambda value: "Late" if value == "1" else "Not late",
        "publication": lambda value: known(words.PUBLICATION, value),
        "day": lambda value: f"Sent on {value}",
        "option": lambda value: f"Answered: {choices.words_of(value)}",
        "answered": lambda value: f"Question {value.replace(':', ': ')}",
        "theme": lambda value: f"Wrote on {value}",
        "stance": lambda value: f"Stance: {value}",
        "question": lambda value: f"Commented on: {value}",
        "campaign": lambda value: "Wrote in a campaign" if value == "1" else "Wrote apart from campaigns",
        "decided": lambda value: "With a comment read" if value == "1" else "With a comment not read",
        "petition": lambda value: "Petitions" if value == "1" else "Without petitions",
    }
    return [(name, said[name](value)) for name, value in pairs.items() if name in said]


def _standing(value: str | None) -> Standing:
    standing = one_of(Standing, value)
    return standing if standing in words.STANDING else Standing.RECEIVED


def _answered(value: str | None) -> tuple[str, AnswerState] | None:
    question, state = pair(value) or ("", "")
    how = one_of(AnswerState, state)
    return (question, how) if how else None


def _wrote(pairs: Pairs) -> CommentFilter | None:
    """The comments that put their writers on the list; a petition never does."""
    wanted = CommentFilter(
        theme=pairs.get("theme"),
        stance=one_of(Stance, pairs.get("stance")),
        question=pairs.get("question"),
        campaign=yes_or_no(pairs.get("campaign")),
        decided=yes_or_no(pairs.get("decided")),
    )
    return None if wanted == CommentFilter() else replace(wanted, petition=False)


def _key(value: str) -> str | None:
    return None if value == "not-given" else value
