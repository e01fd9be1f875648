"""The warnings of the coding frame, and calling one deliberate."""

from typing import Any

from flask import flash, redirect, render_template, url_for

from app.enums import Permission
from app.officer.forms.frame import DeliberateForm
from app.themes.queries.frame_check import frame_check as checked
from app.themes.services.silence_warning import lift_silence, silence_warning
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.transactions import writes

GONE = "This warning is no longer there."


@allowed(Permission.READ_REDACTED)
def frame_check(slug: str) -> str:
    return render_template(
        "officer/frame/check.html",
        check=checked(visit().consultation_id),
        may_edit=visit().may(Permission.EDIT_FRAME),
        back_link=url_for(".frame", slug=slug),
        back_text="Coding frame",
    )


@allowed(Permission.EDIT_FRAME)
def frame_warning(slug: str, warning: str) -> Any:
    return _page(slug, warning, DeliberateForm(formdata=None))


@allowed(Permission.EDIT_FRAME)
@writes
def frame_warning_post(slug: str, warning: str) -> Any:
    form = DeliberateForm()
    if not form.validate():
        return _page(slug, warning, form)
    found = checked(visit().consultation_id).warning(warning)
    if found is None:
        flash(GONE, "info")
    else:
        silence_warning(
            found.key,
            name=found.codes,
            consultation_id=visit().consultation_id,
            reason=form.reason.data or "",
            actor=visit().actor,
            now=now(),
        )
        flash(f"The frame no longer warns about {found.codes} here.", "success")
    return redirect(url_for(".frame_check", slug=slug), 303)


@allowed(Permission.EDIT_FRAME)
@writes
def frame_warning_again_post(slug: str, warning: str) -> Any:
    silenced = checked(visit().consultation_id).silenced
    found = next((one.warning for one in silenced if one.warning.key == warning), None)
    if found is not None:
        lift_silence(
            found.key,
            name=found.codes,
            consultation_id=visit().consultation_id,
            actor=visit().actor,
            now=now(),
        )
        flash(f"The frame warns about {found.codes} again.", "success")
    return redirect(url_for(".frame_check", slug=slug), 303)


def _page(slug: str, warning: str, form: DeliberateForm) -> Any:
    found = checked(visit().consultation_id).warning(warning)
    if found is None:
        flash(GONE, "info")
        return redirect(url_for(".frame_check", slug=slug), 303)
    page = render_template(
        "officer/frame/deliberate.html",
        form=form,
        warning=found,
        back_link=url_for(".frame_check", slug=slug),
        back_text="Warnings",
    )
    return page, 422 if form.errors else 200
