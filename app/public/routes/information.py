"""The pages at the foot of every page."""

from flask import render_template

from app.consultations.queries.listing import newest_lead
from app.web import mail
from app.web.clock import now


def privacy() -> str:
    return render_template("public/information/privacy.html", lead=newest_lead(now=now()))


def cookies() -> str:
    return render_template("public/information/cookies.html")


def accessibility() -> str:
    return render_template("public/information/accessibility.html", lead=newest_lead(now=now()))


def contact() -> str:
    return render_template(
        "public/information/contact.html", lead=newest_lead(now=now()), sends_link=mail.is_written()
    )
