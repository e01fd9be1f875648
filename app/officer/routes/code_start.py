"""Before and after the reading: choosing a queue, its end, and undoing the last save."""

import uuid
from typing import Any

from flask import flash, redirect, render_template, request, url_for

from app.enums import Permission
from app.officer.forms.bulk import ticked
from app.officer.routes.reading import queue_or_404, to_next
from app.rendering.filters import clock_time
from app.responses.queries.choices import question_choices
from app.themes.queries.changes import open_now
from app.themes.queries.frame import frame_of
from app.themes.queries.queues import Queue, QueueKind, left_in_each
from app.themes.refusals import ChangedByOthers, Refusal
from app.themes.services.reserve import reserve_this, start_anew
from app.themes.services.undo_save import undo_save
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes

CHOOSE = "Choose what you want to read"
SIMPLE = (
    (Queue(QueueKind.USEFUL), "Most useful next (recommended)"),
    (Queue(QueueKind.OLDEST), "Oldest first"),
    (
        Queue(QueueKind.REREAD),
        "To read again: coded in bulk or by theme and not read whole, or asked for again",
    ),
    (Queue(QueueKind.FLAGGED), "Flagged for discussion"),
    (Queue(QueueKind.LATE), "Late responses"),
)


@allowed(Permission.CODE)
def code(slug: str) -> str:
    return _start()


@allowed(Permission.CODE)
@writes
def code_post(slug: str) -> Any:
    """Holds the first comment of the queue for this officer."""
    chosen = request.form.get("queue", "")
    if chosen in (QueueKind.THEME, QueueKind.QUESTION):
        chosen = f"{chosen}-{request.form.get(chosen, '')}"
    queue = Queue.parse(chosen)
    if queue is None:
        return _start(error_list=[(CHOOSE, "#queue-useful")], chosen=request.form.get("queue", "")), 422
    start_anew(visit().consultation_id, officer_id=visit().officer.id)
    return to_next(queue)


@allowed(Permission.CODE)
def code_end(slug: str, queue: str) -> str:
    here = queue_or_404(queue)
    left = left_in_each(visit().consultation_id)
    return render_template(
        "officer/reading/end.html",
        queue=here,
        left=left,
        label=dict(SIMPLE).get(here, "This queue"),
        others=[(one, label) for one, label in SIMPLE if one != here and left.get(one.key)],
        back_link=url_for(".code", slug=slug),
        back_text="All queues",
    )


@allowed(Permission.CODE)
@writes
def code_undo_post(slug: str) -> Any:
    """Reverses a save of the reading screen and opens its comment as it was."""
    queue = Queue.parse(request.form.get("queue", "")) or Queue(QueueKind.USEFUL)
    chosen = ticked([request.form.get("save", "")])
    if not chosen:
        flash("There is nothing to undo.", "info")
        return redirect(url_for(".code", slug=slug), 303)
    save = undo_or_say(chosen[0])
    if save is None:
        return redirect(url_for(".changes", slug=slug), 303)
    reserve_this(save, officer_id=visit().officer.id, now=now())
    return redirect(url_for(".code_comment", slug=slug, queue=queue.key, comment_id=save), 303)


def undo_or_say(save_id: uuid.UUID) -> uuid.UUID | None:
    """The comment, or None after flashing why it was not undone."""
    try:
        save = undo_save(
            save_id,
            consultation_id=visit().consultation_id,
            everyones=visit().may(Permission.EDIT_FRAME),
            actor=visit().actor,
            now=now(),
        )
    except ChangedByOthers as refusal:
        at = clock_time(refusal.at, visit().here.timezone)
        flash(f"Undo would lose another officer's change of {at}. Review it instead.", "info")
        return None
    except Refusal as refusal:
        flash(str(refusal), "info")
        return None
    flash("Undone. The comment is as it was before you saved it.", "success")
    return save.comment_id


def _start(**more: Any) -> str:
    consultation_id = visit().consultation_id
    left = left_in_each(consultation_id)
    questions = question_choices(consultation_id).questions
    values = {
        "left": left,
        "simple": SIMPLE,
        "themes": [
            (theme, left.get(f"theme-{theme.code}", 0))
            for net in frame_of(consultation_id)
            for theme in net.themes
        ],
        "questions": [(key, title, left.get(f"question-{key}", 0)) for key, title in questions],
        "open_now": open_now(consultation_id, now=now()),
        "chosen": "useful",
    }
    return render_template("officer/reading/start.html", **{**values, **more})
