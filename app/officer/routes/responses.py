"""The list of responses and one response whole, with what may be done to it."""

from typing import Any

from flask import abort, render_template, request, url_for

from app.enums import ExclusionReason, Permission
from app.officer.forms import response_list, words
from app.officer.forms.asked import Pairs, address, without
from app.responses.queries.choices import question_choices
from app.responses.queries.choices import words as labels_of
from app.responses.queries.history import history
from app.responses.queries.listing import Order, responses_page
from app.responses.queries.one import ResponseWhole, response_whole
from app.responses.signals import in_words
from app.web.access import allowed, visit
from app.web.looks import look

HEADINGS = (
    ("Reference", Order.REFERENCE),
    ("Sent", Order.SENT),
    ("From", Order.KIND),
    ("Area", Order.AREA),
    ("Channel", Order.CHANNEL),
    ("Comments", None),
    ("Standing", None),
)


@allowed(Permission.READ_REDACTED)
def responses(slug: str) -> str:
    pairs = response_list.filters(request.args)
    asked = response_list.asked(pairs, page=request.args.get("page"))
    here = url_for(".responses", slug=slug)
    labels = labels_of(visit().consultation_id)
    choices = question_choices(visit().consultation_id)
    return render_template(
        "officer/responses/list.html",
        page=responses_page(visit().consultation_id, asked),
        pairs=pairs,
        labels=labels,
        choices=choices,
        words=words,
        headings=[_heading(here, pairs, text, order) for text, order in HEADINGS],
        active=[
            (said, address(here, without(pairs, name)))
            for name, said in response_list.in_words(pairs, labels, choices)
        ],
        more_open=any(name in pairs for name in response_list.MORE),
        here=here,
        share_address=request.host_url.rstrip("/") + address(here, pairs),
        page_url=lambda number: address(here, pairs, page=str(number)),
        recorded=look("responses"),
    )


def _heading(here: str, pairs: Pairs, text: str, order: Order | None) -> Any:
    """Pressed once it sorts by the column, pressed again the other way round."""
    if order is None:
        return text
    asked = response_list.asked(pairs)
    current = asked.order is order
    down = not asked.descending if current else order is Order.SENT
    rest = without(without(pairs, "sort"), "order")
    return {
        "text": text,
        "href": address(here, rest, sort=order.value, order="down" if down else "up"),
        "sort": ("descending" if asked.descending else "ascending") if current else "none",
    }


@allowed(Permission.READ_REDACTED)
def response(slug: str, reference: str) -> str:
    found = response_or_404(reference)
    waits = found.exclusion is not None and found.exclusion.reason is ExclusionReason.LATE_UNDECIDED
    return render_template(
        "officer/responses/one.html",
        found=found,
        labels=labels_of(visit().consultation_id),
        words=words,
        history=history(found.response),
        may_exclude=visit().may(Permission.EXCLUDE),
        may_code=visit().may(Permission.CODE),
        late_to_decide=waits,
        signals=in_words(found.response.signals),
        back_link=url_for(".responses", slug=slug),
        back_text="All responses",
        recorded=look("response"),
    )


def response_or_404(reference: str) -> ResponseWhole:
    original = visit().may(Permission.READ_ORIGINAL)
    found = response_whole(visit().consultation_id, reference, original=original)
    if found is None:
        abort(404)
    return found
