"""Every component with realistic content, to look at and to test. For development only: not in the product.

python frontend/gallery.py                serve on http://127.0.0.1:5055
python frontend/gallery.py --check DIR    take screenshots into DIR, run axe, look for sideways scroll, weigh
"""

# ruff: noqa: T201 - it prints what it found

import argparse
import gzip
import logging
import secrets
import threading
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, render_template
from flask_wtf import CSRFProtect, FlaskForm
from govuk_frontend_wtf import wtforms_widgets
from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Undefined,
)
from markupsafe import Markup
from werkzeug.serving import make_server
from wtforms import (
    BooleanField,
    DateField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired

ROOT = Path(__file__).resolve().parents[1]
CSP = "default-src 'self'; script-src 'self' 'nonce-{nonce}'; object-src 'none'; base-uri 'none'"
NAV = ["Dashboard", "My work", "Responses", "Clean", "Frame", "Code", "Explore", "Check", "Report"]
MORE = ["Campaigns", "Runs", "Requests", "People", "Audit", "Exports"]
PAGES = ["public", "form", "refused", "officer", "frame", "done"]
ERRORS = ["400", "403", "404", "413", "500", "503", "resend"]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Lax:
    """The macros of govuk-frontend-jinja read keys that are not there, so widgets alone are not strict."""

    def render(self, params: dict[str, Any]) -> Markup:
        lax: Environment = current_app.extensions.setdefault(
            "lax", current_app.jinja_env.overlay(undefined=Undefined)
        )
        return Markup(lax.get_template(self.template).render(params=params))  # type: ignore[attr-defined]  # noqa: S704

    def map_gov_params(self, field: Any, **kwargs: Any) -> dict[str, Any]:
        params: dict[str, Any] = super().map_gov_params(field, **kwargs)  # type: ignore[misc]
        if not field.description:
            params["hint"] = None
        if rows := params.get("attributes", {}).pop("rows", None):
            params["rows"] = rows
        if "fieldset" in params:
            params["fieldset"].setdefault("legend", {}).setdefault("text", field.label.text)
        if (
            "maxlength" not in params
            and "maxwords" not in params
            and isinstance(self, wtforms_widgets.GovCharacterCount)
        ):
            params["maxlength"] = max(100_000, field.flags.max_length if "max_length" in field.flags else 0)
        return params


WIDGETS = {
    name: type(name, (Lax, base), {})
    for name, base in vars(wtforms_widgets).items()
    if name.startswith("Gov") and hasattr(base, "template")
}
(
    GovCharacterCount,
    GovCheckboxesInput,
    GovCheckboxInput,
    GovDateInput,
    GovPasswordInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
) = (
    WIDGETS[name]
    for name in (
        "GovCharacterCount",
        "GovCheckboxesInput",
        "GovCheckboxInput",
        "GovDateInput",
        "GovPasswordInput",
        "GovRadioInput",
        "GovSelect",
        "GovTextArea",
        "GovTextInput",
    )
)


class ReplyForm(FlaskForm):
    aims = RadioField(
        "Do you agree or disagree with the aims of the draft bid?",
        widget=GovRadioInput(),
        description="Choose one answer, or leave the question out.",
        choices=[
            ("sa", "Strongly agree"),
            ("a", "Agree"),
            ("n", "Neither agree nor disagree"),
            ("d", "Disagree"),
            ("sd", "Strongly disagree"),
            ("dk", "Don't know"),
        ],
        validators=[InputRequired("Choose whether you agree or disagree with the aims")],
    )
    describes = SelectMultipleField(
        "Which of these describe you?",
        widget=GovCheckboxesInput(),
        choices=[
            ("live", "I live in the area"),
            ("work", "I work in the area"),
            ("business", "I run a business in the area"),
        ],
    )
    allowed = BooleanField("I am allowed to reply for this organisation", widget=GovCheckboxInput())
    name = StringField(
        "Name of your organisation",
        widget=GovTextInput(),
        validators=[InputRequired("Enter the name of your organisation")],
    )
    words = TextAreaField(
        "What would you change, and why?",
        widget=GovTextArea(),
        description="Write as much or as little as you like. Please leave out names, phone numbers and "
        "details of other people's health.",
    )
    short = TextAreaField("A short note", widget=GovCharacterCount())
    area = SelectField(
        "Which area do you live in?",
        widget=GovSelect(),
        choices=[("", "Choose an area"), ("t", "Teignbridge"), ("e", "Exeter")],
    )
    closes = DateField(
        "When does it close?",
        widget=GovDateInput(),
        format="%d %m %Y",
        validators=[InputRequired("Enter the date it closes")],
    )
    password = PasswordField("Password", widget=GovPasswordInput())


def create_gallery() -> Flask:
    app = Flask("gallery", static_folder=str(ROOT / "app/static"))
    app.config.update(SECRET_KEY=secrets.token_hex(), TESTING=True)
    app.jinja_loader = ChoiceLoader(
        [  # type: ignore[assignment]
            FileSystemLoader(str(ROOT / "frontend/gallery")),
            FileSystemLoader(str(ROOT / "templates")),
            PrefixLoader(
                {
                    "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                    "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
                }
            ),
        ]
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    CSRFProtect(app)
    app.jinja_env.globals.update(static_url=lambda name: f"/static/{name}", csp_nonce=lambda: g.nonce)
    app.context_processor(_context)
    app.before_request(lambda: setattr(g, "nonce", secrets.token_urlsafe(16)))
    app.after_request(_secure)
    app.add_url_rule("/<page>", view_func=_page, methods=["GET"])
    return app


def _context() -> dict[str, Any]:
    return {
        "consultation": {
            "title": "Heart of the South West draft devolution bid",
            "slug": "heart",
            "is_sample": True,
        },
        "current_officer": {"name": "R. Ashdown", "shortcuts": True},
        "url_of_page": lambda n: f"?page={n}",
    }


def _secure(response: Any) -> Any:
    response.headers["Content-Security-Policy"] = CSP.format(nonce=g.nonce)
    return response


def _page(page: str) -> str:
    if page in ERRORS:
        return render_template(
            f"errors/{page}.html",
            administrator="R. Ashdown",
            action="/x",
            fields=[
                ("aims", "agree"),
                (
                    "vision_text",
                    "The last bus leaves at six.\n\nMy mother cannot get to hospital and back on one day. "
                    * 4,
                ),
            ],
        )
    form = ReplyForm()
    if page == "refused":
        form.validate()
    nav = [(name, f"/{name}", name == "Dashboard") for name in NAV]
    more = [(name, f"/{name}", False) for name in MORE]
    extra = {"nav": nav, "nav_more": more} if page in ("officer", "frame") else {}
    if page in ("form", "refused"):
        extra["form"] = form  # type: ignore[assignment]
    return render_template(f"{page}.html", **extra)


def check(out: Path) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only the check needs a browser

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    out.mkdir(parents=True, exist_ok=True)
    server = make_server("127.0.0.1", 5055, create_gallery(), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    axe = (ROOT / "tests/e2e/vendor/axe.min.js").read_text()
    with sync_playwright() as p:
        browser = p.chromium.launch(executable_path="/usr/bin/chromium-headless-shell", args=CHROMIUM)
        for width in (1280, 320):
            context = browser.new_context(viewport={"width": width, "height": 900})
            for name in PAGES + ERRORS:
                _look(context, name, width, axe, out)
            context.close()
        page = browser.new_page()
        page.goto("http://127.0.0.1:5055/public")
        page.pdf(path=str(out / "public.pdf"))
        browser.close()
    server.shutdown()
    _weigh()


def _look(context: Any, name: str, width: int, axe: str, out: Path) -> None:
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda m: troubles.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda e: troubles.append(str(e)))
    page.on("response", lambda r: troubles.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    page.goto(f"http://127.0.0.1:5055/{name}", wait_until="networkidle")
    page.screenshot(path=str(out / f"{name}-{width}.png"), full_page=True)
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    sideways = max(
        sideways, page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    )
    page.evaluate(axe)
    found = page.evaluate("tags => axe.run({runOnly: tags})", AXE_TAGS)["violations"]
    print(f"{name:8} {width:5} axe {len(found)} sideways {sideways} troubles {troubles}")
    for violation in found:
        print("   ", violation["id"], violation["impact"], [n["html"][:160] for n in violation["nodes"]][:4])
    page.close()


def _weigh() -> None:
    client = create_gallery().test_client()
    assets = [
        "css/app.css",
        "js/app.js",
        "js/status.js",
        "vendor/govuk/govuk-frontend.min.js",
        "images/favicon.svg",
    ]
    sizes = {name: len(gzip.compress((ROOT / "app/static" / name).read_bytes(), 9)) for name in assets}
    sizes["the page"] = len(gzip.compress(client.get("/public").data, 9))
    print(sizes, "sum", round(sum(sizes.values()) / 1024, 1), "KB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", type=Path)
    chosen = parser.parse_args()
    if chosen.check:
        check(chosen.check)
    else:
        create_gallery().run(port=5055)
