"""`flask database upgrade` and `flask database backup FILE`."""

import fcntl
import logging
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import Connection, Engine, text

from config import Settings

ROOT = Path(__file__).parents[2]
LOCK_NUMBER = 7_286_864  # any number of our own: PostgreSQL's advisory locks have no names

database = AppGroup("database", help="Bring the schema up to date; back an SQLite database up.")


@database.command("upgrade")
def upgrade_command() -> None:
    """Bring the schema up to this version. Safe to run at any time, and by two processes at once."""
    upgrade(current_app.extensions["engine"], current_app.extensions["settings"])


@database.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
def backup_command(file: Path) -> None:
    """Copy an SQLite database to FILE while it is in use. For PostgreSQL use pg_dump."""
    engine: Engine = current_app.extensions["engine"]
    if engine.dialect.name != "sqlite":
        sys.exit("This database is PostgreSQL. Use pg_dump: docs/operations.md says how.")
    if file.exists():
        sys.exit(f"{file} is there already. Choose another name.")
    backup(Path(engine.url.database or ""), file)
    click.echo(f"Backed up to {file}. Keep instance/secrets.json with it.")


def upgrade(engine: Engine, settings: Settings) -> None:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    alembic = Config(str(ROOT / "alembic.ini"))
    alembic.set_main_option("script_location", str(ROOT / "migrations"))
    with engine.connect() as connection, _one_at_a_time(connection, settings):
        alembic.attributes["connection"] = connection
        try:
            with connection.begin():
                if connection.dialect.name == "postgresql":  # the limit of pages is not that of a migration
                    connection.execute(text("SET LOCAL statement_timeout = 0"))
                command.upgrade(alembic, "head")
        except CommandError as error:
            sys.exit(
                f"The database cannot be brought up to date: {error}. Is this an older version of Soundings?"
            )


@contextmanager
def _one_at_a_time(connection: Connection, settings: Settings) -> Iterator[None]:
    """Two starts at once: the second waits, and then finds nothing to do."""
    if connection.dialect.name == "sqlite":
        with (settings.instance / "upgrade.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        return
    with connection.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as holder:
        holder.execute(text("SET statement_timeout = 0"))
        holder.execute(text("SELECT pg_advisory_lock(:number)"), {"number": LOCK_NUMBER})
        try:
            yield
        finally:
            holder.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": LOCK_NUMBER})
            holder.invalidate()  # its timeout is not the pool's


def backup(source: Path, target: Path) -> None:
    """A consistent copy by SQLite's own backup, with what is in the -wal file, and checked."""
    with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(target)) as copy:
        target.chmod(0o600)
        original.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        (found,) = copy.execute("PRAGMA integrity_check").fetchone()
    if found != "ok":
        sys.exit(f"The copy is damaged: {found}")
