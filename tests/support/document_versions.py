"""The document of a consultation in a newer version, as its editors would publish it."""

from datetime import date

from sqlalchemy import select

from app.consultations.queries.documents import current_document
from app.database import session
from app.models import Consultation, DocumentVersion, Passage


def next_version(
    consultation: Consultation, *, changed: dict[str, str] | None = None, gone: tuple[str, ...] = ()
) -> DocumentVersion:
    """The newest with other texts for the keys in `changed`, and without those in `gone`."""
    last = current_document(consultation.id)
    assert last is not None
    version = DocumentVersion(
        consultation_id=consultation.id,
        position=last.position + 1,
        label=str(last.position + 1),
        title=last.title,
        dated=date(2026, 6, 15),
    )
    session.add(version)
    session.flush()
    passages = session.scalars(select(Passage).where(Passage.document_version_id == last.id)).all()
    session.add_all(
        Passage(
            document_version_id=version.id,
            section_id=one.section_id,
            key=one.key,
            number=one.number,
            position=one.position,
            role=one.role,
            text=(changed or {}).get(one.key, one.text),
        )
        for one in passages
        if one.key not in gone
    )
    session.flush()
    return version
