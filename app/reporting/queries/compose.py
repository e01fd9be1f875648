"""The report as it would read now."""

from dataclasses import dataclass
from datetime import datetime

from app.counting.responses import ReasonCount
from app.counting.standing import Standing
from app.counting.suggestions import suggested_waiting
from app.models import Consultation, DocumentVersion
from app.reporting.document import FORMAT, Document, Json, Method, Number, Progress, Row, as_json
from app.reporting.parts import leading, parts_of, themes_of_sections
from app.reporting.queries.gather import Gathered, gather
from app.reporting.queries.quotable import quotable
from app.reporting.quotes import Chooser
from app.reporting.who import by_area, by_channel, by_type
from app.reporting.words import meaning_of_words


@dataclass(frozen=True)
class Suggested:
    """A theme of a part, and the comments that the software suggests it for. Never part of a release."""

    code: str
    label: str
    comments: int


def compose(consultation: Consultation, *, now: datetime) -> Json:
    """Frozen as it is: a release stores exactly this."""
    return _compose(gather(consultation), now=now)


def preview(consultation: Consultation, *, now: datetime) -> tuple[Json, dict[str, list[Suggested]]]:
    """The report as it would be frozen, and beside it, by the key of the part, what waits for officers."""
    found = gather(consultation)
    waiting = suggested_waiting(consultation.id)
    suggested = {
        part: [
            Suggested(row.code, row.label, waiting[row.code].comments) for row in rows if row.code in waiting
        ]
        for part, rows in themes_of_sections(found).items()
    }
    return _compose(found, now=now), suggested


def _compose(found: Gathered, *, now: datetime) -> Json:
    consultation = found.consultation
    chooser = Chooser(quotable(found))
    document = Document(
        format=FORMAT,
        title=consultation.title,
        made_at=now.isoformat(),
        opens_at=consultation.opens_at.isoformat(),
        closes_at=consultation.closes_at.isoformat(),
        version=_version(found.document),
        progress=Progress(found.progress.comments, found.progress.decided),
        figures=_figures(found),
        leading=leading(found),
        people_read=Number(found.people.read, opens="responses", filters={"decided": "1"}),
        reconciliation=_reconciliation(found),
        who=(
            by_type(found.by_kind, found.by_type, found.words),
            by_area(found.by_area, found.words),
            by_channel(found.by_channel),
        ),
        method=_method(found),
        parts=tuple(chooser.with_quotes(part) for part in parts_of(found)),
    )
    return as_json(document)


def _version(document: DocumentVersion | None) -> Json | None:
    if document is None:
        return None
    return {"label": document.label, "title": document.title, "dated": document.dated.isoformat()}


def _figures(found: Gathered) -> tuple[Row, ...]:
    """The five numbers of the summary."""
    raised = sum(1 for row in found.themes if row.respondents and not row.is_net)
    return (
        Row("responses received", _responses(found.reconciliation.received, Standing.RECEIVED)),
        Row("in the analysis", _responses(found.reconciliation.included, Standing.INCLUDED)),
        Row("comments made", Number(found.progress.comments, opens="comments")),
        Row(
            "comments read by officers so far" if found.progress.undecided else "comments read by officers",
            Number(found.progress.decided, opens="comments", filters={"decided": "1"}),
        ),
        Row("themes raised", Number(raised, opens="frame")),
    )


def _responses(count: int, standing: Standing, **filters: str) -> Number:
    return Number(count, opens="responses", filters={"status": standing.value, **filters})


def _reconciliation(found: Gathered) -> Json:
    sums = found.reconciliation
    return {
        "received": _responses(sums.received, Standing.RECEIVED),
        "included": _responses(sums.included, Standing.INCLUDED),
        "excluded": _responses(sums.excluded, Standing.EXCLUDED),
        "withdrawn": _responses(sums.withdrawn, Standing.WITHDRAWN),
        "reasons": [
            {
                "reason": row.reason.value,
                "number": _excluded(row),
            }
            for row in sums.excluded_by_reason
        ],
        "petitions": sums.petitions,
    }


def _excluded(row: ReasonCount) -> Number:
    return _responses(row.count, Standing.EXCLUDED, reason=row.reason.value)


def _method(found: Gathered) -> Method:
    themes = [row for row in found.themes if not row.retired]
    return Method(
        engine=found.run.engine_version if found.run else "",
        encoder=found.run.encoder if found.run else "",
        themes=sum(1 for row in themes if not row.is_net),
        nets=sum(1 for row in themes if row.is_net),
        campaigns=tuple(vars(row) for row in found.campaigns),
        in_bulk=found.in_bulk,
        words=tuple(meaning_of_words()),
    )
