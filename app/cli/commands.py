from flask import Flask

from app.cli.consultations import consultation
from app.cli.responses import responses


def init_app(app: Flask) -> None:
    for group in (consultation, responses):
        app.cli.add_command(group)
