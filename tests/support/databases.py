"""The two databases of the tests, each built by the migrations and emptied between tests."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Engine, create_engine, make_url, text
from sqlalchemy.exc import ProgrammingError

from app.database import Base, connect

ROOT = Path(__file__).parents[2]


def migrate(engine: Engine, *, to: str = "head") -> None:
    alembic = Config(str(ROOT / "alembic.ini"))
    alembic.set_main_option("script_location", str(ROOT / "migrations"))
    with engine.connect() as connection:
        alembic.attributes["connection"] = connection
        command.upgrade(alembic, to)
        connection.commit()


def postgresql_address() -> URL:
    """TEST_DATABASE_URL, or the cluster that pg_virtualenv made. Raises: a missing server is not a pass."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        return make_url(given).set(drivername="postgresql+psycopg")
    if "PGHOST" not in os.environ and "PGPORT" not in os.environ:
        raise RuntimeError("No PostgreSQL. Run the tests under pg_virtualenv, or set TEST_DATABASE_URL.")
    return URL.create(
        "postgresql+psycopg",
        username=os.environ.get("PGUSER"),
        password=os.environ.get("PGPASSWORD"),
        host=os.environ.get("PGHOST", "localhost"),
        port=int(os.environ.get("PGPORT", "5432")),
        database=os.environ.get("PGDATABASE", "postgres"),
    )


@contextmanager
def fresh_postgresql(name: str) -> Iterator[str]:
    """A migrated database of this name, dropped afterwards."""
    server = create_engine(postgresql_address(), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    address = postgresql_address().set(drivername="postgresql", database=name)
    url = address.render_as_string(hide_password=False)
    engine = connect(url)
    migrate(engine)
    engine.dispose()
    yield url
    with server.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    server.dispose()


@contextmanager
def fresh_sqlite(folder: Path) -> Iterator[str]:
    """A migrated file with a clean copy beside it."""
    url = f"sqlite:///{folder / 'soundings.sqlite'}"
    engine = connect(url)
    migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    shutil.copy(folder / "soundings.sqlite", folder / "clean.sqlite")
    yield url


# Truncating sixty tables makes each a new file; most are empty after a test. A superuser may skip the order
# that foreign keys ask for.
EMPTY = """
DO $$
DECLARE name text; filled boolean;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT 1 FROM %I)', name) INTO filled;
        IF filled THEN EXECUTE format('DELETE FROM %I', name); END IF;
    END LOOP;
END $$
"""


def empty(url: str) -> None:
    """As the migrations left it."""
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///"))
        for beside in (path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            beside.unlink(missing_ok=True)
        shutil.copy(path.with_name("clean.sqlite"), path)
        return
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"))
    try:
        with engine.begin() as connection:
            connection.execute(text(EMPTY))
    except ProgrammingError:  # no superuser
        names = ", ".join(f'"{table}"' for table in Base.metadata.tables)
        with engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {names} CASCADE"))
    engine.dispose()
