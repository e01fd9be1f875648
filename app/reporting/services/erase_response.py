"""Erasure: the response and all that was made of it, and its quotations in reports."""

import uuid
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.database import session
from app.models import ReportRelease, Response
from app.reporting.document import digest
from app.reporting.services.freeze import note
from app.responses.services.erase import erase_rows


def erase_response(response_id: uuid.UUID, *, actor: Actor, now: datetime) -> Response:
    """It counts as withdrawn from then on. Releases keep their numbers. Raises ErasureRefused."""
    comments = {str(comment_id) for comment_id in erase_rows(response_id, now=now)}
    response = session.get_one(Response, response_id)
    releases = select(ReportRelease).where(ReportRelease.consultation_id == response.consultation_id)
    for release in session.scalars(releases.with_for_update()):
        _take_quotations_out(release, comments, actor=actor, now=now)
    record(
        "erased",
        actor=actor,
        now=now,
        subject="response",
        subject_id=response.id,
        subject_name=response.reference,
        consultation_id=response.consultation_id,
    )
    session.flush()
    return response


def _take_quotations_out(release: ReportRelease, comments: set[str], *, actor: Actor, now: datetime) -> None:
    """The check sum follows, and the audit log keeps the one before."""
    taken, before = 0, release.sha256
    for part in release.frozen.get("parts", []):
        kept = [quote for quote in part["quotes"] if quote["comment_id"] not in comments]
        taken += len(part["quotes"]) - len(kept)
        part["quotes"] = kept
    if not taken:
        return
    flag_modified(release, "frozen")
    release.sha256 = digest(release.frozen)
    session.flush()
    note("took quotations out of", release, actor=actor, now=now, quotations=taken, sha256_before=before)
