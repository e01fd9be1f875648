import uuid
from dataclasses import dataclass

from sqlalchemy import select

from app.consultations.queries.passages import place_of
from app.database import session
from app.enums import PassageRole
from app.models import DocumentVersion, Passage, Section


@dataclass(frozen=True)
class SectionText:
    """A section with its passages in one version of the document."""

    id: uuid.UUID
    key: str
    number: str
    title: str
    passages: tuple[Passage, ...]

    def place(self, passage: Passage) -> str:
        return place_of(passage.number, self.number)

    def with_role(self, role: PassageRole) -> tuple[Passage, ...]:
        return tuple(passage for passage in self.passages if passage.role is role)


def current_document(consultation_id: uuid.UUID) -> DocumentVersion | None:
    """The newest version."""
    return session.scalar(
        select(DocumentVersion)
        .where(DocumentVersion.consultation_id == consultation_id)
        .order_by(DocumentVersion.position.desc())
        .limit(1)
    )


def sections_of(consultation_id: uuid.UUID) -> list[Section]:
    return list(
        session.scalars(
            select(Section).where(Section.consultation_id == consultation_id).order_by(Section.position)
        )
    )


def section_texts(document: DocumentVersion, *, section_key: str | None = None) -> list[SectionText]:
    """The sections of this version, in order, or the one with this key: two queries."""
    sections = sections_of(document.consultation_id)
    wanted = [s for s in sections if section_key in (None, s.key)]
    passages = session.scalars(
        select(Passage)
        .where(Passage.document_version_id == document.id, Passage.section_id.in_([s.id for s in wanted]))
        .order_by(Passage.position)
    ).all()
    return [
        SectionText(
            id=s.id,
            key=s.key,
            number=s.number,
            title=s.title,
            passages=tuple(p for p in passages if p.section_id == s.id),
        )
        for s in wanted
    ]
