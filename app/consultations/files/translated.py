"""The part of the consultation file that holds its texts in other languages."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class WayWords:
    label: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class DocumentWords:
    title: str | None = None
    status: str | None = None
    banner: str | None = None


@dataclass(frozen=True)
class OptionWords:
    label: str | None = None
    label_for_individuals: str | None = None
    opens_text: str | None = None


@dataclass(frozen=True)
class QuestionWords:
    text: str | None = None
    text_for_organisations: str | None = None
    hint: str | None = None
    hint_for_organisations: str | None = None
    page_title: str | None = None
    options: dict[str, OptionWords] = field(default_factory=dict)
    line: int | None = None


@dataclass(frozen=True)
class EqualityWords:
    text: str | None = None
    hint: str | None = None
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TranslationRow:
    """The texts of this file in another language, by key. What is left out is shown in the file's own."""

    title: str | None = None
    summary: str | None = None
    who_can_reply: str | None = None
    time_needed: str | None = None
    what_happens_to_responses: str | None = None
    lead_role: str | None = None
    contact_note: str | None = None
    other_ways_to_reply: dict[str, WayWords] = field(default_factory=dict)
    partner_kinds: dict[str, str] = field(default_factory=dict)
    document: DocumentWords = DocumentWords()
    sections: dict[str, str] = field(default_factory=dict)
    passages: dict[str, str] = field(default_factory=dict)
    scales: dict[str, dict[str, str]] = field(default_factory=dict)
    questions: dict[str, QuestionWords] = field(default_factory=dict)
    equality: EqualityWords = EqualityWords()
    line: int | None = None
