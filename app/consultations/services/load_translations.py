"""The texts in other languages, each beside the row that holds it in the consultation's own."""

import uuid
from collections.abc import Iterator

from sqlalchemy import select

from app.consultations.files.format import ConsultationFile, QuestionRow
from app.consultations.files.translated import OptionWords, QuestionWords, TranslationRow
from app.database import session
from app.models import (
    Consultation,
    DocumentVersion,
    Partner,
    Passage,
    Question,
    Section,
    Translation,
)

Found = Iterator[tuple[uuid.UUID, str, str | None]]  # which row, which field, the text


def add_translations(file: ConsultationFile, consultation: Consultation) -> None:
    for language, row in file.translations.items():
        _add(language, _texts(file, row, consultation), consultation)


def add_translations_of_version(
    file: ConsultationFile, consultation: Consultation, version: DocumentVersion
) -> None:
    """Those of a version that came later; what belongs to the sections and questions is there already."""
    for language, row in file.translations.items():
        _add(language, _version(row, version), consultation)


def _add(language: str, texts: Found, consultation: Consultation) -> None:
    session.add_all(
        Translation(
            consultation_id=consultation.id,
            subject_id=row_id,
            field=name,
            language=language,
            text=text.strip(),
        )
        for row_id, name, text in texts
        if text
    )
    session.flush()


def _texts(file: ConsultationFile, row: TranslationRow, consultation: Consultation) -> Found:
    yield from _around(row, consultation)
    yield from _document(row, consultation)
    yield from _questions(file, row, consultation)


def _around(row: TranslationRow, consultation: Consultation) -> Found:
    of_itself = {
        "title": row.title,
        "summary": row.summary,
        "who_can_reply": row.who_can_reply,
        "time_needed": row.time_needed,
        "what_happens": row.what_happens_to_responses,
        "lead_role": row.lead_role,
        "contact_note": row.contact_note,
        "equality.text": row.equality.text,
        "equality.hint": row.equality.hint,
    }
    of_itself |= {f"equality.{key}": label for key, label in row.equality.options.items()}
    for key, way in row.other_ways_to_reply.items():
        of_itself |= {f"{key}.label": way.label, f"{key}.text": way.text}
    for name, text in of_itself.items():
        yield consultation.id, name, text
    for partner in session.scalars(select(Partner).where(Partner.consultation_id == consultation.id)):
        yield partner.id, "kind_label", row.partner_kinds.get(partner.kind)


def _document(row: TranslationRow, consultation: Consultation) -> Found:
    mine = DocumentVersion.consultation_id == consultation.id
    for version in session.scalars(select(DocumentVersion).where(mine)):
        yield from _version(row, version)
    for section in session.scalars(select(Section).where(Section.consultation_id == consultation.id)):
        yield section.id, "title", row.sections.get(section.key)


def _version(row: TranslationRow, version: DocumentVersion) -> Found:
    yield version.id, "title", row.document.title
    yield version.id, "status", row.document.status
    yield version.id, "banner", row.document.banner
    for passage in session.scalars(select(Passage).where(Passage.document_version_id == version.id)):
        yield passage.id, "text", row.passages.get(passage.key)


def _questions(file: ConsultationFile, row: TranslationRow, consultation: Consultation) -> Found:
    rows = {question.key: question for question in file.every_question()}
    for question in session.scalars(select(Question).where(Question.consultation_id == consultation.id)):
        asked = rows[question.key]
        words = row.questions.get(question.key, QuestionWords())
        yield question.id, "part_title", words.page_title or row.sections.get(asked.section or "")
        yield question.wording.id, "text", words.text
        yield question.wording.id, "text_for_organisations", words.text_for_organisations
        yield question.wording.id, "hint", words.hint
        yield question.wording.id, "hint_for_organisations", words.hint_for_organisations
        yield from _options(question, asked, words, row)


def _options(question: Question, asked: QuestionRow, words: QuestionWords, row: TranslationRow) -> Found:
    scale = row.scales.get(asked.scale or "", {})
    for option in question.options:
        given = words.options.get(option.key, OptionWords())
        yield option.id, "label", given.label or scale.get(option.key)
        yield option.id, "label_for_individuals", given.label_for_individuals
        yield option.id, "opens_text", given.opens_text
