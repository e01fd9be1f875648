"""What every officer page shows around it: the consultation, who is signed in, and where they may go."""

from typing import Any

from flask import Blueprint, current_app, request

from app.web.access import may_open, visitor

Link = tuple[str, str, bool]

FRAME = "/officer/c/<slug>/frame"
BULK = "/officer/c/<slug>/bulk"  # reached from a theme of the frame

# Where a role may not go, there is no entry: each view's own rule decides.
MAIN = (
    ("Dashboard", "/officer/c/<slug>"),
    ("My work", "/officer/c/<slug>/my-work"),
    ("Responses", "/officer/c/<slug>/responses"),
    ("Clean", "/officer/c/<slug>/clean"),
    ("Comments", "/officer/c/<slug>/comments"),
    ("Frame", FRAME),
    ("Code", "/officer/c/<slug>/code"),
    ("Report", "/officer/c/<slug>/report"),
)
MORE = (
    ("Compare themes", "/officer/c/<slug>/compare"),
    ("Campaigns", "/officer/c/<slug>/campaigns"),
    ("Runs", "/officer/c/<slug>/runs"),
    ("Compare runs", "/officer/c/<slug>/runs/compare"),
    ("Changes", "/officer/c/<slug>/changes"),
    ("Equality answers", "/officer/c/<slug>/equality"),
    ("Requests", "/officer/c/<slug>/requests"),
    ("People", "/officer/c/<slug>/people"),
    ("Agreement", "/officer/c/<slug>/agreement"),
    ("Sign-off", "/officer/c/<slug>/sign-off"),
    ("Audit", "/officer/c/<slug>/audit"),
    ("Exports", "/officer/c/<slug>/exports"),
    ("Imports", "/officer/c/<slug>/imports"),
    ("Mail", "/officer/mail"),  # of all consultations
)


def init_blueprint(blueprint: Blueprint) -> None:
    blueprint.context_processor(context)


def context() -> dict[str, Any]:
    here = visitor()
    if here is None:
        return {"nav": [], "nav_more": [], "current_officer": None, "consultation": None}
    current = _current()
    return {
        "nav": _links(MAIN, current) if here.consultation else [],
        "nav_more": _links(MORE, current) if here.consultation else [],
        "current_officer": here.officer,
        "consultation": here.consultation,
    }


def _links(entries: tuple[tuple[str, str], ...], current: str) -> list[Link]:
    slug = (request.view_args or {})["slug"]
    pages = _pages()
    return [
        (label, rule.replace("<slug>", slug), rule == current)
        for label, rule in entries
        if rule in pages and may_open(pages[rule])
    ]


def _pages() -> dict[str, str]:
    """Rule to endpoint, of the pages that this product has."""
    return {
        rule.rule: rule.endpoint for rule in current_app.url_map.iter_rules() if "GET" in (rule.methods or ())
    }


def _current() -> str:
    """The entry that the page stands under: the longest that its address begins with."""
    here = request.url_rule.rule if request.url_rule else ""
    if here.startswith(f"{BULK}/"):
        return FRAME
    under = [rule for _label, rule in MAIN + MORE if here == rule or here.startswith(f"{rule}/")]
    return max(under, key=len, default="")
