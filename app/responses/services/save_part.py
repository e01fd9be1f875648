"""A page of the reply into the working version of its response."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload
from sqlalchemy.orm.attributes import flag_modified

from app.consultations.queries.parts import AskedQuestion, Part
from app.database import session
from app.enums import AnswerState, CommentSource, PartState
from app.models import (
    Answer,
    AnswerChoice,
    Consultation,
    Passage,
    ResponseVersion,
    Section,
)
from app.responses.facts import DONT_KNOW
from app.responses.new_answers import NewAnswer, refuse_lost_answers, with_unseen_choices
from app.responses.refusals import AnsweredAlready
from app.responses.services.keep_contact import NewContact, keep_contact
from app.responses.services.lock import check_takes_drafts, hold, mark_changed, working_version

LETTER = "letter"
NOTHING: Mapping[uuid.UUID, NewAnswer] = {}


def passage_key(passage_id: uuid.UUID) -> str:
    """Names a comment on a paragraph where an answer is named by its question's key."""
    return f"about-{passage_id}"


def save_part(
    consultation: Consultation,
    response_id: uuid.UUID,
    *,
    part: Part,
    answers: Mapping[str, NewAnswer],
    passages: Mapping[uuid.UUID, NewAnswer] = NOTHING,
    contact: NewContact | None = None,
    finished: bool,
    no_comment: bool = False,
    now: datetime,
) -> None:
    """`answers` by the question's key, `passages` by the id of a paragraph of the part's section; what is not
    there keeps its answer. `no_comment`: the person says that they have none on this part.

    Raises NotOpen, AlreadySent, ChangedElsewhere, AnsweredAlready; nothing is stored then.
    """
    check_takes_drafts(consultation, now=now)
    response = hold(response_id)
    version = working_version(response)
    asked = {question.key: question for question in part.questions if question.key in answers}
    rows = _rows(version, [question.id for question in asked.values()])
    said = _rows_on_passages(version, part)
    answers = {
        key: with_unseen_choices(rows.get(asked[key].id), new) for key, new in answers.items() if key in asked
    }
    refuse_lost_answers(
        {key: (rows.get(asked[key].id), answers[key]) for key in asked}
        | {passage_key(here): (said.get(here), new) for here, new in passages.items()}
    )
    new_words = any(new.is_there for new in [*answers.values(), *passages.values()])
    old_words = any(row.text for here, row in said.items() if here not in passages)
    anything = new_words or old_words or bool(contact and contact.email)
    if no_comment and anything:
        raise AnsweredAlready
    for key, question in asked.items():
        _store(version, question, rows.get(question.id), answers[key])
    for here, new in passages.items():
        _store_on_passage(version, here, said.get(here), new)
    if contact is not None:
        keep_contact(response, contact, now=now)
    _mark(version, part.key, finished=finished, anything=anything, no_comment=no_comment, now=now)
    session.flush()


def save_letter(
    consultation: Consultation, response_id: uuid.UUID, *, letter: NewAnswer, finished: bool, now: datetime
) -> None:
    """The whole letter as one text. Raises as save_part does."""
    check_takes_drafts(consultation, now=now)
    version = working_version(hold(response_id))
    row = session.scalar(
        select(Answer).where(Answer.response_version_id == version.id, Answer.source == CommentSource.LETTER)
    )
    refuse_lost_answers({LETTER: (row, letter)})
    if row is None:
        row = Answer(response_version_id=version.id, source=CommentSource.LETTER)
        session.add(row)
    row.text, row.state = letter.text or None, _state(letter)
    _mark(version, LETTER, finished=finished, anything=letter.is_there, now=now)
    session.flush()


def _rows(version: ResponseVersion, questions: list[uuid.UUID]) -> dict[uuid.UUID | None, Answer]:
    found = (
        select(Answer)
        .where(Answer.response_version_id == version.id, Answer.question_id.in_(questions))
        .options(selectinload(Answer.choices).joinedload(AnswerChoice.option))
        .execution_options(populate_existing=True)
    )
    return {row.question_id: row for row in session.scalars(found)}


def _rows_on_passages(version: ResponseVersion, part: Part) -> dict[uuid.UUID | None, Answer]:
    """Of the part's section, in whatever version of the document."""
    if part.section_key is None:
        return {}
    found = (
        select(Answer)
        .join(Passage, Passage.id == Answer.passage_id)
        .join(Section, Section.id == Passage.section_id)
        .where(Answer.response_version_id == version.id, Section.key == part.section_key)
        .execution_options(populate_existing=True)
    )
    return {row.passage_id: row for row in session.scalars(found)}


def _store(version: ResponseVersion, question: AskedQuestion, row: Answer | None, new: NewAnswer) -> None:
    if row is None:
        if not new.is_there:
            return
        row = Answer(response_version_id=version.id, question_id=question.id)
        session.add(row)
    row.question_version_id = question.version_id
    row.text, row.state = new.text or None, _state(new)
    wanted = {option.id for option in question.options if option.key in new.choices}
    kept = [choice for choice in row.choices if choice.option_id in wanted]
    added = wanted - {choice.option_id for choice in kept}
    if added or len(kept) < len(row.choices):
        flag_modified(row, "state")  # or the row would not count this change of its choices
    row.choices = [*kept, *(AnswerChoice(option_id=option) for option in added)]


def _store_on_passage(
    version: ResponseVersion, passage_id: uuid.UUID, row: Answer | None, new: NewAnswer
) -> None:
    """Emptied, the row stays until sending: were it made anew, its count of changes would start again."""
    if row is None:
        if not new.is_there:
            return
        row = Answer(response_version_id=version.id, passage_id=passage_id, source=CommentSource.PASSAGE)
        session.add(row)
    row.text, row.state = new.text or None, _state(new)


def _state(new: NewAnswer) -> AnswerState:
    if not new.is_there:
        return AnswerState.NONE
    return AnswerState.DONT_KNOW if DONT_KNOW in new.choices else AnswerState.ANSWERED


def _mark(
    version: ResponseVersion,
    part: str,
    *,
    finished: bool,
    anything: bool,
    no_comment: bool = False,
    now: datetime,
) -> None:
    """Saying "no comment" holds until something is written."""
    said_so = no_comment or version.parts.get(part) == PartState.NO_COMMENT
    done = PartState.COMPLETED if anything else PartState.SKIPPED
    state = done if finished else PartState.IN_PROGRESS
    version.parts = {**version.parts, part: PartState.NO_COMMENT if said_so and not anything else state}
    mark_changed(version, now=now)  # "Saved at 11:04pm", also where nothing changed
