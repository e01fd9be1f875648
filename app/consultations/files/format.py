"""The consultation file, format version 1: which keys there are, and what each holds."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from app.consultations.files.translated import TranslationRow
from app.enums import Channel, PassageRole, QuestionKind, RespondentKind, Stance


@dataclass(frozen=True)
class LeadRow:
    name: str
    email: str
    phone: str
    role: str = ""
    contact_note: str = ""


@dataclass(frozen=True)
class KeyedLabel:
    key: str
    label: str
    text: str = ""
    line: int | None = None


@dataclass(frozen=True)
class PartnerRow:
    key: str
    name: str
    kind: str
    line: int | None = None


@dataclass(frozen=True)
class ScheduleRow:
    """Days counted from the day of loading, or dates ("2026-12-01"); times in the timezone given."""

    timezone: str
    opens_in_days: int | None = None
    opens_on: str | None = None
    opens_at_time: str = "00:00"
    closes_in_days: int | None = None
    closes_on: str | None = None
    closes_at_time: str = "23:59"
    grace_minutes: int = 30
    report_within_weeks: int | None = None  # of closing: what the public is told to expect
    historical: dict[str, Any] | None = None
    line: int | None = None


@dataclass(frozen=True)
class DocumentRow:
    title: str
    version: str
    dated: str
    status: str = ""
    banner: str = ""
    dated_note: str = ""
    line: int | None = None


@dataclass(frozen=True)
class PassageRow:
    key: str
    number: str
    role: PassageRole
    body: str
    line: int | None = None


@dataclass(frozen=True)
class SectionRow:
    key: str
    number: int
    title: str
    passages: tuple[PassageRow, ...]
    net: tuple[str, ...] = ()
    line: int | None = None


@dataclass(frozen=True)
class OptionRow:
    key: str
    label: str
    position: int | None = None
    exclusive: bool = False
    label_for_individuals: str | None = None
    offered_to: tuple[RespondentKind, ...] | None = None
    treat_as: dict[str, str] | None = None
    opens_text: str | None = None
    council: str | None = None
    line: int | None = None


@dataclass(frozen=True)
class Condition:
    question: str
    answer: str


@dataclass(frozen=True)
class QuestionRow:
    """A question about the respondent, on the document, or on equality. `page` or `section` places it."""

    key: str
    kind: QuestionKind
    text: str
    response_field: str | None
    number: str = ""
    page: Literal["start", "about_you", "publication"] | None = None
    section: str | None = None
    page_title: str | None = None
    lines: Literal["one", "many"] = "many"
    scale: str | None = None
    text_for_organisations: str | None = None
    hint: str | None = None
    hint_for_organisations: str | None = None
    required: bool = False
    needed_to_send: bool = False
    seen_by: tuple[RespondentKind, ...] = tuple(RespondentKind)
    themed: bool = False
    sensitive: bool = False
    contact: bool = False
    enabled: bool = True
    max_choices: int | None = None
    if_unanswered: str | None = None
    explains: tuple[str, ...] = ()
    show_if: Condition | None = None
    options: tuple[OptionRow, ...] = ()
    line: int | None = None


@dataclass(frozen=True)
class EqualityIntro:
    text: str
    hint: str
    options: tuple[KeyedLabel, ...]


@dataclass(frozen=True)
class EqualityRow:
    seen_by: tuple[RespondentKind, ...]
    when: Literal["after_sending"]
    intro: EqualityIntro
    questions: tuple[QuestionRow, ...]

    def asked(self) -> list[QuestionRow]:
        return [replace(question, seen_by=self.seen_by) for question in self.questions]


@dataclass(frozen=True)
class NetRow:
    group: str
    sections: tuple[str, ...]
    line: int | None = None


@dataclass(frozen=True)
class FrameRow:
    file: str
    columns: dict[str, str]
    nets: tuple[NetRow, ...]
    themes: int | None = None
    cue_words_separator: str = ";"
    handling_file: str | None = None
    stances: tuple[Stance, ...] = tuple(Stance)
    line: int | None = None


@dataclass(frozen=True)
class PopulationRow:
    question: str
    basis: str
    source: str
    thousands: dict[str, int]
    note: str = ""
    checked: bool = False
    seen_by: tuple[str, ...] = ()
    line: int | None = None


@dataclass(frozen=True)
class SampleRow:
    file: str
    responses: int
    comments: int
    notice: str
    last_response_in_days: int
    synthetic: bool = True
    campaigns: tuple[str, ...] = ()
    personal_data_kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class ConsultationFile:
    format_version: Literal[1]
    slug: str
    title: str
    lead_organisation: LeadRow
    summary: str
    what_happens_to_responses: str
    schedule: ScheduleRow
    document: DocumentRow
    sections: tuple[SectionRow, ...]
    respondent_questions: tuple[QuestionRow, ...]
    questions: tuple[QuestionRow, ...]
    language: str = "en-GB"
    reference_prefix: str | None = None
    who_can_reply: str = ""
    time_needed: str = ""
    partners: tuple[PartnerRow, ...] = ()
    partner_kinds: tuple[KeyedLabel, ...] = ()
    other_ways_to_reply: tuple[KeyedLabel, ...] = ()
    scales: dict[str, tuple[OptionRow, ...]] = field(default_factory=dict)
    equality: EqualityRow | None = None
    frame: FrameRow | None = None
    population: PopulationRow | None = None
    channels: tuple[Channel, ...] = tuple(Channel)
    sample: SampleRow | None = None
    translations: dict[str, TranslationRow] = field(default_factory=dict)  # by language
    line: int | None = None

    def every_question(self) -> list[QuestionRow]:
        """As they are asked: about the respondent, on the document, at the end, equality."""
        first = [q for q in self.respondent_questions if q.page != "publication"]
        last = [q for q in self.respondent_questions if q.page == "publication"]
        return [*first, *self.questions, *last, *(self.equality.asked() if self.equality else [])]
