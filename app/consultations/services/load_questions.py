from dataclasses import asdict
from datetime import datetime

from app.consultations.files.format import ConsultationFile, OptionRow, QuestionRow
from app.consultations.naming import part_key
from app.database import session
from app.enums import QuestionPurpose
from app.models import Consultation, Option, Question, QuestionVersion, Section

EQUALITY_PART = "equality"


def add_questions(
    file: ConsultationFile,
    consultation: Consultation,
    sections: dict[str, Section],
    *,
    locked_at: datetime | None,
) -> None:
    equality = {row.key for row in file.equality.questions} if file.equality else set()
    asked = {row.key for row in file.questions}
    questions: dict[str, Question] = {}
    for position, row in enumerate(file.every_question()):
        question = _question(row, sections)
        question.consultation_id, question.position = consultation.id, position
        question.purpose = (
            QuestionPurpose.EQUALITY
            if row.key in equality
            else QuestionPurpose.BID
            if row.key in asked
            else QuestionPurpose.RESPONDENT
        )
        questions[row.key] = question
    session.add_all(questions.values())
    session.flush()
    wordings: dict[str, QuestionVersion] = {}
    for row in file.every_question():
        questions[row.key].explains = [questions[key] for key in row.explains]
        wordings[row.key] = _wording(row, questions[row.key], locked_at=locked_at)
        session.add_all(_options(row, questions[row.key]))
    session.add_all(wordings.values())
    session.flush()
    for key, wording in wordings.items():
        questions[key].current_version_id = wording.id
    session.flush()


def _question(row: QuestionRow, sections: dict[str, Section]) -> Question:
    return Question(
        section_id=sections[row.section].id if row.section else None,
        key=row.key,
        number=row.number,
        kind=row.kind,
        part=_part(row),
        part_title=row.page_title or (sections[row.section].title if row.section else ""),
        themed=row.themed,
        sensitive=row.sensitive,
        contact=row.contact,
        enabled=row.enabled,
        response_field=row.response_field,
    )


def _part(row: QuestionRow) -> str:
    if row.page:
        return row.page.replace("_", "-")
    return row.section or (part_key(row.page_title) if row.page_title else EQUALITY_PART)


def _wording(row: QuestionRow, question: Question, *, locked_at: datetime | None) -> QuestionVersion:
    return QuestionVersion(
        question_id=question.id,
        text=row.text,
        text_for_organisations=row.text_for_organisations,
        hint=row.hint,
        hint_for_organisations=row.hint_for_organisations,
        required=row.required,
        needed_to_send=row.needed_to_send,
        max_choices=row.max_choices,
        lines=row.lines,
        seen_by=list(row.seen_by),
        condition=asdict(row.show_if) if row.show_if else None,
        if_unanswered=row.if_unanswered,
        locked_at=locked_at,
    )


def _options(row: QuestionRow, question: Question) -> list[Option]:
    return [_option(option, position, question) for position, option in enumerate(row.options)]


def _option(row: OptionRow, position: int, question: Question) -> Option:
    return Option(
        question_id=question.id,
        key=row.key,
        label=row.label,
        label_for_individuals=row.label_for_individuals,
        position=position,
        scale_position=row.position,
        exclusive=row.exclusive,
        offered_to=list(row.offered_to) if row.offered_to else None,
        treat_as=row.treat_as,
        opens_text=row.opens_text,
        note={"council": row.council} if row.council else None,
    )
