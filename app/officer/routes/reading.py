"""The reading screen: one comment of a queue, decided and saved, and the next."""

import uuid
from dataclasses import replace
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app.enums import DispositionValue, Permission
from app.officer.forms import words
from app.officer.forms.reading import (
    KEYS,
    MARKS,
    OTHER_OUTCOMES,
    Sent,
    read_form,
    with_card,
    with_second_stance,
    without_card,
)
from app.rendering.filters import clock_time
from app.responses.queries.choices import words as labels_of
from app.themes.queries.changes import last_save
from app.themes.queries.frame import frame_of, matching
from app.themes.queries.handling import handling_labels
from app.themes.queries.queues import Progress, Queue, QueueKind, flagged, progress_in
from app.themes.queries.reading_page import ReadingPage, blank_card, reading_page
from app.themes.refusals import ChangedMeanwhile, Refusal, StanceMissing, ThemeRetired
from app.themes.services.note_comment import flag_comment, settle_flags
from app.themes.services.reserve import keep_draft, reserve_next, skip
from app.themes.services.save_reading import Saved, save_reading
from app.themes.services.suggest_theme import suggest_theme
from app.themes.wanted import Wanted
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.looks import look
from app.web.transactions import writes

IN_BACKGROUND = "X-Draft"
NAME_IT = "Give the new theme a name"


@allowed(Permission.CODE)
def code_comment(slug: str, queue: str, comment_id: uuid.UUID) -> str:
    return _page(queue_or_404(queue), page_or_404(comment_id), recorded=look("comment"))


@allowed(Permission.CODE)
@writes
def code_comment_post(slug: str, queue: str, comment_id: uuid.UUID) -> Any:
    """One form with many buttons. Only Save and next, and No point made, decide anything."""
    here, page = queue_or_404(queue), page_or_404(comment_id)
    sent = read_form(request.form, page)
    do, _, about = request.form.get("do", "save").partition(":")
    if do in ("save", "no_point"):
        return _save(here, page, sent, no_point=do == "no_point")
    if sent.errors:
        return _refused(here, page, sent)
    if do == "skip":
        _keep(comment_id, sent.wanted)
        skip(comment_id, officer_id=visit().officer.id, now=now())
        return to_next(here, after=comment_id)
    if do == "idea":
        return _idea(here, page, sent)
    return _changed(here, page, sent.wanted, do, about)


def _changed(here: Queue, page: ReadingPage, wanted: Wanted, do: str, about: str) -> Any:
    """What is on the page, kept as a draft; the page again, at the place that the button changed."""
    comment_id, anchor = page.whole.id, "themes"
    if do == "add":
        wanted = with_card(wanted, about)
    elif do == "second":
        wanted = with_second_stance(wanted, about)
    elif do == "remove":
        wanted = without_card(wanted, about)
    elif do == "flag":
        flag_comment(comment_id, text=wanted.note, actor=visit().actor, now=now())
        wanted, anchor = replace(wanted, note=""), "outcome"
    elif do == "settle":
        settle_flags(comment_id, actor=visit().actor, now=now())
        anchor = "outcome"
    _keep(comment_id, wanted)
    if IN_BACKGROUND in request.headers:
        return "", 204
    found = request.form.get("find", "").strip() if do == "find" else ""
    return redirect(
        url_for(
            ".code_comment",
            slug=visit().here.slug,
            queue=here.key,
            comment_id=comment_id,
            find=found or None,
            _anchor="find" if do == "find" else anchor,
        ),
        303,
    )


def _idea(here: Queue, page: ReadingPage, sent: Sent) -> Any:
    label = request.form.get("idea", "").strip()
    if not label:
        return _refused(here, page, sent, error_list=[(NAME_IT, "#idea")], idea_error=NAME_IT)
    try:
        suggest_theme(
            page.whole.id,
            label=label,
            words=request.form.get("idea_words", ""),
            actor=visit().actor,
            now=now(),
        )
    except Refusal as refusal:
        problem = [(str(refusal), "#idea_words")]
        return _refused(here, page, sent, error_list=problem, idea_words_error=str(refusal))
    flash(f"Your idea “{label}” is with the lead analyst. The comment is still yours to decide.", "success")
    return _changed(here, page, sent.wanted, "keep", "")


def _save(here: Queue, page: ReadingPage, sent: Sent, *, no_point: bool) -> Any:
    if sent.errors:
        return _refused(here, page, sent)
    wanted = replace(sent.wanted, outcome=DispositionValue.NO_POINT) if no_point else sent.wanted
    try:
        saved = save_reading(page.whole.id, wanted=wanted, actor=visit().actor, now=now())
    except ChangedMeanwhile:
        return _conflict(here, page, wanted)
    except StanceMissing as refusal:
        sent.errors[refusal.key] = str(refusal)
        return _refused(here, page, sent)
    except ThemeRetired as refusal:
        sent.errors.update({c.key: str(refusal) for c in page_of(page, wanted).cards if c.retired})
        return _refused(here, page, sent)
    except Refusal as refusal:
        return _refused(here, page, sent, error_list=[(str(refusal), "#outcome")])
    flash(said_of(page, saved), "success")
    return to_next(here, after=page.whole.id)


