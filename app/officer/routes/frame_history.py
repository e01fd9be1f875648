"""What was done to the frame, and taking it back."""

import uuid
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app.enums import Permission
from app.officer.forms.asked import whole
from app.responses.queries.pages import A_PAGE, pages_of
from app.themes.queries.frame_changes import coded_since, version_number
from app.themes.queries.frame_history import FrameStep, frame_step, frame_steps
from app.themes.queries.frame_version import frame_then
from app.themes.refusals import Refusal
from app.themes.services.undo_frame_operation import undo_frame_operation
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes


@allowed(Permission.READ_REDACTED)
def frame_history(slug: str) -> str:
    number = max(1, whole(request.args.get("page"), otherwise=1))
    steps, count = frame_steps(visit().consultation_id, page=number, size=A_PAGE)
    return render_template(
        "officer/frame/history.html",
        steps=steps,
        count=count,
        version=version_number(visit().consultation_id),
        page=number,
        pages=pages_of(count),
        page_url=lambda at: url_for(".frame_history", slug=slug, page=at),
        may_edit=visit().may(Permission.EDIT_FRAME),
        back_link=url_for(".frame", slug=slug),
        back_text="Coding frame",
    )


@allowed(Permission.READ_REDACTED)
def frame_operation(slug: str, operation_id: uuid.UUID) -> str:
    return _page(_step_or_404(operation_id))


@allowed(Permission.EDIT_FRAME)
@writes
def frame_undo_post(slug: str, operation_id: uuid.UUID) -> Any:
    found = _step_or_404(operation_id)
    try:
        undo_frame_operation(
            found.id, consultation_id=visit().consultation_id, actor=visit().actor, now=now()
        )
    except Refusal as refusal:
        return _page(found, error_list=[(str(refusal), None)]), 422
    flash("Undone. The frame is as it was before this change.", "success")
    return redirect(url_for(".frame_operation", slug=slug, operation_id=operation_id), 303)


@allowed(Permission.READ_REDACTED)
def frame_version(slug: str, number: int) -> str:
    """The frame as it stood, to read."""
    found = frame_then(visit().consultation_id, number)
    if found is None:
        abort(404)
    return render_template(
        "officer/frame/version.html",
        found=found,
        back_link=url_for(".frame_history", slug=slug),
        back_text="History of the frame",
    )


def _step_or_404(operation_id: uuid.UUID) -> FrameStep:
    found = frame_step(visit().consultation_id, operation_id)
    if found is None:
        abort(404)
    return found


def _page(step: FrameStep, **more: Any) -> str:
    slug = visit().here.slug
    number = max(1, whole(request.args.get("page"), otherwise=1))
    since, count = coded_since(step.id, page=number, size=A_PAGE)
    return render_template(
        "officer/frame/operation.html",
        step=step,
        since=since,
        count=count,
        page=number,
        pages=pages_of(count),
        page_url=lambda at: url_for(".frame_operation", slug=slug, operation_id=step.id, page=at),
        may_edit=visit().may(Permission.EDIT_FRAME),
        back_link=url_for(".frame_history", slug=slug),
        back_text="History of the frame",
        **more,
    )
