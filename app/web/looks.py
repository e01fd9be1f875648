"""Whether this officer may see results now, and the record that they did before closing."""

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from app import database
from app.accounts.services.note_look import note_look
from app.consultations.queries.timing import Window, window
from app.enums import Permission, Stage
from app.web.access import visit
from app.web.clock import now

RECORDED = "Looking at results before closing is recorded."


def before_closing() -> bool:
    """Until the last reply can have been sent, its grace included."""
    here = visit().here
    if here.stage in (Stage.SIGNED_OFF, Stage.REPORTED, Stage.ARCHIVED):
        return False
    return window(here, now=now()) is not Window.CLOSED


def may_see_results() -> bool:
    return visit().may(Permission.SEE_COUNTS) or not before_closing()


def look(page: str) -> str | None:
    """Called by a page that shows results. The sentence to show on it, while looks are recorded."""
    if not before_closing():
        return None
    try:
        with database.aside() as own:
            note_look(
                own,
                consultation_id=visit().consultation_id,
                officer_id=visit().officer.id,
                page=page,
                now=now(),
            )
    except SQLAlchemyError as error:  # the page must not fail for it
        current_app.logger.warning("look not recorded: %s", type(error).__name__)
    return RECORDED