def said_of(page: ReadingPage, saved: Saved) -> str:
    themes = f"{saved.themes} theme{'' if saved.themes == 1 else 's'}" if saved.themes else "no theme"
    moved = " ".join(f"{old} is now part of {new}. Your tick was moved." for old, new in saved.moved)
    return f"Saved {page.whole.response.reference}: {themes}. {moved}".strip()


def to_next(here: Queue, *, after: uuid.UUID | None = None) -> Any:
    """Holds the next comment of the queue for this officer and goes there, or to the end of the queue."""
    slug = visit().here.slug
    found = reserve_next(
        visit().consultation_id, queue=here, officer_id=visit().officer.id, now=now(), after=after
    )
    if found is None:
        return redirect(url_for(".code_end", slug=slug, queue=here.key), 303)
    return redirect(url_for(".code_comment", slug=slug, queue=here.key, comment_id=found), 303)


def queue_or_404(key: str) -> Queue:
    found = Queue.parse(key)
    if found is None:
        abort(404)
    return found


def page_or_404(comment_id: uuid.UUID, wanted: Wanted | None = None) -> ReadingPage:
    found = reading_page(
        visit().consultation_id,
        comment_id,
        officer_id=visit().officer.id,
        original=visit().may(Permission.READ_ORIGINAL),
        now=now(),
        wanted=wanted,
    )
    if found is None:
        abort(404)
    return found


def page_of(page: ReadingPage, wanted: Wanted) -> ReadingPage:
    return page_or_404(page.whole.id, wanted)


def _keep(comment_id: uuid.UUID, wanted: Wanted) -> None:
    keep_draft(comment_id, wanted=wanted, officer_id=visit().officer.id, now=now())


def _refused(here: Queue, page: ReadingPage, sent: Sent, **more: Any) -> Any:
    again = page_of(page, sent.wanted)
    listed = [(message, f"#card-{key}") for key, message in sent.errors.items()]
    more.setdefault("error_list", listed)
    return _page(here, again, sent=sent, **more), 422


def _conflict(here: Queue, page: ReadingPage, wanted: Wanted) -> Any:
    """Theirs beside ours; all that either has is ticked."""
    fresh = page_of(page, wanted)
    theirs = fresh.whole.codings
    latest = max(theirs, key=lambda one: one.at, default=None)
    who = latest.officer if latest else fresh.whole.decided_by
    at = clock_time(latest.at, visit().here.timezone) if latest else None
    said = f"{who or 'Another officer'} saved this comment{f' at {at}' if at else ''}."
    return render_template(
        "officer/reading/conflict.html",
        page=fresh,
        queue=here,
        words=words,
        said=said,
        who=who or "The other officer",
        error_list=[(said, "#combined")],
    ), 422


def _page(here: Queue, page: ReadingPage, *, sent: Sent | None = None, **more: Any) -> str:
    consultation_id = visit().consultation_id
    search = request.args.get("find", "").strip() or (request.form.get("find", "").strip() if sent else "")
    overall: Progress = progress_in(consultation_id, Queue(QueueKind.USEFUL))
    everywhere = here.kind in (QueueKind.USEFUL, QueueKind.OLDEST)
    progress = overall if everywhere else progress_in(consultation_id, here)
    values: dict[str, Any] = {
        "page": page,
        "found": page.whole,
        "queue": here,
        "progress": progress,
        "undecided": overall.left,
        "flagged_count": flagged(consultation_id),
        "last": last_save(consultation_id, visit().officer.id),
        "labels": labels_of(consultation_id),
        "words": words,
        "flags": handling_labels(visit().here),
        "marks": MARKS,
        "search": search,
        "results": [one for net in matching(frame_of(consultation_id), search) for one in net.themes]
        if search
        else [],
        "outcomes": OTHER_OUTCOMES,
        "errors": sent.errors if sent else {},
        "typed": sent.typed if sent else {},
        "idea": request.form.get("idea", "") if sent else "",
        "idea_words": request.form.get("idea_words", "") if sent else "",
        "idea_error": None,
        "idea_words_error": None,
        "blank": blank_card(page),
        "theme_list": [
            [one.code, one.label, " ".join((one.code, one.label, one.definition, *one.cue_words)).lower()]
            for one in page.themes
        ],
        "keys": KEYS,
        "shortcuts": visit().officer.shortcuts,
        "officer_id": visit().officer.id,
        "recorded": None,
        "back_link": url_for(".code", slug=visit().here.slug),
        "back_text": "All queues",
    }
    return render_template("officer/reading/one.html", **{**values, **more})
