"""The pages at the foot of every page."""

from datetime import date

from flask import render_template

from app.consultations.queries.listing import newest_lead, others_to_ask
from app.web import mail
from app.web.clock import now

STATEMENT_WRITTEN_ON = date(2026, 11, 30)  # and reviewed: move it when the statement is looked at again


def privacy() -> str:
    return render_template("public/information/privacy.html", lead=newest_lead(now=now()))


def cookies() -> str:
    return render_template("public/information/cookies.html")


def accessibility() -> str:
    return render_template(
        "public/information/accessibility.html", lead=newest_lead(now=now()), written_on=STATEMENT_WRITTEN_ON
    )


def contact() -> str:
    lead = newest_lead(now=now())
    return render_template(
        "public/information/contact.html",
        lead=lead,
        others=others_to_ask(lead, now=now()),
        sends_link=mail.is_written(),
    )
