"""Themes that the software proposes, with what an officer needs to judge them."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select, tuple_

from app.counting.behind import comments_behind
from app.counting.frame import frame
from app.counting.suggestions import current_run
from app.database import session
from app.enums import ProposalFate
from app.models import (
    Comment,
    Consultation,
    Officer,
    Proposal,
    ProposalMember,
    Question,
    Response,
    Suggestion,
)
from app.responses.queries.pages import Page, cut, length, within
from app.themes.marks import excerpt
from app.themes.queries.suggestions import POSSIBLE

SIMILAR = 2
TYPICAL, BORDERLINE = 5, 3
ENOUGH = 0.34  # share of the comments that speak of an existing theme, from which it is named as similar


@dataclass(frozen=True)
class Example:
    comment_id: uuid.UUID
    reference: str
    text: str


@dataclass(frozen=True)
class Similar:
    code: str
    label: str
    comments: int


@dataclass(frozen=True, kw_only=True)
class ProposalCard:
    """`question` in words; `net`: the label of the wider proposal it stands under."""

    id: uuid.UUID
    label: str
    size: int
    terms: tuple[str, ...]
    question: str
    net: str | None
    fate: ProposalFate
    officer: str | None
    reason: str
    theme: str | None  # code of the theme it became or went into
    typical: tuple[Example, ...]
    borderline: tuple[Example, ...]
    similar: tuple[Similar, ...]


def proposals_page(
    consultation_id: uuid.UUID, *, fates: Collection[ProposalFate], page: int
) -> Page[ProposalCard]:
    """Of the run in use, the largest first; a net is named on its themes and has no card."""
    query = (
        select(Proposal, Question, Officer.name)
        .join(Consultation, Consultation.current_run_id == Proposal.run_id)
        .outerjoin(Question, Question.id == Proposal.question_id)
        .outerjoin(Officer, Officer.id == Proposal.officer_id)
        .where(Consultation.id == consultation_id, Proposal.fate.in_(fates), Proposal.key.not_in(_nets()))
    )
    total = length(query.with_only_columns(Proposal.id))
    number = within(page, total)
    shown = session.execute(cut(query.order_by(Proposal.size.desc(), Proposal.key), number)).all()
    return Page(_cards(consultation_id, shown), total, number)


def _nets() -> Any:
    """Keys of those that only hold others, of the run in use."""
    parents = select(Proposal.parent_key).where(
        Proposal.run_id == Consultation.current_run_id, Proposal.parent_key.is_not(None)
    )
    return parents.correlate(Consultation)


def _cards(consultation_id: uuid.UUID, shown: Sequence[Any]) -> list[ProposalCard]:
    ids = [proposal.id for proposal, _, _ in shown]
    labels = _labels({(one.run_id, one.parent_key) for one, _, _ in shown if one.parent_key})
    typical, borderline = _examples(consultation_id, ids)
    similar = _similar(consultation_id, ids)
    codes = {row.id: row.code for row in frame(consultation_id).rows}
    return [
        ProposalCard(
            id=proposal.id,
            label=proposal.label,
            size=proposal.size,
            terms=tuple(proposal.terms),
            question=question.part_title or question.key if question else "General",
            net=labels.get(proposal.parent_key or ""),
            fate=proposal.fate,
            officer=officer,
            reason=proposal.reason,
            theme=codes.get(proposal.theme_id) if proposal.theme_id else None,
            typical=tuple(typical[proposal.id][:TYPICAL]),
            borderline=tuple(borderline[proposal.id][:BORDERLINE]),
            similar=tuple(
                one for one in similar[proposal.id][:SIMILAR] if one.comments >= ENOUGH * proposal.size
            ),
        )
        for proposal, question, officer in shown
    ]


def _labels(nets: set[tuple[uuid.UUID, str]]) -> dict[str, str]:
    """Of one run."""
    if not nets:
        return {}
    query = select(Proposal.key, Proposal.label).where(tuple_(Proposal.run_id, Proposal.key).in_(nets))
    return {key: label for key, label in session.execute(query)}


def count_proposals(consultation_id: uuid.UUID) -> int:
    """Those that nobody has decided."""
    query = (
        select(func.count(Proposal.id))
        .join(Consultation, Consultation.current_run_id == Proposal.run_id)
        .where(
            Consultation.id == consultation_id,
            Proposal.fate == ProposalFate.OPEN,
            Proposal.key.not_in(_nets()),
        )
    )
    return session.scalar(query) or 0


Examples = dict[uuid.UUID, list[Example]]


def _examples(consultation_id: uuid.UUID, ids: Sequence[uuid.UUID]) -> tuple[Examples, Examples]:
    """Comments that still count: the words of a response withdrawn since the run are nobody's to read."""
    query = (
        select(ProposalMember, Comment.redacted_text, Response.reference)
        .join(Comment, Comment.id == ProposalMember.comment_id)
        .join(Response, Response.id == Comment.response_id)
        .where(
            ProposalMember.proposal_id.in_(ids),
            ProposalMember.typical.is_(True) | ProposalMember.borderline,
            Comment.id.in_(comments_behind(consultation_id)),
        )
        .order_by(ProposalMember.score.desc(), ProposalMember.id)
    )
    typical: Examples = defaultdict(list)
    borderline: Examples = defaultdict(list)
    for member, text, reference in session.execute(query):
        example = Example(member.comment_id, reference, _short(text))
        (typical if member.typical else borderline)[member.proposal_id].append(example)
    for listed in borderline.values():
        listed.reverse()
    return typical, borderline


def _short(text: str) -> str:
    first, last = excerpt(text, 0, 0, reach=220)
    return text[first:last] + ("…" if last < len(text) else "")


def _similar(consultation_id: uuid.UUID, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Similar]]:
    """Themes of the frame that the same run suggests for the comments of a proposal."""
    # Asked for first: as a value it lets SQLite begin with the index of the run's suggestions.
    run_id = session.scalar(current_run(consultation_id))
    count = func.count(Suggestion.id)
    query = (
        select(ProposalMember.proposal_id, Suggestion.theme_id, count)
        .join(Proposal, Proposal.id == ProposalMember.proposal_id)
        .join(
            Suggestion,
            and_(Suggestion.run_id == Proposal.run_id, Suggestion.comment_id == ProposalMember.comment_id),
        )
        .where(Proposal.run_id == run_id, Proposal.id.in_(ids), Suggestion.probability >= POSSIBLE)
        .group_by(ProposalMember.proposal_id, Suggestion.theme_id)
        .order_by(count.desc(), Suggestion.theme_id)
    )
    of = frame(consultation_id)
    themes = {row.id: of.survivor(row) for row in of.rows}
    found: dict[uuid.UUID, list[Similar]] = defaultdict(list)
    for proposal_id, theme_id, comments in session.execute(query):
        theme = themes[theme_id]
        found[proposal_id].append(Similar(theme.code, theme.label, comments))
    return found
