"""A colleague's page into the texts that the lead will read. The reply itself is not touched."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from app.database import session
from app.enums import ContributionState, RespondentKind
from app.models import Consultation, Contribution, Contributor, Invitation
from app.responses.links import token_hash
from app.responses.new_answers import NewAnswer
from app.responses.queries.reply import Given
from app.responses.refusals import ChangedElsewhere, InvitationEnded, TooManyColleagues
from app.responses.services.lock import check_takes_drafts, hold, mark_changed, working_version

MOST_COLLEAGUES = 200
Place = uuid.UUID | None  # a question, or None for the letter


def contribute(
    consultation: Consultation,
    response_id: uuid.UUID,
    *,
    invitation_token: str,
    own_hash: str,
    name: str,
    texts: Mapping[str, tuple[Place, NewAnswer]],
    key: str,
    now: datetime,
) -> None:
    """`texts` by the key of the question. An emptied text goes; what the lead took in of it stays theirs.

    Raises NotOpen, AlreadySent, InvitationEnded, ChangedElsewhere, TooManyColleagues; nothing is stored then.
    """
    check_takes_drafts(consultation, now=now)
    response = hold(response_id)
    version = working_version(response)
    if response.kind is not RespondentKind.ORGANISATION or not _is_open(
        response_id, invitation_token, key=key
    ):
        raise InvitationEnded
    colleague = _colleague(response_id, own_hash)
    rows = _rows(colleague) if colleague else {}
    _refuse_lost_words({place: (rows.get(where), new) for place, (where, new) in texts.items()})
    if not rows and not any(new.text for _, new in texts.values()):
        return
    colleague = colleague or _new(response_id, own_hash)
    colleague.name = name
    session.add(colleague)
    session.flush()
    for where, new in texts.values():
        _store(colleague, where, rows.get(where), new.text, now=now)
    mark_changed(version, now=now)  # a draft that colleagues still write for is not an old one
    session.flush()


def _is_open(response_id: uuid.UUID, token: str, *, key: str) -> bool:
    query = select(Invitation.id).where(
        Invitation.response_id == response_id,
        Invitation.token_hash == token_hash(token, key=key),
        Invitation.ended_at.is_(None),
    )
    return session.scalar(query) is not None


def _colleague(response_id: uuid.UUID, own_hash: str) -> Contributor | None:
    query = select(Contributor).where(
        Contributor.response_id == response_id, Contributor.token_hash == own_hash
    )
    return session.scalar(query)


def _new(response_id: uuid.UUID, own_hash: str) -> Contributor:
    there = select(func.count()).where(Contributor.response_id == response_id)
    if (session.scalar(there) or 0) >= MOST_COLLEAGUES:
        raise TooManyColleagues
    return Contributor(response_id=response_id, token_hash=own_hash)


def _rows(colleague: Contributor) -> dict[Place, Contribution]:
    found = select(Contribution).where(Contribution.contributor_id == colleague.id)
    return {row.question_id: row for row in session.scalars(found.execution_options(populate_existing=True))}


def _refuse_lost_words(pairs: Mapping[str, tuple[Contribution | None, NewAnswer]]) -> None:
    """Two windows of one colleague: words that the page never showed are not written over."""
    others = {
        key: Given(text=row.text, version=row.wording, changed_at=row.written_at)
        for key, (row, new) in pairs.items()
        if row is not None and new.seen not in (None, row.wording) and row.text not in new.text
    }
    if others:
        raise ChangedElsewhere(others)


def _store(
    colleague: Contributor, where: Place, row: Contribution | None, text: str, *, now: datetime
) -> None:
    if row is None:
        if text:
            session.add(
                Contribution(
                    response_id=colleague.response_id,
                    contributor_id=colleague.id,
                    question_id=where,
                    text=text,
                    written_at=now,
                )
            )
    elif not text:
        session.delete(row)
    elif text != row.text:
        row.text, row.wording, row.written_at = text, row.wording + 1, now
        row.state = ContributionState.NEW
