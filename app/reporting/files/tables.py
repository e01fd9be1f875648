"""The tables that officers take out, with each column in words. docs/exports.md says the same."""

from dataclasses import dataclass
from typing import Final

from app.enums import Permission
from app.themes.files.codings_file import QUOTES_APART

COMMENTS, THEMES, FRAME, AUDIT = "comments", "themes", "frame", "audit"
CSV, XLSX = "csv", "xlsx"
FORMATS: Final = {CSV: "CSV", XLSX: "Excel (XLSX)"}
NUMBER = "number"


@dataclass(frozen=True)
class Column:
    name: str
    words: str
    kind: str = "text"


@dataclass(frozen=True)
class Table:
    """`per`: what one row is. `permission`: whoever lacks it is not offered the table."""

    key: str
    title: str
    per: str
    permission: Permission
    columns: tuple[Column, ...]

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


_COMMENTS = Table(
    COMMENTS,
    "Coded comments",
    "One row for each theme and stance on a comment in the analysis. A comment without a theme has one row.",
    Permission.READ_REDACTED,
    (
        Column("comment", "The reference of the response it was sent in, a dot, and its number there"),
        Column("respondent", "The reference of the response that it counts for"),
        Column(
            "question", "The key of the question; empty for a paragraph of the draft, a letter or an event"
        ),
        Column(
            "question_title",
            "The question's number and part, or the paragraph's number and whether it has changed since",
        ),
        Column("kind", "individual or organisation"),
        Column("organisation", "Its name, only if it may be published with the response"),
        Column("organisation_type", "In words; empty for individuals"),
        Column("area", "In words; empty where it was not given"),
        Column("channel", "online, email, paper, phone or event"),
        Column("sent", "The day it was sent, in UK time"),
        Column("late", "yes if it came after the closing time"),
        Column("campaign", "yes if it is part of a campaign"),
        Column("may_quote", "named, anonymous or no: what the sender allows to be published"),
        Column("text", "The words of the comment, with redacted words replaced"),
        Column("outcome", "undecided, coded, no_point, out_of_scope, unclear, refers_elsewhere or other"),
        Column("theme", "The theme's code; a merged theme is the one it is now part of"),
        Column("theme_label", "The theme's label"),
        Column("stance", "support, concern, suggestion or neutral"),
        Column("quotes", f"The words that carry the theme. Several are kept apart by{QUOTES_APART}"),
        Column("coded_by", "The officer who gave it the theme"),
        Column("coded_on", "The day, in UK time"),
        Column("coded_how", "single, bulk, campaign or imported"),
        Column("read_whole", "yes if an officer has read the comment whole"),
    ),
)
_THEMES = Table(
    THEMES,
    "Theme table",
    "One row for each theme and net in all questions together, then one for each question it was raised in.",
    Permission.SEE_COUNTS,
    (
        Column("question", "all, a question's key, or other for paragraphs, letters and events"),
        Column("theme", "The code"),
        Column("theme_label", "The label"),
        Column("level", "net or theme"),
        Column("net", "The code of the net that it stands under"),
        Column("respondents", "Different people and organisations; petitions are left out", NUMBER),
        Column("share", "Of those who commented there, in per cent", NUMBER),
        Column("comments", "Comments with the theme", NUMBER),
        *(
            Column(stance, f"Comments with this stance ({stance}); a comment may have two", NUMBER)
            for stance in ("support", "concern", "suggestion", "neutral")
        ),
        Column(
            "individuals", "Respondents; “fewer than 5” or “hidden” where few people could be told", NUMBER
        ),
        Column("organisations", "The same for organisations", NUMBER),
        Column("respondents_without_campaigns", "Respondents, comments of campaigns left out", NUMBER),
        Column("comments_without_campaigns", "Comments, those of campaigns left out", NUMBER),
        Column("read_singly", "Comments that an officer has read; the others were coded in bulk", NUMBER),
        Column("in_bulk", "Comments coded in bulk, and not read singly", NUMBER),
        Column("retired", "yes if the theme is no longer in use"),
    ),
)
_FRAME = Table(
    FRAME,
    "Coding frame",
    "One row for each theme and net, merged and retired ones too.",
    Permission.READ_REDACTED,
    (
        Column("code", "The code"),
        Column("level", "net or theme"),
        Column("net", "The code of the net that it stands under"),
        Column("label", "The label"),
        Column("definition", "What it means"),
        Column("include", "What belongs to it"),
        Column("exclude", "What does not"),
        Column("example", "A typical comment, made up"),
        Column("support_means", "What “support” means for this theme"),
        Column("cue_words", "Words that point to it, kept apart by semicolons"),
        Column("merged_into", "The code that it is now part of"),
        Column("retired", "yes if it is no longer in use"),
    ),
)
_AUDIT = Table(
    AUDIT,
    "Audit",
    "One row for each thing that was done, the newest first. Analysts get their own.",
    Permission.SEE_AUDIT,
    (
        Column("at_utc", "When, in UTC"),
        Column("who", "The officer, a respondent or the system"),
        Column("about", "The kind of thing"),
        Column("name", "Its reference or code"),
        Column("sentence", "What was done, as the audit page says it"),
    ),
)
TABLES: Final = {table.key: table for table in (_COMMENTS, _THEMES, _FRAME, _AUDIT)}
