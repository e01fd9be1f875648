from flask import Flask

from app.cli.consultations import consultation
from app.cli.database import database
from app.cli.late import LateGroup
from app.cli.officers import officers
from app.cli.responses import responses
from app.cli.sample import sample
from app.cli.serve import serve

# It brings scikit-learn with it, which no web process needs.
theming = LateGroup(
    "theming",
    where="app.cli.theming",
    called="theming_group",
    short_help="Themes for comments in a spreadsheet: no database needed.",
)


def init_app(app: Flask) -> None:
    for group in (consultation, responses, sample, officers, database, serve, theming):
        app.cli.add_command(group)
