"""What became of a response, in the words of its sender's page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.consultations.passage_words import first_words
from app.enums import DispositionValue, ExclusionReason, Stance
from app.public.paragraphs import quoting, title_of
from app.rendering.filters import day
from app.rendering.words import later, said, said_of, spoken, text_of
from app.reporting.queries.outcome import CommentOutcome, Outcome
from app.reporting.queries.own_themes import Recorded

LEFT_OUT = {
    ExclusionReason.TEST: later("We took it for a test."),
    ExclusionReason.BLANK: later("It had no answers that we could count."),
    ExclusionReason.DUPLICATE: later("The same response was sent twice. We counted the other one."),
    ExclusionReason.COMBINED: later(
        "We put it together with another response of yours, so that you count once. "
        "What you wrote counts there."
    ),
    ExclusionReason.LATE_UNDECIDED: later(
        "It came after the consultation had closed. Officers have not decided yet whether it counts."
    ),
    ExclusionReason.LATE: later("It came after the consultation had closed."),
    ExclusionReason.SPAM: later("It did not look like a response to this consultation."),
    ExclusionReason.OTHER: later("Officers decided that it could not be counted. You can ask us why."),
}
NO_THEME = {
    DispositionValue.UNDECIDED: later("Officers have not decided this one yet."),
    DispositionValue.CODED: later("Officers have not decided this one yet."),
    DispositionValue.NO_POINT: later("We read this. It did not make a point we could group."),
    DispositionValue.OUT_OF_SCOPE: later("We read this. It is about what this consultation cannot decide."),
    DispositionValue.UNCLEAR: later("We read this. We could not tell what point it makes."),
    DispositionValue.REFERS_ELSEWHERE: later("We read this. It points to another answer, and counts there."),
    DispositionValue.OTHER: later("We read this. It makes a point that none of the themes covers."),
    DispositionValue.EXCLUDED: later("We read this. It is not part of the analysis."),
}
STANCES = {
    Stance.SUPPORT: later("support"),
    Stance.CONCERN: later("concern"),
    Stance.SUGGESTION: later("suggestion"),
    Stance.NEUTRAL: later("neutral"),
}


@dataclass(frozen=True)
class Step:
    """`state` is done, now or next; `date` is words."""

    label: str
    state: str
    date: str | None = None
    note: str | None = None


def steps(found: Outcome, *, received: datetime | None, zone: str) -> list[Step]:
    """One without a date has not come, but for comments that were grouped and not opened one by one."""
    together = said("Grouped with comments that say the same, and not opened on its own.")
    lines = [(said("Received"), received, "")]
    if found.has_comments:
        lines.append((said("Read by an officer"), found.read_at, together if found.read_together else ""))
        lines.append((said("Grouped by theme"), found.grouped_at, ""))
    lines.append((said("In the report"), found.published_at, ""))
    lines.append((said("Answered by the partners"), found.answered_at, ""))
    last = max((at for at, (_, date, _note) in enumerate(lines) if date), default=0)
    return [
        Step(label, _state(at, last, date is not None), day(date, zone) if date else None, note or None)
        for at, (label, date, note) in enumerate(lines)
    ]


def _state(at: int, last: int, has_come: bool) -> str:
    if at == last:
        return "now"
    return "done" if has_come else "next"


def waiting(found: Outcome) -> str:
    """Before a report is published."""
    if found.has_comments and not found.undecided:
        return said("Officers have read and grouped your comments. The report is not published yet.")
    return said("Officers are still reading.")


def raised_by(theme: Recorded) -> str:
    """How many others raised it, as the published report counts them."""
    if theme.few:
        return said("A few others raised it.")
    if theme.others is None:
        return ""
    if theme.others == 0:
        return said("Nobody else raised it.")
    return said_of("%(num)s other person raised it.", "%(num)s other people raised it.", theme.others)


def about(comment: CommentOutcome, language: str) -> str:
    """`language` is that of the consultation, whose question it answers."""
    if comment.passage is None:
        return spoken(comment.about, language) if comment.about else said("What you wrote")
    return quoting(title_of(comment.passage), first_words(text_of(comment.passage, "text")))


def without_theme(comment: CommentOutcome) -> Any:
    return NO_THEME[comment.disposition]
