"""Taking quotations out of releases of the report, drafts and published ones alike. Numbers stay."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from app.accounts.actor import Actor
from app.database import session
from app.models import ReportRelease
from app.reporting.document import digest
from app.reporting.services.freeze import note


def take_quotations_out(
    consultation_id: uuid.UUID,
    matches: Callable[[Mapping[str, Any]], bool],
    *,
    actor: Actor,
    now: datetime,
    why: str = "took quotations out of",
) -> None:
    """The check sum follows, and the audit log keeps the one before."""
    releases = select(ReportRelease).where(ReportRelease.consultation_id == consultation_id)
    for release in session.scalars(releases.with_for_update()):
        taken, before = 0, release.sha256
        for part in release.frozen.get("parts", []):
            kept = [quote for quote in part["quotes"] if not matches(quote)]
            taken += len(part["quotes"]) - len(kept)
            part["quotes"] = kept
        if taken:
            flag_modified(release, "frozen")
            release.sha256 = digest(release.frozen)
            session.flush()
            note(why, release, actor=actor, now=now, quotations=taken, sha256_before=before)
