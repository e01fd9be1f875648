"""What the reading screen sends: ticks, cards with stance and quote, an outcome, a note."""

import re
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from app.enums import DispositionValue, Stance
from app.officer.forms import asked
from app.themes.queries.reading_page import AGAIN, ReadingPage, next_key
from app.themes.quotes import Span
from app.themes.refusals import QuoteNotInComment
from app.themes.services.note_comment import QUESTION, TRANSLATION
from app.themes.wanted import Wanted, WantedTheme

OTHER_OUTCOMES = (
    (DispositionValue.REFERS_ELSEWHERE, "Refers to another answer"),
    (DispositionValue.OUT_OF_SCOPE, "Out of scope"),
    (DispositionValue.UNCLEAR, "Unclear"),
    (DispositionValue.OTHER, "Other: a point the frame lacks"),
)
_OUTCOMES = {value.value for value, _ in OTHER_OUTCOMES} | {DispositionValue.NO_POINT.value}
MARKS = ((TRANSLATION, "Needs translation"), (QUESTION, "Question to the partners"))
_SPANS = re.compile(r"\d{1,6}-\d{1,6}(,\d{1,6}-\d{1,6})*")
KEYS = (
    ("1 to 9", "Tick or untick a suggestion"),
    ("A", "Tick all likely suggestions"),
    ("J, K", "Next, previous chosen theme"),
    ("S, C, G, E", "Support, concern, suggestion, neutral for that theme"),
    ("W", "Add another stance to it"),
    ("D", "Remove it"),
    ("Q", "Choose its quote: left and right by point, Shift for more, Enter sets it, Esc leaves"),
    ("/", "Find a theme"),
    ("0", "No point made"),
    ("X", "Flag for discussion"),
    ("N", "Save and next"),
    ("P", "Back one comment"),
    ("U", "Undo my last save"),
    ("B", "Bid text"),
    ("R", "Other answers in this response"),
    ("M", "Note for colleagues"),
    ("?", "These keys"),
)


@dataclass
class Sent:
    """`errors` by the key of the card; `typed`: other words for a quote, as they were typed."""

    wanted: Wanted
    errors: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)


def read_form(form: MultiDict[str, str], page: ReadingPage) -> Sent:
    errors: dict[str, str] = {}
    typed: dict[str, str] = {}
    themes: list[WantedTheme] = []
    for key in _keys(form):
        typed[key] = form.get(f"words-{key}", "").strip()
        try:
            themes.append(_theme(form, key, page, typed[key]))
        except QuoteNotInComment as refusal:
            errors[key] = str(refusal)
            themes.append(_theme(form, key, page, ""))
    outcome = form.get("outcome", "")
    wanted = Wanted(
        stood=form.get("stood", ""),
        themes=tuple(themes),
        outcome=DispositionValue(outcome) if outcome in _OUTCOMES else None,
        refers_to=asked.key(form.get("refers_to")),
        note=form.get("note", "").strip(),
        handling=tuple(form.getlist("handling")),
        handling_shown=tuple(form.getlist("handling_shown")),
    )
    return Sent(wanted, errors, typed)


def _keys(form: MultiDict[str, str]) -> list[str]:
    """Cards in their order, less those whose suggestion was unticked, then what is ticked and has no card."""
    ticked, offered = form.getlist("tick"), set(form.getlist("offered"))
    cards = list(dict.fromkeys(form.getlist("slot")))
    kept = [key for key in cards if code_of(key) not in offered or code_of(key) in ticked]
    have = {code_of(key) for key in kept}
    return [*kept, *(code for code in dict.fromkeys(ticked) if code and code not in have)]


def code_of(key: str) -> str:
    return key.partition(AGAIN)[0]


def _theme(form: MultiDict[str, str], key: str, page: ReadingPage, words: str) -> WantedTheme:
    stance = form.get(f"stance-{key}", "")
    quotes: tuple[Span, ...] = (page.whole.place_of(words),) if words else ()
    return WantedTheme(
        key=key,
        code=code_of(key),
        stance=Stance(stance) if stance in set(Stance) else None,
        quotes=quotes or _spans(form.get(f"quote-{key}", ""), page.everything[1]),
    )


def _spans(value: str, length: int) -> tuple[Span, ...]:
    """12-40,60-80; what lies outside the comment is no quote."""
    if not _SPANS.fullmatch(value):
        return ()
    pairs = [tuple(int(end) for end in one.split("-")) for one in value.split(",")]
    return tuple((start, end) for start, end in pairs if start < end <= length)


def with_card(wanted: Wanted, code: str) -> Wanted:
    """One more card for a theme; it has no stance yet, unless one was suggested."""
    key = next_key(code, {one.key for one in wanted.themes})
    return replace(wanted, themes=(*wanted.themes, WantedTheme(key=key, code=code)))


def with_second_stance(wanted: Wanted, key: str) -> Wanted:
    """A card for the same theme right after this one, with the first stance that is still free."""
    themes = list(wanted.themes)
    at = next((i for i, one in enumerate(themes) if one.key == key), None)
    if at is None:
        return wanted
    code = themes[at].code
    used = {one.stance for one in themes if one.code == code}
    free = next((stance for stance in Stance if stance not in used), None)
    if free is None:
        return wanted
    new = WantedTheme(key=next_key(code, {one.key for one in themes}), code=code, stance=free)
    return replace(wanted, themes=(*themes[: at + 1], new, *themes[at + 1 :]))


def without_card(wanted: Wanted, key: str) -> Wanted:
    return replace(wanted, themes=tuple(one for one in wanted.themes if one.key != key))
