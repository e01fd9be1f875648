"""Freezing the report: its numbers and quotations as they are at this moment."""

from datetime import datetime

from sqlalchemy import func, select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.consultations.queries.documents import current_document
from app.consultations.queries.timing import Window, window
from app.database import session
from app.enums import Stage
from app.models import Consultation, ReportRelease, SignOff
from app.reporting.document import Json, digest
from app.reporting.queries.compose import compose
from app.reporting.refusals import NotStill, StillOpen

TRIES = 3


def freeze(
    consultation: Consultation, *, actor: Actor, now: datetime, number: int | None = None
) -> ReportRelease:
    """The next release, a draft. Two officers at once get two numbers. Raises a ReportRefused.

    `number` is the one the officer was shown: pressed twice, it is the release of the first press.
    """
    here = _locked(consultation)
    if (there := _own_release(here, number, actor)) is not None:
        return there
    if not may_freeze(here, now=now):
        raise StillOpen
    if actor.officer_id is None:
        raise PermissionError("only an officer freezes a report")
    frozen = _at_rest(here, now=now)
    document = current_document(here.id)
    release = ReportRelease(
        consultation_id=here.id,
        number=next_number(here),
        interim=not coding_signed_off(here),
        document_version_id=document.id if document else None,
        frozen=frozen,
        sha256=digest(frozen),
        frozen_at=now,
        frozen_by_id=actor.officer_id,
    )
    session.add(release)
    session.flush()
    note("froze", release, actor=actor, now=now)
    return release


def may_freeze(consultation: Consultation, *, now: datetime) -> bool:
    """Not within the grace period: replies may still come."""
    started = consultation.stage not in (Stage.DRAFT, Stage.TESTING, Stage.ARCHIVED)
    return started and window(consultation, now=now) is Window.CLOSED


def coding_signed_off(consultation: Consultation) -> bool:
    if consultation.stage in (Stage.SIGNED_OFF, Stage.REPORTED):
        return True
    standing = select(SignOff.id).where(
        SignOff.consultation_id == consultation.id, SignOff.reopened_at.is_(None)
    )
    return session.scalar(standing.limit(1)) is not None


def note(action: str, release: ReportRelease, *, actor: Actor, now: datetime, **details: object) -> None:
    record(
        action,
        actor=actor,
        now=now,
        subject="report_release",
        subject_id=release.id,
        subject_name=f"release {release.number}",
        consultation_id=release.consultation_id,
        details={"number": release.number, "sha256": release.sha256, **details},
    )


def _locked(consultation: Consultation) -> Consultation:
    """Of two editors the second counts on from the first."""
    query = select(Consultation).where(Consultation.id == consultation.id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one()


def _own_release(consultation: Consultation, number: int | None, actor: Actor) -> ReportRelease | None:
    return session.scalar(
        select(ReportRelease).where(
            ReportRelease.consultation_id == consultation.id,
            ReportRelease.number == number,
            ReportRelease.frozen_by_id == actor.officer_id,
        )
    )


def next_number(consultation: Consultation) -> int:
    query = select(func.max(ReportRelease.number)).where(ReportRelease.consultation_id == consultation.id)
    return (session.scalar(query) or 0) + 1


def _at_rest(consultation: Consultation, *, now: datetime) -> Json:
    """PostgreSQL shows each query the newest data: read until two readings agree, so that sums do too."""
    last = compose(consultation, now=now)
    for _ in range(TRIES):
        again = compose(consultation, now=now)
        if again == last:
            return last
        last = again
    raise NotStill
