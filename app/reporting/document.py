"""What a report says, as data: everything a page needs, and nothing that can change after it was made."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any

FORMAT = 1
Json = dict[str, Any]


@dataclass(frozen=True)
class Number:
    """`count` None: hidden, and why. `opens`: the officers' list behind it, and how that is narrowed."""

    count: int | None
    hidden: str = ""
    opens: str = ""  # "responses" or "comments"
    filters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    label: str
    number: Number
    indent: bool = False


@dataclass(frozen=True)
class Breakdown:
    key: str
    title: str
    first: str
    base: int
    rows: tuple[Row, ...]
    too_few: bool


@dataclass(frozen=True)
class Choice:
    """An option of a closed question. `fill` and `letters` are those of its segment of a scale."""

    label: str
    number: Number
    fill: str = ""
    letters: str = ""


@dataclass(frozen=True)
class Closed:
    key: str
    number: str
    text: str
    scale: bool
    several: bool
    max_choices: int | None
    answered: int
    base: tuple[Row, ...]  # the line under the chart
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Raised:
    """A theme, by officers' codings. `words` is the word for its share, empty on a small base."""

    code: str
    label: str
    words: str
    respondents: Number
    comments: Number
    stances: dict[str, Number]
    without_campaigns: Number


@dataclass(frozen=True)
class Quote:
    """`comment_id` is for tracing and for erasure; no page of the public shows it."""

    text: str
    who: str
    theme: str
    stance: str
    comment_id: str


@dataclass(frozen=True)
class Progress:
    comments: int
    decided: int


@dataclass(frozen=True)
class Part:
    key: str
    number: str
    title: str
    closed: tuple[Closed, ...]
    themes: tuple[Raised, ...]
    theme_base: Number
    themes_here: bool  # raised in answers to the questions of this part, not anywhere
    progress: Progress
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Method:
    engine: str
    encoder: str
    themes: int
    nets: int
    campaigns: tuple[Json, ...]  # name, comments, treatment
    in_bulk: int  # comments whose themes were all given in bulk and that nobody has read whole
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Document:
    format: int
    title: str
    made_at: str  # ISO 8601, UTC
    opens_at: str
    closes_at: str
    version: Json | None  # label, title and date of the draft that people read
    progress: Progress
    figures: tuple[Row, ...]
    leading: tuple[Raised, ...]
    people_read: Number
    reconciliation: Json
    who: tuple[Breakdown, ...]
    method: Method
    parts: tuple[Part, ...]


def as_json(document: Document) -> Json:
    """As it is stored and as pages read it, so that a preview and a release cannot differ."""
    return json.loads(json.dumps(asdict(document)))  # type: ignore[no-any-return]


def digest(frozen: Json) -> str:
    said = json.dumps(frozen, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()
