from typing import Any

from app.database import session
from app.enums import RunState, Stance
from app.models import Coding, CodingQuote, Comment, Consultation, Officer, Suggestion, Theme, ThemingRun


def a_run(consultation: Consultation, **given: Any) -> ThemingRun:
    """A complete run, the one whose suggestions officers see."""
    values = {"number": 1, "state": RunState.COMPLETE, "engine_version": "test"}
    run = ThemingRun(consultation_id=consultation.id, **{**values, **given})
    session.add(run)
    session.flush()
    if run.state is RunState.COMPLETE:
        consultation.current_run_id = run.id
        session.flush()
    return run


def a_suggestion(run: ThemingRun, comment: Comment, theme: Theme, **given: Any) -> Suggestion:
    values = {
        "rank": 1,
        "probability": 0.82,
        "assigned": True,
        "stance": Stance.CONCERN,
        "start": 0,
        "end": len(comment.text),
        "reason": {"cue_words": ["bus"], "nearest": []},
    }
    suggestion = Suggestion(run_id=run.id, comment_id=comment.id, theme_id=theme.id, **{**values, **given})
    session.add(suggestion)
    session.flush()
    return suggestion


def a_coding(comment: Comment, theme: Theme, officer: Officer, **given: Any) -> Coding:
    """A row as it stands; the comment's disposition is the service's work."""
    coding = Coding(
        comment_id=comment.id,
        theme_id=theme.id,
        officer_id=officer.id,
        **{"stance": Stance.CONCERN, **given},
    )
    coding.quotes = [CodingQuote(start=0, end=len(comment.text))]
    session.add(coding)
    session.flush()
    return coding
