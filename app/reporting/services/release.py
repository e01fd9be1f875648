"""Publishing a frozen report, and taking it back."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from app.accounts.actor import Actor
from app.consultations.services.change_stage import change_stage
from app.database import session
from app.enums import ReleaseState, Stage
from app.mail.words import Words
from app.models import Consultation, ReportRelease
from app.reporting.refusals import ReasonMissing, ReleaseChanged
from app.reporting.services.freeze import note
from app.reporting.services.news import mail_news


def publish(
    release_id: uuid.UUID, *, actor: Actor, now: datetime, news: Mapping[str, Words] | None = None
) -> ReportRelease:
    """The public sees it from now on; one that was public before is replaced. Raises ReleaseChanged.

    `news`, by language, is mailed to those who asked for it; none while no mail is sent.
    """
    release = _locked(release_id, ReleaseState.DRAFT, ReleaseState.EMBARGOED)
    for other in _public_ones(release):
        _take_back(other, reason=f"Replaced by release {release.number}", actor=actor, now=now)
    release.state = ReleaseState.PUBLISHED
    release.published_at, release.published_by_id = now, actor.officer_id
    session.flush()
    note("published", release, actor=actor, now=now)
    if not release.interim and _stage(release) is Stage.SIGNED_OFF:
        change_stage(release.consultation_id, move="report", actor=actor, now=now)
    if news:
        mail_news(release, words=news, now=now)
    return release


def withdraw(release_id: uuid.UUID, *, reason: str, actor: Actor, now: datetime) -> ReportRelease:
    """Raises a ReportRefused."""
    if not reason.strip():
        raise ReasonMissing
    release = _locked(release_id, ReleaseState.PUBLISHED)
    _take_back(release, reason=reason.strip(), actor=actor, now=now)
    if _stage(release) is Stage.REPORTED:
        change_stage(release.consultation_id, move="unreport", actor=actor, now=now, reason=reason)
    return release


def _take_back(release: ReportRelease, *, reason: str, actor: Actor, now: datetime) -> None:
    release.state = ReleaseState.WITHDRAWN
    release.withdrawn_at, release.withdrawn_reason = now, reason
    session.flush()
    note("withdrew", release, actor=actor, now=now, reason=reason)


def _locked(release_id: uuid.UUID, *allowed: ReleaseState) -> ReportRelease:
    found = session.get(ReportRelease, release_id)
    if found is None:
        raise ReleaseChanged
    # The consultation first, always: two officers publish one after the other.
    session.execute(select(Consultation.id).where(Consultation.id == found.consultation_id).with_for_update())
    session.refresh(found)
    if found.state not in allowed:
        raise ReleaseChanged
    return found


def _public_ones(release: ReportRelease) -> list[ReportRelease]:
    query = select(ReportRelease).where(
        ReportRelease.consultation_id == release.consultation_id,
        ReportRelease.state == ReleaseState.PUBLISHED,
    )
    return list(session.scalars(query))


def _stage(release: ReportRelease) -> Stage:
    return session.get_one(Consultation, release.consultation_id, populate_existing=True).stage
