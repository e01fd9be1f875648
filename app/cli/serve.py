"""`flask serve`: everything that `make run` does once the packages are there, in one process."""

import os
import socket
import sys
from pathlib import Path

import click
from flask import current_app
from sqlalchemy import Engine

from app.cli.database import upgrade
from app.cli.lifeline import SUPERVISOR
from app.cli.officers import first as first_officer
from app.cli.sample import load as load_sample
from app.consultations.queries.any_there import any_consultation
from config import Settings

ROOT = Path(__file__).parents[2]
# Of other services, which browsers open no page on: https://fetch.spec.whatwg.org/#port-blocking, from 1024.
REFUSED_BY_BROWSERS = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, *range(6665, 6670), 6679, 6697, 10080}
)
CONFIGURATION = """\
[supervisord]
nodaemon=true
silent=true
user={user}
directory={root}
logfile=/dev/null
logfile_maxbytes=0
pidfile={instance}/supervisord.pid
childlogdir={instance}

[program:web]
command={python} -m gunicorn --config deploy/gunicorn.conf.py
environment=SOUNDINGS_ANNOUNCE="1"
stopwaitsecs=8
{common}
[program:worker]
command={python} -m app.worker
stopwaitsecs=8
{common}"""
COMMON = """\
autorestart=true
startretries=10
stopsignal=TERM
stdout_logfile=/dev/fd/1
stdout_logfile_maxbytes=0
redirect_stderr=true
"""


@click.command("serve")
def serve() -> None:
    """Migrate, load the sample if there is nothing yet, and run the web server and the worker."""
    settings: Settings = current_app.extensions["settings"]
    engine: Engine = current_app.extensions["engine"]
    check_port(os.environ.get("PORT", "5000"))
    upgrade(engine, settings)
    if not settings.production:
        _first_run()
    engine.dispose()
    path = _write_configuration(settings.instance)
    os.environ[SUPERVISOR] = str(os.getpid())  # which it keeps when it becomes the supervisor
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "supervisor.supervisord", "-c", str(path)])  # noqa: S606


def _first_run() -> None:
    invoke = click.get_current_context().invoke
    if not any_consultation():
        invoke(load_sample)
    invoke(first_officer)


def check_port(given: str) -> None:
    """Ends the command with a line that says what to do."""
    if not given.isdigit() or not 0 < int(given) < 65_536:
        sys.exit(f"PORT is {given!r}. Set it to a number from 1 to 65535.")
    port = int(given)
    if port in REFUSED_BY_BROWSERS:
        sys.exit(f"Browsers open no page on port {port}. Choose another: make run PORT=8080")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Port {port} is in use. Choose another: make run PORT={port + 1}")


def _write_configuration(instance: Path) -> Path:
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = instance / "supervisord.conf"
    path.write_text(
        CONFIGURATION.format(
            user=os.getuid(), root=ROOT, instance=instance, python=sys.executable, common=COMMON
        )
    )
    return path
