"""The lead adds a colleague's text to the organisation's answer, or leaves it out."""

import uuid
from datetime import datetime

from sqlalchemy import select

from app.consultations.queries.parts import AskedQuestion, Part, reply_parts
from app.database import session
from app.enums import AnswerState, CommentSource, ContributionState, PartState
from app.models import Answer, Consultation, Contribution, Response, ResponseVersion
from app.responses.intake import LONGEST_TEXT
from app.responses.refusals import ContributionChanged, NoRoom, NotInTheReply
from app.responses.services.lock import check_takes_drafts, hold, mark_changed, working_version
from app.responses.services.save_part import LETTER

BETWEEN = "\n\n"


def take_in(
    consultation: Consultation,
    response_id: uuid.UUID,
    contribution_id: uuid.UUID,
    *,
    wording: int,
    now: datetime,
) -> None:
    """At the end of the answer as it stands now, whatever the lead's page showed; pressed twice, once.

    Where an earlier wording was added and still stands as it was, the new one takes its place.
    Raises NotOpen, AlreadySent, ContributionChanged, NotInTheReply, NoRoom; nothing is stored then.
    """
    check_takes_drafts(consultation, now=now)
    response = hold(response_id)
    version = working_version(response)
    text = _contribution(response_id, contribution_id, wording=wording)
    if text.state is ContributionState.ADDED:
        return
    part, answer = _place(consultation, response, version, text)
    whole = _with(answer.text or "", text.text, instead_of=text.added_text)
    if len(whole) > LONGEST_TEXT:
        raise NoRoom
    answer.text, answer.state = whole, AnswerState.ANSWERED
    session.add(answer)
    text.state, text.added_text = ContributionState.ADDED, text.text
    if version.parts.get(part) != PartState.COMPLETED:
        version.parts = {**version.parts, part: PartState.IN_PROGRESS}
    mark_changed(version, now=now)
    session.flush()


def leave_out(
    consultation: Consultation,
    response_id: uuid.UUID,
    contribution_id: uuid.UUID,
    *,
    wording: int,
    now: datetime,
) -> None:
    """The colleague is not told. Raises NotOpen, AlreadySent, ContributionChanged."""
    check_takes_drafts(consultation, now=now)
    working_version(hold(response_id))
    text = _contribution(response_id, contribution_id, wording=wording)
    if text.state is ContributionState.NEW:
        text.state = ContributionState.LEFT_OUT
    session.flush()


def _contribution(response_id: uuid.UUID, contribution_id: uuid.UUID, *, wording: int) -> Contribution:
    query = select(Contribution).where(
        Contribution.id == contribution_id, Contribution.response_id == response_id
    )
    found = session.scalar(query.execution_options(populate_existing=True))
    if found is None or found.wording != wording:
        raise ContributionChanged
    return found


def _place(
    consultation: Consultation, response: Response, version: ResponseVersion, text: Contribution
) -> tuple[str, Answer]:
    """The part, and the answer there; a new one where there is none yet."""
    if text.question_id is None:
        if not response.is_letter:
            raise NotInTheReply
        return LETTER, _letter(version)
    part, question = _asked(reply_parts(consultation, response.kind), text.question_id)
    mine = Answer.response_version_id == version.id
    row = session.scalar(
        select(Answer)
        .where(mine, Answer.question_id == question.id)
        .execution_options(populate_existing=True)
    )
    row = row or Answer(response_version_id=version.id, question_id=question.id)
    row.question_version_id = question.version_id
    return part.key, row


def _letter(version: ResponseVersion) -> Answer:
    query = select(Answer).where(
        Answer.response_version_id == version.id, Answer.source == CommentSource.LETTER
    )
    row = session.scalar(query.execution_options(populate_existing=True))
    return row or Answer(response_version_id=version.id, source=CommentSource.LETTER)


def _asked(parts: list[Part], question_id: uuid.UUID) -> tuple[Part, AskedQuestion]:
    for part in parts:
        for question in part.questions:
            if question.id == question_id and question.is_text:
                return part, question
    raise NotInTheReply


def _with(answer: str, text: str, *, instead_of: str | None) -> str:
    if instead_of is not None:
        framed, old = f"{BETWEEN}{answer}{BETWEEN}", f"{BETWEEN}{instead_of}{BETWEEN}"
        if old in framed:
            return framed.replace(old, f"{BETWEEN}{text}{BETWEEN}", 1)[len(BETWEEN) : -len(BETWEEN)]
    return f"{answer}{BETWEEN}{text}" if answer else text
