"""What happened to a response, from its versions, its exclusions and the audit log."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from app.database import session
from app.enums import ExclusionReason
from app.models import AuditEvent, Exclusion, Officer, Response, ResponseVersion

# Told better by the version or the exclusion itself.
TOLD_OTHERWISE = ("sent", "excluded", "restored", "settled", "withdrawn", "saved", "started")
# Until it is sent, a change is the respondent's own.
TOLD_TO_NOBODY = ("began a change", "dropped a change")

REASONS: dict[ExclusionReason, str] = {
    ExclusionReason.TEST: "a test",
    ExclusionReason.BLANK: "blank",
    ExclusionReason.DUPLICATE: "a duplicate",
    ExclusionReason.COMBINED: "combined with another response of the same person",
    ExclusionReason.LATE_UNDECIDED: "late, to be decided",
    ExclusionReason.LATE: "late",
    ExclusionReason.SPAM: "spam",
    ExclusionReason.OTHER: "another reason",
}


@dataclass(frozen=True)
class Happening:
    at: datetime
    words: str  # a sentence
    note: str = ""


def history(response: Response) -> list[Happening]:
    """Oldest first. Three queries."""
    names = {officer.id: officer.name for officer in session.scalars(_officers(response.id))}
    return sorted(
        [*_versions(response), *_exclusions(response.id, names), *_audited(response.id, names)],
        key=lambda happening: happening.at,
    )


def _versions(response: Response) -> list[Happening]:
    query = (
        select(ResponseVersion)
        .where(ResponseVersion.response_id == response.id, ResponseVersion.sent_at.is_not(None))
        .order_by(ResponseVersion.number)
    )
    told = [
        Happening(
            version.sent_at, "Sent." if number == 1 else f"Changed and sent again, as version {number}."
        )
        for number, version in enumerate(session.scalars(query), start=1)
        if version.sent_at is not None
    ]
    if response.withdrawn_at is not None:
        told.append(Happening(response.withdrawn_at, "Withdrawn by the person who sent it."))
    return told


def _exclusions(response_id: uuid.UUID, names: dict[uuid.UUID, str]) -> list[Happening]:
    rows = session.scalars(select(Exclusion).where(Exclusion.response_id == response_id))
    told: list[Happening] = []
    for row in rows:
        told.append(
            Happening(
                row.created_at, f"Left out as {REASONS[row.reason]}{_by(row.officer_id, names)}.", row.note
            )
        )
        if row.reversed_at is not None:
            by = _by(row.reversed_by_id, names)
            what = "Decided" if row.reason is ExclusionReason.LATE_UNDECIDED else "Put back into the analysis"
            told.append(Happening(row.reversed_at, f"{what}{by}.", row.reversed_note))
    return told


def _audited(response_id: uuid.UUID, names: dict[uuid.UUID, str]) -> list[Happening]:
    query = select(AuditEvent).where(
        AuditEvent.subject_id == response_id, AuditEvent.action.not_in((*TOLD_OTHERWISE, *TOLD_TO_NOBODY))
    )
    return [
        Happening(event.at, f"{event.action.capitalize()}{_by(event.officer_id, names)}.")
        for event in session.scalars(query)
    ]


def _by(officer_id: uuid.UUID | None, names: dict[uuid.UUID, str]) -> str:
    return f" by {names[officer_id]}" if officer_id in names else ""


def _officers(response_id: uuid.UUID) -> Select[Any]:
    excluded = select(Exclusion.officer_id).where(Exclusion.response_id == response_id)
    restored = select(Exclusion.reversed_by_id).where(Exclusion.response_id == response_id)
    audited = select(AuditEvent.officer_id).where(AuditEvent.subject_id == response_id)
    return select(Officer).where(Officer.id.in_(excluded.union(restored, audited)))
