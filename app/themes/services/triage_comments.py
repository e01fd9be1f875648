"""What triage finds in a comment, as rows are made of it; and triage of comments that came after a run."""

import uuid
from collections.abc import Sequence

from app.cleaning.services.record_triage import FoundInComment, FoundSpan, record_triage
from app.jobs.work import Work
from app.responses.queries.erased import erased_comments
from app.themes.queries.run_inputs import RunComment
from app.theming.triage.texts import Triage, triage_texts

WORDS = "Looking at new comments"


def found_in(comment_id: uuid.UUID, triage: Triage, further: str | None = None) -> FoundInComment:
    """`further`: a handling code that takes more than one comment to find."""
    codes = {*triage.handling, *([further] if further else [])}
    spans = tuple(FoundSpan(one.kind, one.start, one.end) for one in triage.personal_data)
    return FoundInComment(comment_id, tuple(sorted(codes)), spans, triage.language)


def triage_new(comments: Sequence[RunComment], *, consultation_id: uuid.UUID, work: Work) -> None:
    """Whether they are copies of others the next run finds out."""
    if not comments:
        return
    found = triage_texts([one.text for one in comments])
    with work.step(done=0, total=len(comments), words=WORDS):
        gone = erased_comments(consultation_id)
        made = [found_in(one.id, what) for one, what in zip(comments, found, strict=True)]
        record_triage(
            [one for one in made if one.comment_id not in gone],
            consultation_id=consultation_id,
            only={one.id for one in comments},
        )
