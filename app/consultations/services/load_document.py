from datetime import date

from app.consultations.files.format import ConsultationFile
from app.database import session
from app.models import Consultation, DocumentVersion, Passage, Section


def add_document(file: ConsultationFile, consultation: Consultation) -> dict[str, Section]:
    """The first version of the document with its sections and passages. Returns the sections by key."""
    sections = {
        row.key: Section(
            consultation_id=consultation.id,
            key=row.key,
            number=str(row.number),
            title=row.title,
            position=position,
            nets=list(row.net),
        )
        for position, row in enumerate(file.sections)
    }
    session.add_all(sections.values())
    session.flush()
    add_version(file, consultation, sections, position=1)
    return sections


def add_version(
    file: ConsultationFile, consultation: Consultation, sections: dict[str, Section], *, position: int
) -> DocumentVersion:
    """The file's document and passages, under sections that are there."""
    version = DocumentVersion(
        consultation_id=consultation.id,
        position=position,
        label=file.document.version,
        title=file.document.title,
        dated=date.fromisoformat(file.document.dated),
        status=file.document.status,
        banner=file.document.banner,
    )
    session.add(version)
    session.flush()
    passages = [(sections[row.key], passage) for row in file.sections for passage in row.passages]
    session.add_all(
        Passage(
            document_version_id=version.id,
            section_id=section.id,
            key=row.key,
            number=row.number,
            position=place,
            role=row.role,
            text=row.body.strip(),
        )
        for place, (section, row) in enumerate(passages)
    )
    session.flush()
    return version
