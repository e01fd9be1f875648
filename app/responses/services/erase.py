"""Erasing a response: its words and all that was made from them go, an empty row stays in its place.

Called through `reporting.services.erase_response`, which also takes its quotations out of reports.
"""

import uuid
from datetime import datetime

from sqlalchemy import delete, func, or_, select, text, update
from sqlalchemy.sql import Executable

from app.database import session
from app.enums import Publication, ResponseStatus
from app.models import (
    Answer,
    AnswerChoice,
    Attachment,
    CampaignMember,
    CheckSettlement,
    ChosenQuote,
    CleaningItem,
    Coding,
    CodingImport,
    CodingQuote,
    Comment,
    Contact,
    Contribution,
    Contributor,
    Discussion,
    Disposition,
    EqualityAnswer,
    Exclusion,
    Flag,
    FrameOperationItem,
    Invitation,
    LetterDivision,
    LetterPart,
    OutboxMail,
    Petition,
    PrivateToken,
    ProposalMember,
    Reading,
    ReadingOrder,
    ReadingSave,
    Redaction,
    RespondentRequest,
    Response,
    ResponseVersion,
    SortedCoding,
    Suggestion,
    SuggestionDecision,
    ThemeIdea,
)
from app.responses.services.forget_in_campaigns import forget_in_campaigns
from app.responses.services.forget_in_proposals import forget_in_proposals
from app.responses.services.lock import hold

# What officers and the software made of a comment: one row a comment, or several.
ABOUT_A_COMMENT = (
    Coding, Disposition, Suggestion, SuggestionDecision, ProposalMember, CampaignMember, Flag, Redaction,
    Discussion, ChosenQuote, CheckSettlement, ReadingOrder, ReadingSave, ThemeIdea, LetterDivision,
)  # fmt: skip
ABOUT_A_RESPONSE = (Contact, EqualityAnswer, Contribution, Contributor, Invitation, Petition)


class ErasureRefused(Exception):
    """Raised before anything is changed; `str()` is a sentence for the officer."""


def erase_rows(response_id: uuid.UUID, *, now: datetime) -> list[uuid.UUID]:
    """The ids of its comments, whose rows stay, empty. Raises ErasureRefused."""
    response = hold(response_id)
    if response.status is ResponseStatus.DRAFT:
        raise ErasureRefused("This is a draft. Its sender can delete it.")
    if response.status is ResponseStatus.ERASED:
        raise ErasureRefused("This response is erased already.")
    if session.scalar(select(Attachment.id).where(Attachment.response_id == response_id).limit(1)):
        raise ErasureRefused("This response has files. Delete the files first.")
    _overwrite_what_is_freed()
    texts = {
        key: said
        for key, said in session.execute(
            select(Comment.id, Comment.text).where(Comment.response_id == response_id)
        )
    }
    comments = list(texts)
    session.execute(_emptied(comments).execution_options(synchronize_session=False))
    forget_in_proposals(comments, texts.values(), erased=True)
    forget_in_campaigns(comments)
    for statement in (
        *_mails(response),
        *_made_of(comments),
        *_given_with(response_id),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
    _forget_what_was_brought_in(response)
    _empty(response, now=now)
    session.flush()
    session.expire_all()
    _forget_in_search()
    return comments


def _made_of(comments: list[uuid.UUID]) -> list[Executable]:
    codings = select(Coding.id).where(Coding.comment_id.in_(comments))
    divisions = select(LetterDivision.id).where(LetterDivision.comment_id.in_(comments))
    return [
        delete(CodingQuote).where(CodingQuote.coding_id.in_(codings)),
        delete(SortedCoding).where(SortedCoding.coding_id.in_(codings)),
        update(FrameOperationItem).where(FrameOperationItem.coding_id.in_(codings)).values(coding_id=None),
        delete(LetterPart).where(LetterPart.division_id.in_(divisions)),
        *(delete(table).where(table.comment_id.in_(comments)) for table in ABOUT_A_COMMENT),
        update(Reading).where(Reading.comment_id.in_(comments)).values(draft=None),
    ]


def _emptied(comments: list[uuid.UUID]) -> Executable:
    return (
        update(Comment)
        .where(Comment.id.in_(comments))
        .values(
            text="",
            redacted_text="",
            hidden=[],
            translation=None,
            word_count=0,
            letter_start=None,
            letter_end=None,
        )
    )


def _given_with(response_id: uuid.UUID) -> list[Executable]:
    """Answers go in every version, and so does what was written on the way."""
    versions = select(ResponseVersion.id).where(ResponseVersion.response_id == response_id)
    answers = select(Answer.id).where(Answer.response_version_id.in_(versions))
    return [
        delete(AnswerChoice).where(AnswerChoice.answer_id.in_(answers)),
        delete(Answer).where(Answer.response_version_id.in_(versions)),
        update(ResponseVersion).where(ResponseVersion.response_id == response_id).values(parts={}),
        *(delete(table).where(table.response_id == response_id) for table in ABOUT_A_RESPONSE),
        update(Exclusion).where(Exclusion.response_id == response_id).values(note="", reversed_note=""),
        delete(CleaningItem).where(
            or_(CleaningItem.response_id == response_id, CleaningItem.other_id == response_id)
        ),
        update(RespondentRequest)
        .where(RespondentRequest.response_id == response_id)
        .values(text="", answer="", version=RespondentRequest.version + 1),
    ]


def _forget_what_was_brought_in(response: Response) -> None:
    """Files of codings that wait hold quotes, of whom cannot be told: each is uploaded again."""
    waiting = (CodingImport.consultation_id == response.consultation_id, CodingImport.batch_id.is_(None))
    for row in session.scalars(select(CodingImport).where(*waiting).with_for_update()):
        row.rows, row.figures = [], {"without_theme": row.figures.get("without_theme", 0)}


def _mails(response: Response) -> list[Executable]:
    """Letters to its address, and those that name it."""
    address = select(func.lower(Contact.email)).where(Contact.response_id == response.id)
    theirs = or_(
        func.lower(OutboxMail.address).in_(address),
        OutboxMail.idempotency_key.contains(str(response.id)),
        OutboxMail.idempotency_key.contains(response.id.hex),
        OutboxMail.about == response.reference,
        OutboxMail.subject.contains(response.reference),
        OutboxMail.body.contains(response.reference),
    )
    return [delete(OutboxMail).where(OutboxMail.consultation_id == response.consultation_id, theirs)]


def _empty(response: Response, *, now: datetime) -> None:
    """Kind, channel and the times stay, so that totals reconcile; who and where go, and the link ends."""
    response.status = ResponseStatus.ERASED
    response.area = response.organisation_name = response.organisation_type = None
    response.publication = Publication.NO
    response.link_tag = response.start_token = None
    response.signals = {}
    session.execute(
        update(PrivateToken)
        .where(PrivateToken.response_id == response.id, PrivateToken.ended_at.is_(None))
        .values(ended_at=now)
    )


def _on_sqlite() -> bool:
    return session.get_bind().dialect.name == "sqlite"


def _overwrite_what_is_freed() -> None:
    """SQLite otherwise leaves deleted rows legible in the file until their page is used again."""
    if _on_sqlite():
        session.execute(text("PRAGMA secure_delete = ON"))


def _forget_in_search() -> None:
    """The trigger has emptied the entries; the words stay in the index of FTS5 until its parts are merged."""
    if _on_sqlite():
        session.execute(text("INSERT INTO comment_search (comment_search) VALUES ('optimize')"))
