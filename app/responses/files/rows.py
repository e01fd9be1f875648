"""The responses file: one JSON object a line. Read against the questions of a consultation."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.consultations.files.problems import Problem, Problems, RefusedFile
from app.consultations.files.shapes import read
from app.enums import Channel, RespondentKind, Stance
from app.responses.intake import LONGEST_TEXT, normalise

FIXED_KEYS = ("id", "channel", "submitted", "kind", "closed", "comments")


@dataclass(frozen=True)
class GivenCode:
    theme: str
    stance: Stance
    quote: str


@dataclass(frozen=True)
class GivenPersonalData:
    quote: str
    kind: str


@dataclass(frozen=True)
class GivenComment:
    question: str
    text: str
    codes: tuple[GivenCode, ...] = ()
    handling: tuple[str, ...] = ()
    pii: tuple[GivenPersonalData, ...] = ()
    campaign: str | None = None


@dataclass(frozen=True)
class _Fixed:
    id: str
    channel: Channel
    submitted: str
    kind: RespondentKind
    closed: dict[str, Any]
    comments: tuple[GivenComment, ...]


@dataclass(frozen=True)
class ResponseRow:
    """`answers` by response field ("area", "closed.vision"): an option's key, several, or a text."""

    line: int
    key: str
    channel: Channel
    submitted: datetime  # local time, without a zone
    kind: RespondentKind
    closed_asked: bool
    answers: dict[str, Any]
    comments: tuple[GivenComment, ...] = field(default_factory=tuple)


def read_rows(text: str, *, plain_fields: Iterable[str]) -> list[ResponseRow]:
    """`plain_fields`: the keys that questions of this consultation read outside `closed` and `comments`.

    Raises RefusedFile with every problem of the shape.
    """
    problems, rows, fields = Problems(), [], set(plain_fields)
    seen: dict[str, int] = {}
    for line, words in enumerate(text.split("\n"), 1):
        if not words.strip():
            continue
        row = _row(words, line, fields, problems)
        if row is None:
            continue
        if row.key in seen:
            problems.add(f"the id {row.key} is here already, on line {seen[row.key]}", line=line)
        seen.setdefault(row.key, line)
        rows.append(row)
    problems.refuse()
    if not rows:
        raise RefusedFile([Problem(None, "holds no responses")])
    return rows


def _row(words: str, line: int, fields: set[str], problems: Problems) -> ResponseRow | None:
    try:
        given = json.loads(words)
    except json.JSONDecodeError as error:
        problems.add(f"not JSON: {error.msg} at column {error.colno}", line=line)
        return None
    if not isinstance(given, dict):
        problems.add("must be a JSON object", line=line)
        return None
    plain = {key: given[key] for key in given if key in fields and key not in FIXED_KEYS}
    rest = {key: value for key, value in given.items() if key not in plain}
    before = len(problems.found)
    fixed = read(_Fixed, rest, problems=problems, line=line)
    if len(problems.found) > before:
        return None
    submitted = _time(fixed.submitted, line, problems)
    _comments(fixed.comments, line, problems)
    if len(problems.found) > before or submitted is None:
        return None
    closed = {f"closed.{key}": value for key, value in fixed.closed.items()}
    return ResponseRow(
        line=line,
        key=fixed.id,
        channel=fixed.channel,
        submitted=submitted,
        kind=fixed.kind,
        closed_asked=bool(closed) or fixed.channel is not Channel.EMAIL,
        answers={key: value for key, value in {**plain, **closed}.items() if value not in (None, [], "")},
        comments=tuple(fixed.comments),
    )


def _time(given: str, line: int, problems: Problems) -> datetime | None:
    found = None
    with suppress(ValueError):
        found = datetime.fromisoformat(given)
    if found is None or found.tzinfo is not None:
        problems.add('submitted must be a local time such as "2026-12-01T09:30"', line=line)
        return None
    return found


def _comments(comments: tuple[GivenComment, ...], line: int, problems: Problems) -> None:
    asked: set[str] = set()
    for number, comment in enumerate(comments, 1):
        text = normalise(comment.text)
        if not text or len(text) > LONGEST_TEXT:
            problems.add(f"comments[{number}].text is {'too long' if text else 'empty'}", line=line)
        if comment.question in asked:
            problems.add(f"there are two comments on {comment.question}", line=line)
        asked.add(comment.question)
        for code in comment.codes:
            if normalise(code.quote) not in text:
                problems.add(f"comments[{number}]: a quote is not in the text, word for word", line=line)
