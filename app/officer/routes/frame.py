"""The coding frame as a tree, with officers' counts and, apart from them, what the software suggests."""

from typing import Any

from flask import render_template

from app.counting.comments import comment_progress, people_who_commented
from app.counting.suggestions import suggested_waiting
from app.counting.themes import theme_counts
from app.enums import Permission, RunState
from app.jobs.queries.progress import worker_seen
from app.themes.queries.frame import frame_of
from app.themes.queries.proposals import count_proposals
from app.themes.queries.runs import newest_run, run_in_use
from app.themes.queries.suggestions import LIKELY, POSSIBLE
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.looks import look


@allowed(Permission.READ_REDACTED)
def frame(slug: str) -> str:
    consultation_id = visit().consultation_id
    return render_template(
        "officer/frame/tree.html",
        nets=frame_of(consultation_id),
        counts={row.code: row for row in theme_counts(consultation_id)},
        likely=suggested_waiting(consultation_id, at_least=LIKELY),
        possible=suggested_waiting(consultation_id, at_least=POSSIBLE),
        progress=comment_progress(consultation_id),
        people=people_who_commented(consultation_id),
        proposals=count_proposals(consultation_id),
        recorded=look("frame"),
        **run_panel(),
    )


def run_panel() -> dict[str, Any]:
    """What the panel about runs shows, on every page that has it."""
    newest = newest_run(visit().consultation_id)
    return {
        "in_use": run_in_use(visit().consultation_id),
        "newest": newest,
        "running": newest is not None and newest.state is RunState.RUNNING,
        "worker": worker_seen(now=now()),
        "may_start": visit().may(Permission.EDIT_FRAME),
    }
