"""The state of one consultation: what to do, what came in, from whom, and what is running."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import render_template, url_for

from app.accounts.queries.officers import active_administrators
from app.accounts.roles import STAGES
from app.consultations.queries.timing import grace_ends_at, window
from app.counting.comments import comment_progress
from app.counting.flags import PERSONAL_DATA, SAFEGUARDING
from app.counting.requests import count_requests_due
from app.counting.responses import Reconciliation, by_day, reconciliation
from app.counting.standing import Standing
from app.enums import Permission
from app.jobs.queries.progress import unfinished_jobs, worker_seen
from app.officer.forms import words
from app.officer.forms.asked import address
from app.reporting.queries.waiting import LIKELY, failed_jobs, waiting
from app.reporting.queries.who_replied import population, who_replied
from app.responses.queries.choices import words as labels_of
from app.web.access import any_role, visit
from app.web.clock import now
from app.web.looks import look, may_see_results

WORK = {
    "theming": "Finding themes and suggestions",
    "clearing": "Clearing away a run that was stopped or failed",
    "learning": "Learning from what officers coded",
    "export": "Making a file to download",
    "agreement": "Measuring agreement",
    "comparing": "Comparing two runs",
}
UNITS = {"theming": "comments"}
DAYS_SHOWN = 14
A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """A number with its words; `href` None where this officer may not open the list."""

    count: int
    label: str
    href: str | None


@any_role
def dashboard(slug: str) -> str:
    here, time = visit().here, now()
    results = _results() if may_see_results() else None
    return render_template(
        "officer/dashboard/dashboard.html",
        todo_lines=_todo(),
        results=results,
        recorded=look("dashboard") if results else None,
        stage=STAGES[here.stage],
        window=window(here, now=time),
        grace_ends=grace_ends_at(here),
        administrators=[officer.name for officer in active_administrators()],
        may_set_up=visit().may(Permission.SET_UP),
        may_read=visit().may(Permission.READ_REDACTED),
        jobs=unfinished_jobs(here.id),
        work=WORK,
        units=UNITS,
        worker_runs=worker_seen(now=time),
        days_shown=DAYS_SHOWN,
        here=url_for(".dashboard", slug=slug),
    )


def _todo() -> list[Line]:
    """At most eight, the most pressing first. Counts of comments only for those who may open them."""
    failed = failed_jobs(visit().consultation_id)
    lines = [Line(failed, "failed jobs" if failed != 1 else "failed job", _address("runs"))]
    if visit().may(Permission.SEE_CONTACT):
        lines = [_requests(), *lines]
    if visit().may(Permission.READ_REDACTED):
        lines = [*_work(), *lines]
    return [line for line in lines if line.count]


def _requests() -> Line:
    due = count_requests_due(visit().consultation_id, by=(now() + A_WEEK).date())
    href = url_for(".requests", slug=visit().here.slug)
    return Line(due, f"{_plural(due, 'request')} due this week", href)


def _work() -> list[Line]:
    found = waiting(visit().consultation_id)
    likely = {"suggested": "any", "likely": str(LIKELY)}
    return [
        Line(
            found.safeguarding,
            _plural(found.safeguarding, "safeguarding flag") + ": same day",
            _clean("safety") or _list(flag=SAFEGUARDING),
        ),
        Line(
            found.duplicates,
            f"possible {_plural(found.duplicates, 'duplicate')}",
            _clean("duplicates"),
        ),
        Line(
            found.late,
            "late reply to decide" if found.late == 1 else "late replies to decide",
            _clean("late") or _responses(reason="late_undecided", status="excluded"),
        ),
        Line(
            found.personal_data,
            _plural(found.personal_data, "comment") + " with personal details",
            _clean("personal") or _list(flag=PERSONAL_DATA),
        ),
        Line(
            found.suggestions,
            f"{_plural(found.suggestions, 'comment')} with a likely suggestion",
            _list(**likely),
        ),
        Line(found.undecided, f"{_plural(found.undecided, 'comment')} not decided", _list(decided="0")),
    ]


def _results() -> dict[str, Any]:
    here = visit().here
    channel, kind, area = who_replied(here.id, hide_small=not visit().may(Permission.READ_REDACTED))
    found = reconciliation(here.id)
    return {
        "sum": _sum(found),
        "reasons": [
            Line(
                row.count, words.REASON[row.reason].lower(), _responses(status="excluded", reason=row.reason)
            )
            for row in found.excluded_by_reason
        ],
        "drafts": found.drafts,
        "tests": Line(found.tests, "test replies", _responses(status="test")),
        "petitions": found.petitions,
        "progress": comment_progress(here.id),
        "decided_href": _list(decided="1"),
        "days": by_day(here.id),
        "tables": (channel, kind, area),
        "population": population(area, here.settings, labels_of(here.id)),
        "open": lambda filters: _responses(**filters),
    }


def _sum(found: Reconciliation) -> list[Line]:
    terms = (Standing.RECEIVED, Standing.INCLUDED, Standing.EXCLUDED, Standing.WITHDRAWN)
    return [
        Line(getattr(found, term.value), words.STANDING[term].lower(), _responses(status=term.value))
        for term in terms
    ]


def _responses(**filters: str) -> str | None:
    return _address("responses", **filters)


def _list(**filters: str) -> str | None:
    return _address("comments", **filters)


def _clean(tab: str) -> str | None:
    """None for those who may not open the queues."""
    if not visit().may(Permission.CODE):
        return None
    return url_for(".clean_tab", slug=visit().here.slug, tab=tab)


def _address(page: str, **filters: str) -> str | None:
    if not visit().may(Permission.READ_REDACTED):
        return None
    return address(f"/officer/c/{visit().here.slug}/{page}", filters)


def _plural(count: int, one: str) -> str:
    return one if count == 1 else f"{one}s"
