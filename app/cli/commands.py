from flask import Flask

from app.cli.consultations import consultation
from app.cli.database import database
from app.cli.officers import officers
from app.cli.responses import responses
from app.cli.sample import sample
from app.cli.serve import serve


def init_app(app: Flask) -> None:
    for group in (consultation, responses, sample, officers, database, serve):
        app.cli.add_command(group)
