"""The first press: a draft with its private link. Pressed twice, or in parallel, it is one draft."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.consultations.queries.documents import current_document
from app.consultations.queries.timing import Window, window
from app.database import session
from app.enums import RespondentKind, Stage
from app.models import Consultation, PrivateToken, Response, ResponseVersion
from app.responses.links import code_hash, link_from_start, token_hash
from app.responses.references import new_reference
from app.responses.refusals import NotOpen

TRIES_AT_A_REFERENCE = 10
REPEATED_WITHIN = timedelta(minutes=10)


def start_draft(
    consultation: Consultation,
    *,
    kind: RespondentKind,
    is_letter: bool,
    start_token: str,
    key: str,
    actor: Actor,
    now: datetime,
    language: str | None = None,
) -> Response | None:
    """None where the start token was used long ago (on a shared computer that is another person's draft) or
    in another consultation. `language` is that of the page, where it is not the consultation's own.

    Raises NotOpen.
    """
    if window(consultation, now=now) is not Window.OPEN:
        raise NotOpen
    for _ in range(TRIES_AT_A_REFERENCE):
        if (there := _started(start_token)) is not None:
            here = there.consultation_id == consultation.id
            return there if here and now - there.started_at < REPEATED_WITHIN else None
        try:
            with session.begin_nested():
                response = _new(consultation, kind=kind, start_token=start_token, now=now)
                response.language = language or consultation.language
                response.is_letter = is_letter and kind is RespondentKind.ORGANISATION
                session.add(response)
        except IntegrityError:  # the start token by a parallel press, or the reference by chance
            continue
        _add_to(response, consultation, start_token=start_token, key=key, now=now)
        record(
            "started", actor=actor, now=now, subject="response", subject_id=response.id,
            subject_name=response.reference, consultation_id=consultation.id,
        )  # fmt: skip
        session.flush()
        return response
    raise RuntimeError("no free reference was found")


def _started(start_token: str) -> Response | None:
    return session.scalar(select(Response).where(Response.start_token == start_token))


def _new(consultation: Consultation, *, kind: RespondentKind, start_token: str, now: datetime) -> Response:
    return Response(
        consultation_id=consultation.id,
        reference=new_reference(consultation.reference_prefix),
        kind=kind,
        is_test=consultation.stage is Stage.TESTING,
        language=consultation.language,
        started_at=now,
        start_token=start_token,
    )


def _add_to(
    response: Response, consultation: Consultation, *, start_token: str, key: str, now: datetime
) -> None:
    link = link_from_start(start_token, key=key)
    document = current_document(consultation.id)
    session.add_all(
        (
            ResponseVersion(
                response_id=response.id,
                document_version_id=document.id if document else None,
                updated_at=now,
            ),
            PrivateToken(
                response_id=response.id,
                token_hash=token_hash(link.token, key=key),
                code_hash=code_hash(link.code, key=key),
            ),
        )
    )
