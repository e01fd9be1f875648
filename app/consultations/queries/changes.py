"""What the newest version of the document says otherwise than the one before it."""

from dataclasses import dataclass

from sqlalchemy import select

from app.consultations.queries.documents import SectionText, section_texts
from app.database import session
from app.models import DocumentVersion, Passage


@dataclass(frozen=True)
class ParagraphChange:
    """`before` is None where it is new, `after` where it was taken out."""

    number: str
    before: Passage | None
    after: Passage | None


@dataclass(frozen=True)
class SectionChanges:
    section: SectionText
    paragraphs: tuple[ParagraphChange, ...]


def version_before(document: DocumentVersion) -> DocumentVersion | None:
    return session.scalar(
        select(DocumentVersion)
        .where(
            DocumentVersion.consultation_id == document.consultation_id,
            DocumentVersion.position < document.position,
        )
        .order_by(DocumentVersion.position.desc())
        .limit(1)
    )


def changes_since(before: DocumentVersion, document: DocumentVersion) -> list[SectionChanges]:
    """The sections that changed, in order; in each its paragraphs, those taken out last."""
    pairs = zip(section_texts(before), section_texts(document), strict=True)
    found = [SectionChanges(new, tuple(_changes(old, new))) for old, new in pairs]
    return [one for one in found if one.paragraphs]


def _changes(old: SectionText, new: SectionText) -> list[ParagraphChange]:
    was = {passage.key: passage for passage in old.passages}
    kept = {passage.key for passage in new.passages}
    there = [ParagraphChange(passage.number, was.get(passage.key), passage) for passage in new.passages]
    gone = [ParagraphChange(one.number, one, None) for one in old.passages if one.key not in kept]
    return [one for one in (*there, *gone) if _text(one.before) != _text(one.after)]


def _text(passage: Passage | None) -> str | None:
    return passage.text if passage else None
