"""A newer version of the document of a consultation: what is asked stays, what is read changes."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from app.accounts.actor import Actor
from app.accounts.services.record import record
from app.consultations.files.format import ConsultationFile
from app.consultations.files.problems import Problems
from app.consultations.files.read import checked
from app.consultations.queries.documents import current_document, sections_of
from app.consultations.services.load_document import add_version
from app.consultations.services.load_translations import add_translations_of_version
from app.database import session
from app.models import Consultation, DocumentVersion, Passage, Section


@dataclass(frozen=True)
class PublishedVersion:
    """How many paragraphs differ from the version before, by key."""

    label: str
    changed: int
    added: int
    gone: int


def publish_version(
    consultation: Consultation, document: dict[str, object], *, actor: Actor, now: datetime
) -> PublishedVersion:
    """Comments on a paragraph stay with the wording they were made about.

    Raises RefusedFile, with lines: the file is wrong, its version is no newer one, or its sections are not
    those of the consultation, on which the questions hang.
    """
    file = checked(document)
    # Of two at once the second sees the first's version.
    consultation = session.get_one(
        Consultation, consultation.id, with_for_update=True, populate_existing=True
    )
    before = current_document(consultation.id)
    sections = {section.key: section for section in sections_of(consultation.id)}
    _refuse_what_does_not_fit(file, consultation, before, sections)
    version = add_version(file, consultation, sections, position=before.position + 1 if before else 1)
    add_translations_of_version(file, consultation, version)
    published = _compared(_texts(before), _texts(version), label=version.label)
    record(
        "published a version",
        actor=actor,
        now=now,
        subject="consultation",
        subject_id=consultation.id,
        subject_name=consultation.slug,
        consultation_id=consultation.id,
        details={
            "version": published.label,
            "changed": published.changed,
            "added": published.added,
            "gone": published.gone,
        },
    )
    session.flush()
    return published


def _refuse_what_does_not_fit(
    file: ConsultationFile,
    consultation: Consultation,
    before: DocumentVersion | None,
    sections: dict[str, Section],
) -> None:
    problems = Problems()
    if file.slug != consultation.slug:
        problems.add(f"the slug must be {consultation.slug}", line=file.line)
    labels = select(DocumentVersion.label).where(DocumentVersion.consultation_id == consultation.id)
    if file.document.version in session.scalars(labels).all():
        problems.add(f"version {file.document.version} is here already", line=file.document.line)
    if before is not None and date.fromisoformat(file.document.dated) < before.dated:
        problems.add(f"it must not be dated before {before.dated.isoformat()}", line=file.document.line)
    for row in file.sections:
        if row.key not in sections:
            problems.add(f"the consultation has no section {row.key}", line=row.line)
        elif sections[row.key].title != row.title:
            problems.add(f"the title of {row.key} cannot change with a version", line=row.line)
    for key in sections.keys() - {row.key for row in file.sections}:
        problems.add(f"the section {key} of the consultation is not in the file", line=file.line)
    problems.refuse()


def _texts(version: DocumentVersion | None) -> dict[str, str]:
    if version is None:
        return {}
    found = select(Passage.key, Passage.text).where(Passage.document_version_id == version.id)
    return {key: text for key, text in session.execute(found)}


def _compared(before: dict[str, str], after: dict[str, str], *, label: str) -> PublishedVersion:
    return PublishedVersion(
        label=label,
        changed=sum(before[key] != after[key] for key in before.keys() & after.keys()),
        added=len(after.keys() - before.keys()),
        gone=len(before.keys() - after.keys()),
    )
