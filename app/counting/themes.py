"""How many people and comments stand behind each theme, by officers' codings alone."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from app.counting.behind import CommentFilter
from app.counting.coded import FREE, SINGLE, STANCES, Tally, Targets, add, coded, places
from app.counting.frame import Frame, FrameRow, frame, levels
from app.counting.overlap import Pairs, Shared
from app.enums import Stance


@dataclass(frozen=True)
class ThemeCount:
    """Distinct respondents and comments of the included, without petitions.

    A net counts each respondent once, whatever the number of its themes. A comment that supports and worries
    at once is in both stances, so that stances may sum to more than the comments.
    """

    code: str
    label: str
    is_net: bool
    net: str | None  # the code of the net it stands under
    retired: bool
    respondents: int = 0
    comments: int = 0
    support: int = 0  # the stances are comments
    concern: int = 0
    suggestion: int = 0
    neutral: int = 0
    individuals: int = 0
    organisations: int = 0
    respondents_without_campaigns: int = 0
    comments_without_campaigns: int = 0
    comments_read_singly: int = 0

    @property
    def comments_in_bulk(self) -> int:
        return self.comments - self.comments_read_singly

    @property
    def stances(self) -> dict[str, int]:
        return {stance.value: getattr(self, stance.value) for stance in Stance}


def theme_counts(consultation_id: uuid.UUID, *, question: str | None = None) -> list[ThemeCount]:
    """Every theme and net in the frame's order, merges resolved; `question` is a key."""
    of = frame(consultation_id)
    chosen = CommentFilter(question=question, petition=False)
    return _counts(of, _tallies(consultation_id, chosen, places(levels(of)))[None])


def theme_counts_and_by_question(
    consultation_id: uuid.UUID,
) -> tuple[list[ThemeCount], dict[str | None, list[ThemeCount]]]:
    """Both from one pass. By the question's key; None: passages, letters and events. Each holds the whole
    frame."""
    of = frame(consultation_id)
    targets, known = places(levels(of))
    chosen = CommentFilter(petition=False)
    by = _tallies(consultation_id, chosen, (targets, known), by_question=True)
    every = {key: Tally.of_all(tallies[key] for tallies in by.values()) for key in known}
    return _counts(of, every), {key: _counts(of, tallies) for key, tallies in by.items()}


def theme_counts_and_shared(
    consultation_id: uuid.UUID, *, least: int
) -> tuple[list[ThemeCount], list[Shared]]:
    """Both from one pass; of the pairs of themes, those with so many comments in common."""
    of = frame(consultation_id)
    targets, known = places(levels(of))
    nets = {row.id for row in of.rows if row.is_net}
    pairs = Pairs(place for place, key in enumerate(known) if key in nets)
    chosen = CommentFilter(petition=False)
    found = _tallies(consultation_id, chosen, (targets, known), pairs=pairs)
    return _counts(of, found[None]), pairs.shared(known, least=least)


def theme_count(consultation_id: uuid.UUID, code: str) -> ThemeCount | None:
    """An old code gives the theme it is now part of."""
    of = frame(consultation_id)
    asked = next((row for row in of.rows if row.code == code), None)
    if asked is None:
        return None
    wanted = of.survivor(asked)
    family = dict.fromkeys(of.under(code), wanted.id)
    chosen = CommentFilter(petition=False)
    found = _tallies(consultation_id, chosen, places([family]), whole=False)
    return _row(of, wanted, found[None].get(wanted.id))


def _counts(of: Frame, found: Mapping[uuid.UUID, Tally]) -> list[ThemeCount]:
    return [_row(of, row, found.get(row.id)) for row in of.counted()]


def _tallies(
    consultation_id: uuid.UUID,
    chosen: CommentFilter,
    of_places: tuple[Targets, list[uuid.UUID]],
    *,
    whole: bool = True,
    by_question: bool = False,
    pairs: Pairs | None = None,
) -> dict[str | None, dict[uuid.UUID, Tally]]:
    """By question, or all under None where that is not asked for; then by theme and net."""
    targets, known = of_places
    found: dict[str | None, list[Tally]] = {}
    for comment in coded(consultation_id, chosen, targets, whole=whole, by_question=by_question):
        if comment.question not in found:
            found[comment.question] = [Tally() for _ in known]
        add(comment, found[comment.question])
        if pairs is not None and len(comment.said) > 1:
            pairs.add(comment.said)
    by_theme = {key: dict(zip(known, tallies, strict=True)) for key, tallies in found.items()}
    return by_theme if by_question else {None: by_theme.get(None, {})}


def _row(of: Frame, row: FrameRow, tally: Tally | None) -> ThemeCount:
    above = of.net_of(row)
    numbers = {} if tally is None else _numbers(tally)
    return ThemeCount(row.code, row.label, row.is_net, above.code if above else None, row.retired, **numbers)


def _numbers(tally: Tally) -> dict[str, int]:
    respondents, individuals = tally.people(), tally.people(Tally.INDIVIDUAL)
    return {
        "respondents": respondents,
        "comments": tally.comments(),
        **{stance: tally.comments(bit) for stance, bit in STANCES.items()},
        "individuals": individuals,
        "organisations": respondents - individuals,
        "respondents_without_campaigns": tally.people(Tally.FREE),
        "comments_without_campaigns": tally.comments(FREE),
        "comments_read_singly": tally.comments(SINGLE),
    }
