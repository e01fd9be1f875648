"""One theme looked at in many comments: a yes with a stance, or a no. No comment is read whole by it."""

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime

from app.accounts.actor import Actor
from app.enums import CodingSource, Decision, Stance
from app.themes.services.code_comment import officer_of
from app.themes.services.decide import (
    as_coding,
    find_suggestions,
    lock_undecided,
    record_decided,
    remember,
)
from app.themes.services.write_codings import lock_comments, write_codings


def check_theme(
    consultation_id: uuid.UUID,
    *,
    yes: Mapping[uuid.UUID, Stance | None],
    no: Collection[uuid.UUID],
    actor: Actor,
    now: datetime,
) -> None:
    """By ids of suggestions; without a stance, the proposed one. Sent twice, it is saved once.

    Raises SuggestionGone, DecidedOtherwise, and what `write_codings` raises.
    """
    accepted = find_suggestions(yes, consultation_id=consultation_id)
    refused = find_suggestions(no, consultation_id=consultation_id)
    lock_comments({one.comment_id for one in (*accepted, *refused)})
    lock_undecided(accepted, Decision.ACCEPTED)
    lock_undecided(refused, Decision.DISMISSED)
    officer_id = officer_of(actor)
    new = [as_coding(one, stance=yes[one.id]) for one in accepted]
    write_codings(new, officer_id=officer_id, source=CodingSource.BY_THEME)
    for action, decision, decided in (
        ("accepted", Decision.ACCEPTED, accepted),
        ("dismissed", Decision.DISMISSED, refused),
    ):
        fresh = remember(decided, decision, officer_id=officer_id)
        record_decided(action, fresh, actor=actor, now=now)
