"""What changed in the document, in the words of its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.consultations.languages import InOwnLanguage
from app.consultations.queries.changes import ParagraphChange, SectionChanges
from app.rendering.words import page_language, said, text_of
from app.themes.differences import Change, differences

if TYPE_CHECKING:
    from app.models import Passage


@dataclass(frozen=True)
class ParagraphShown:
    title: str
    pieces: tuple[Change, ...]  # the words as they were and as they are
    language: str


def paragraphs_shown(changes: SectionChanges) -> list[ParagraphShown]:
    return [_shown(one) for one in changes.paragraphs]


def _shown(change: ParagraphChange) -> ParagraphShown:
    versions = [one for one in (change.before, change.after) if one is not None]
    texts, language = _in_one_language(versions)
    title = said("Paragraph %(number)s", number=change.number)
    if change.before is None:
        return ParagraphShown(said("%(title)s is new", title=title), differences("", texts[0]), language)
    if change.after is None:
        gone = said("%(title)s was taken out", title=title)
        return ParagraphShown(gone, differences(texts[0], ""), language)
    return ParagraphShown(title, differences(texts[0], texts[1]), language)


def _in_one_language(versions: Sequence["Passage"]) -> tuple[list[str], str]:
    """In that of the page where each wording was translated; two languages cannot be compared."""
    spoken = [text_of(one, "text") for one in versions]
    own = next((text.language for text in spoken if isinstance(text, InOwnLanguage)), None)
    texts = spoken if own is None else [one.text for one in versions]
    return [text.replace("**", "") for text in texts], own or page_language()
