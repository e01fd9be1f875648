"""The coding frame as a tree, with officers' counts and, apart from them, what the software suggests."""

from typing import Any

from flask import render_template, request

from app.counting.comments import comment_progress, people_who_commented
from app.counting.rereading import to_read_again_by_theme
from app.counting.suggestions import suggested_by_bound
from app.enums import Permission, RunState
from app.jobs.queries.progress import worker_seen
from app.officer.forms.bulk import ticked
from app.themes.queries.frame import Net, frame_of, matching
from app.themes.queries.frame_changes import signed_off, version_number
from app.themes.queries.frame_check import counted_for_check, frame_check
from app.themes.queries.frame_history import FrameStep, frame_step
from app.themes.queries.ideas import count_ideas
from app.themes.queries.proposals import count_proposals
from app.themes.queries.runs import newest_run, run_in_use
from app.themes.queries.splitting import sortings
from app.themes.queries.suggestions import LIKELY, POSSIBLE
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.looks import look


@allowed(Permission.READ_REDACTED)
def frame(slug: str) -> str:
    consultation_id = visit().consultation_id
    nets = frame_of(consultation_id)
    counted, progress = counted_for_check(consultation_id), comment_progress(consultation_id)
    signed = signed_off(consultation_id)
    likely, possible = suggested_by_bound(consultation_id, [LIKELY, POSSIBLE])
    return render_template(
        "officer/frame/tree.html",
        every=nets,
        nets=_chosen(nets),
        find=request.args.get("find", "").strip(),
        undefined="undefined" in request.args,
        done=_done(),
        version=version_number(consultation_id),
        signed=signed,
        may_edit=visit().may(Permission.EDIT_FRAME) and signed is None,
        counts={row.code: row for row in counted[0]},
        again=to_read_again_by_theme(consultation_id),
        likely=likely,
        possible=possible,
        progress=progress,
        warnings=frame_check(consultation_id, counted=counted, progress=progress).warnings,
        people=people_who_commented(consultation_id),
        proposals=count_proposals(consultation_id),
        ideas=count_ideas(consultation_id),
        sortings=sortings(consultation_id),
        recorded=look("frame"),
        **run_panel(),
    )


def _chosen(nets: list[Net]) -> list[Net]:
    """Those that the filter asks for; sections without themes only when nothing is asked."""
    search = request.args.get("find", "").strip()
    found = matching(nets, search) if search else nets
    if "undefined" in request.args:
        lacking = (Net(net.theme, tuple(one for one in net.themes if not one.definition)) for net in found)
        found = [net for net in lacking if net.themes]
    return found


def _done() -> FrameStep | None:
    """The change that led here, to say what was done and to offer to undo it."""
    chosen = ticked([request.args.get("done", "")])
    return frame_step(visit().consultation_id, chosen[0]) if chosen else None


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
