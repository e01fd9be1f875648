"""Taking quotations out of releases of the report, drafts and published ones alike. Numbers stay."""

import re
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


def tells(quoted: str, hidden: str) -> bool:
    """Whether a quotation holds hidden words, or begins or ends within them."""
    said, gone = [re.findall(r"\w+", text.casefold()) for text in (quoted, hidden)]
    if not (said and gone):
        return hidden in quoted
    within = any(said[at : at + len(gone)] == gone for at in range(len(said) - len(gone) + 1))
    around = any(gone[at : at + len(said)] == said for at in range(len(gone) - len(said) + 1))
    least = range(1, min(len(said), len(gone)))
    return within or around or any(said[:n] == gone[-n:] or said[-n:] == gone[:n] for n in least)
