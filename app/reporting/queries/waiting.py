"""What officers still have to do."""

import uuid
from dataclasses import dataclass

from app.counting.cleaning import count_safeguarding, count_waiting
from app.counting.comments import comment_progress
from app.counting.responses import reconciliation
from app.counting.suggestions import comments_with_suggestions
from app.enums import ExclusionReason, JobState
from app.jobs.queries.progress import jobs_of

LIKELY = 70  # per cent


@dataclass(frozen=True)
class Waiting:
    safeguarding: int
    duplicates: int
    late: int
    personal_data: int
    suggestions: int
    undecided: int


def waiting(consultation_id: uuid.UUID) -> Waiting:
    reasons = {row.reason: row.count for row in reconciliation(consultation_id).excluded_by_reason}
    return Waiting(
        safeguarding=count_safeguarding(consultation_id),
        duplicates=count_waiting(consultation_id, "duplicates"),
        late=reasons.get(ExclusionReason.LATE_UNDECIDED, 0),
        personal_data=count_waiting(consultation_id, "personal"),
        suggestions=comments_with_suggestions(consultation_id, at_least=LIKELY / 100),
        undecided=comment_progress(consultation_id).undecided,
    )


def failed_jobs(consultation_id: uuid.UUID) -> int:
    """Kinds of work whose newest job failed: one that was tried again and went well is nobody's worry."""
    newest: dict[str, JobState] = {}
    for job in jobs_of(consultation_id):
        newest.setdefault(job.kind, job.state)
    return sum(state is JobState.FAILED for state in newest.values())
