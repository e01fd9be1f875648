"""Mail into the outbox, in the transaction of what it is about: kept or lost together."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select, tuple_

from app.database import session
from app.enums import MailKind, MailState
from app.mail.words import Words, is_address
from app.models import OutboxMail

NO_ADDRESS = "This is not an address that mail can be sent to"


def put(
    address: str,
    *,
    kind: MailKind,
    words: Words,
    key: str,
    now: datetime,
    about: str = "",
    consultation_id: uuid.UUID | None = None,
) -> bool:
    """Once for each `key`: False where there is one already. The caller holds the row that it is about."""
    if session.scalar(select(OutboxMail.id).where(OutboxMail.idempotency_key == key)) is not None:
        return False
    put_all({key: address}, kind=kind, words=words, now=now, about=about, consultation_id=consultation_id)
    return True


def put_all(
    addresses: Mapping[str, str],
    *,
    kind: MailKind,
    words: Words,
    now: datetime,
    about: str,
    consultation_id: uuid.UUID | None,
) -> int:
    """The same words to many, each address under a key of its own that was not used before. How many."""
    same = {
        "kind": kind,
        "subject": words.subject,
        "about": about,
        "consultation_id": consultation_id,
        "send_after": now,
        "created_at": now,
    }
    rows = [{**same, "idempotency_key": key, **_to(text, words)} for key, text in addresses.items()]
    if rows:
        session.execute(insert(OutboxMail), rows)
    return len(rows)


def _to(address: str, words: Words) -> dict[str, object]:
    if is_address(address):
        return {"address": address, "body": words.body, "state": MailState.WAITING, "trouble": ""}
    return {"address": "", "body": "", "state": MailState.FAILED, "trouble": NO_ADDRESS}


def take_out(responses: Iterable[tuple[uuid.UUID, str]]) -> None:
    """What waits about responses (consultation, reference) that go; what is being sent is left alone."""
    session.execute(
        delete(OutboxMail).where(
            tuple_(OutboxMail.consultation_id, OutboxMail.about).in_(list(responses)),
            OutboxMail.state == MailState.WAITING,
        )
    )
