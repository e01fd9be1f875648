"""Single paragraphs of the document that someone has commented on, whatever has become of them since."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from app.database import session
from app.models import DocumentVersion, Passage, Section


@dataclass(frozen=True, kw_only=True)
class PassageShown:
    """`earlier`: the newest version of the document has other words in its place, or none."""

    id: uuid.UUID
    key: str
    number: str
    place: str  # within its section, as addresses carry it
    position: int
    section_id: uuid.UUID
    section_key: str
    text: str
    version: str  # the label of the document's version
    earlier: bool

    @property
    def title(self) -> str:
        said = " (about an earlier wording)" if self.earlier else ""
        return f"About paragraph {self.number}{said}"


def place_of(number: str, section_number: str) -> str:
    """Of paragraph 1.4 in section 1: 4"""
    return number.removeprefix(f"{section_number}.").replace(".", "-")


def passages_shown(
    consultation_id: uuid.UUID, ids: Iterable[uuid.UUID | None]
) -> dict[uuid.UUID, PassageShown]:
    """By id, those of this consultation among `ids`, in the order of the document. One query at most."""
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    newest = (
        select(DocumentVersion.id)
        .where(DocumentVersion.consultation_id == consultation_id)
        .order_by(DocumentVersion.position.desc())
        .limit(1)
        .scalar_subquery()
    )
    now = aliased(Passage)
    query = (
        select(Passage, Section, DocumentVersion.label, now.text)
        .join(DocumentVersion, DocumentVersion.id == Passage.document_version_id)
        .join(Section, Section.id == Passage.section_id)
        .outerjoin(now, and_(now.key == Passage.key, now.document_version_id == newest))
        .where(DocumentVersion.consultation_id == consultation_id, Passage.id.in_(wanted))
        .order_by(Section.position, Passage.position, DocumentVersion.position)
    )
    return {
        passage.id: PassageShown(
            id=passage.id,
            key=passage.key,
            number=passage.number,
            place=place_of(passage.number, section.number),
            position=passage.position,
            section_id=section.id,
            section_key=section.key,
            text=passage.text,
            version=label,
            earlier=text_now != passage.text,
        )
        for passage, section, label, text_now in session.execute(query)
    }
