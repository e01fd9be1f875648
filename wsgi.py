"""What gunicorn and the `flask` command load. A missing setting is one line, not a traceback."""

import sys

import config
from app.factory import create_app

try:
    app = create_app()
except config.MissingSetting as missing:
    sys.exit(f"Soundings cannot start: {missing}")
