"""What a run says otherwise than the one before, told once as it finishes: both runs' rows are there then,
and until another run finishes."""

import uuid
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from app import theming
from app.database import session
from app.jobs.work import CannotBeDone, Work
from app.models import Proposal, ProposalMember, Suggestion, Theme, ThemingRun
from app.themes.queries.comparing import not_compared
from app.themes.services.store_run import alike

if TYPE_CHECKING:
    from app.theming.check import Change

WORDS: Final = "Comparing two runs"
Assigned = dict[str, set[str]]  # the themes of each comment, by their ids
FLOWS: Final = 30  # pairs of themes between which most comments moved


@dataclass(frozen=True)
class Comparison:
    """What a run says otherwise than the run `before`, None where there is none. `named`: by proposal, the
    labels that it may tell; they change when words are hidden."""

    before: uuid.UUID | None
    run_id: uuid.UUID
    named: dict[uuid.UUID, str]
    changed: dict[str, Any] | None


def compare(before: uuid.UUID | None, run_id: uuid.UUID) -> Comparison:
    """It reads every suggestion of both runs, so do it before the transaction that keeps it."""
    named = _labels(before, run_id)
    return Comparison(before, run_id, named, compared(before, run_id))


def as_it_is_now(one: Comparison) -> Comparison:
    """Made again if words were hidden. The transaction holds the runs, as `forget_in_proposals` does."""
    unchanged = _labels(one.before, one.run_id) == one.named
    return one if unchanged else compare(one.before, one.run_id)


def compare_last_two(work: Work) -> None:
    """The job "comparing". Does nothing where they are compared by then."""
    if work.consultation_id is None:
        raise CannotBeDone("The job names no consultation.")
    pair = not_compared(work.consultation_id)
    if pair is None:
        return
    of = (
        ThemingRun.consultation_id == work.consultation_id,
        ThemingRun.number.in_([pair.number, pair.other]),
    )
    before, run_id = session.scalars(select(ThemingRun.id).where(*of).order_by(ThemingRun.number)).all()
    found = compare(before, run_id)
    session.rollback()
    with work.step(done=0, total=1, words=WORDS):
        held = select(ThemingRun).where(*of).order_by(ThemingRun.id).with_for_update(key_share=True)
        run = next(one for one in session.scalars(held) if one.id == run_id)
        if not_compared(work.consultation_id) == pair:  # else another run finished and cleared the rows read
            run.figures = {**run.figures, "changed": as_it_is_now(found).changed}


def compared(before: uuid.UUID | None, run_id: uuid.UUID) -> dict[str, Any] | None:
    """`encoder`: whether it is another now. `themes`: by code the comments for which it is new and gone.
    `stability`: by code the comments before, now and in both. `flows`: from which theme to which, and how
    many comments."""
    if before is None:
        return None
    earlier, later = _assigned(before), _assigned(run_id)
    change = theming.compare_runs(earlier, later)
    codes = _codes(earlier, later)
    new, gone = (Counter(theme for _, theme in pairs) for pairs in (change.added, change.removed))
    old, now = _groups(before), _groups(run_id)
    appeared = [one for one in now if not _found(one, old)]
    vanished = [one for one in old if not _found(one, now)]
    return {
        "with": session.get_one(ThemingRun, before).number,
        "encoder": _encoders(before) != _encoders(run_id),
        "appeared": len(appeared),
        "gone": len(vanished),
        "comments": len({ident for ident, _ in (*change.added, *change.removed)}),
        "themes": {code: [new[key], gone[key]] for key, code in codes.items() if new[key] or gone[key]},
        "stability": _stability(earlier, later, codes),
        "flows": _flows(change, codes),
        "proposals": {"appeared": _told(appeared), "gone": _told(vanished), "moved": _moved(old, now)},
    }


