from datetime import datetime
from typing import cast

from flask import current_app

from app.clock import Clock


def now() -> datetime:
    """The time by the application's clock, which tests may set."""
    return cast(Clock, current_app.extensions["clock"]).now()
