"""The queues of cleaning, as tabs with counts."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for

from app.cleaning.queries.decided import DECIDED, count_decided, decided_page
from app.cleaning.queries.waiting import TABS, next_key, tab_counts, waiting_page
from app.enums import Permission
from app.officer.forms.asked import address, whole
from app.themes.queries.fitting import late_fits
from app.themes.services.ask_to_learn import ask_to_learn
from app.web.access import allowed, visit
from app.web.clock import now
from app.web.looks import look
from app.web.transactions import writes

LABELS = {
    "duplicates": "Duplicates",
    "tests": "Tests",
    "blank": "Blank",
    "personal": "Personal details",
    "safety": "Concern for safety",
    "letters": "Letters to split",
    "late": "Late",
}
ABOUT = {
    "duplicates": "Responses with the same words, or nearly the same. One person who sent twice counts once; "
    "two people who say the same both count.",
    "tests": "Responses that look as if somebody was trying the form.",
    "blank": "Responses that choose no answer and make no point.",
    "personal": "Comments that may hold a name, an address, a number or details of somebody's health. "
    "Hide those words before others read them.",
    "safety": "Comments in which somebody may need help, and comments that may be abusive. "
    "Pass a need for help on the same day.",
    "letters": "Letters and long emails in one piece. Say which question each point answers, or that it "
    "stays one comment.",
    "late": "Replies that somebody asked to send after closing. They are left out until you decide.",
}


@allowed(Permission.CODE)
def clean(slug: str) -> str:
    """The first tab in which something waits."""
    counts = tab_counts(visit().consultation_id)
    return _page(next((tab for tab in TABS if counts[tab]), TABS[0]), counts)


@allowed(Permission.CODE)
@writes
def late_read_post(slug: str) -> Any:
    """Late replies are no part of the analysis, so no run reads them: this does, for whoever decides."""
    ask_to_learn(visit().consultation_id, now=now())
    flash("The software reads the late replies. Look again in a minute.", "info")
    return redirect(url_for(".clean_tab", slug=slug, tab="late"), 303)


@allowed(Permission.CODE)
def clean_tab(slug: str, tab: str) -> str:
    if tab not in LABELS:
        abort(404)
    if request.args.get("shown") == "decided" and tab in DECIDED:
        return _decided(tab)
    return _page(tab, tab_counts(visit().consultation_id))


def tab_links(counts: dict[str, int], current: str) -> list[tuple[str, str, bool]]:
    return [
        (
            f"{LABELS[tab]} ({counts[tab]:,})",
            url_for(".clean_tab", slug=visit().here.slug, tab=tab),
            tab == current,
        )
        for tab in TABS
    ]


def decided_url(tab: str) -> str:
    return url_for(".clean_tab", slug=visit().here.slug, tab=tab, shown="decided")


def item_address(tab: str, key: str) -> str:
    return f"{url_for('.clean_tab', slug=visit().here.slug, tab=tab)}/{key}"


def go_on(tab: str, *, but: str) -> Any:
    """To the next that waits in this tab, or back to the tab."""
    key = next_key(visit().consultation_id, tab, but=but)
    there = item_address(tab, key) if key else url_for(".clean_tab", slug=visit().here.slug, tab=tab)
    return redirect(there, 303)


def _page(tab: str, counts: dict[str, int]) -> str:
    number = whole(request.args.get("page"), otherwise=1)
    page = waiting_page(visit().consultation_id, tab, page=number)
    here = url_for(".clean_tab", slug=visit().here.slug, tab=tab)
    references = [row.reference for row in page.items] if tab == "late" else []
    return render_template(
        "officer/clean/tab.html",
        fits=late_fits(visit().consultation_id, references),
        tabs=tab_links(counts, tab),
        tab=tab,
        label=LABELS[tab],
        about=ABOUT.get(tab, ""),
        page=page,
        decided=count_decided(visit().consultation_id, tab),
        decided_url=decided_url(tab),
        item_address=item_address,
        page_url=lambda number: address(here, {}, page=str(number)),
        recorded=look("clean"),
    )


def _decided(tab: str) -> str:
    number = whole(request.args.get("page"), otherwise=1)
    here = url_for(".clean_tab", slug=visit().here.slug, tab=tab)
    return render_template(
        "officer/clean/decided.html",
        tab=tab,
        label=LABELS[tab],
        page=decided_page(visit().consultation_id, tab, page=number),
        item_address=item_address,
        page_url=lambda number: address(here, {"shown": "decided"}, page=str(number)),
        back_link=here,
        back_text=LABELS[tab],
        recorded=look("clean"),
    )