def _labels(*run_ids: uuid.UUID | None) -> dict[uuid.UUID, str]:
    query = select(Proposal.id, Proposal.label).where(Proposal.run_id.in_([one for one in run_ids if one]))
    return {key: label for key, label in session.execute(query)}


def _encoders(run_id: uuid.UUID) -> tuple[str, str]:
    run = session.get_one(ThemingRun, run_id)
    return run.encoder, run.parameters.get("proposing", run.encoder)  # before decision 311 the same


def _assigned(run_id: uuid.UUID) -> Assigned:
    query = select(Suggestion.comment_id, Suggestion.theme_id).where(
        Suggestion.run_id == run_id, Suggestion.assigned
    )
    found: Assigned = {}
    for comment_id, theme_id in session.execute(query):
        found.setdefault(str(comment_id), set()).add(str(theme_id))
    return found


def _codes(earlier: Assigned, later: Assigned) -> dict[str, str]:
    """In the order of the codes."""
    named = {theme for one in (earlier, later) for themes in one.values() for theme in themes}
    query = select(Theme.id, Theme.code).where(Theme.id.in_([uuid.UUID(key) for key in named]))
    return {str(key): code for key, code in session.execute(query.order_by(Theme.code))}


def _stability(earlier: Assigned, later: Assigned, codes: Mapping[str, str]) -> dict[str, list[int]]:
    before = Counter(theme for themes in earlier.values() for theme in themes)
    now = Counter(theme for themes in later.values() for theme in themes)
    both = Counter(theme for key, themes in later.items() for theme in themes & earlier.get(key, set()))
    return {code: [before[key], now[key], both[key]] for key, code in codes.items()}


def _flows(change: "Change", codes: Mapping[str, str]) -> list[list[Any]]:
    """A comment that lost a theme and got another has moved from the one to the other."""
    came: dict[str, list[str]] = {}
    for ident, theme in change.added:
        came.setdefault(ident, []).append(theme)
    pairs = Counter(
        (codes[left], codes[theme]) for ident, left in change.removed for theme in came.get(ident, ())
    )
    ordered = sorted(pairs.items(), key=lambda pair: (-pair[1], pair[0]))
    return [[left, theme, count] for (left, theme), count in ordered[:FLOWS]]


class _Group:
    """A proposal and the comments in it."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.comments: set[uuid.UUID] = set()


def _found(one: _Group, others: list[_Group]) -> bool:
    return any(alike(one.comments, other.comments) for other in others)


def _told(groups: list[_Group]) -> list[list[Any]]:
    return sorted(([one.label, len(one.comments)] for one in groups), key=lambda row: (-row[1], row[0]))


def _moved(old: list[_Group], now: list[_Group]) -> list[list[Any]]:
    """Those that are in both and not the same: [label before, label now, size before, now, in both]."""
    rows: list[list[Any]] = []
    for one in now:
        for other in old:
            if alike(one.comments, other.comments) and one.comments != other.comments:
                both = len(one.comments & other.comments)
                rows.append([other.label, one.label, len(other.comments), len(one.comments), both])
    return sorted(rows, key=lambda row: (row[4] - row[2] - row[3], row[1]))


def _groups(run_id: uuid.UUID) -> list[_Group]:
    query = (
        select(Proposal.id, Proposal.label, ProposalMember.comment_id)
        .join(ProposalMember, ProposalMember.proposal_id == Proposal.id)
        .where(Proposal.run_id == run_id, Proposal.key.not_in(nets_of(run_id)))
        .order_by(Proposal.id)
    )
    groups: dict[uuid.UUID, _Group] = {}
    for key, label, comment_id in session.execute(query):
        groups.setdefault(key, _Group(label)).comments.add(comment_id)
    return list(groups.values())


def nets_of(run_id: uuid.UUID) -> Any:
    """Keys of proposals that only hold others."""
    return select(Proposal.parent_key).where(Proposal.run_id == run_id, Proposal.parent_key.is_not(None))
