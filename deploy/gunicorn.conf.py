"""How gunicorn serves Soundings, here and in production. No access log: addresses hold private links."""

import os
import sys
from typing import Any

from app.cli.lifeline import die_with_the_supervisor
from config import MissingSetting, load

PORT = os.environ.get("PORT", "5000")

wsgi_app = "wsgi:app"
bind = os.environ.get("WEB_BIND", f"127.0.0.1:{PORT}")
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 5
accesslog = None
loglevel = "warning"
control_socket_disable = True
forwarded_allow_ips = "127.0.0.1"
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "web    | %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stdout"}
    },
    "root": {"level": "WARNING", "handlers": ["console"]},
    "loggers": {"gunicorn.error": {"level": "WARNING", "handlers": ["console"], "propagate": False}},
}


def on_starting(server: Any) -> None:
    try:
        load()
    except MissingSetting as missing:
        sys.exit(f"The web server cannot start: {missing}")
    die_with_the_supervisor()


def when_ready(server: Any) -> None:
    if os.environ.get("SOUNDINGS_ANNOUNCE"):
        address = f"http://127.0.0.1:{PORT}"
        print(f"\nPublic:   {address}/\nOfficers: {address}/officer/\nCtrl-C stops everything.\n", flush=True)
