"""`flask database upgrade`, beyond what every other test does by being run on migrated databases."""

import pytest
from alembic.config import Config
from flask import Flask
from sqlalchemy import text

from app.cli import database


def test_a_migration_may_take_longer_than_a_page(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL ends a statement of a page after a minute; one that copies a large table needs longer."""
    engine, seen = app.extensions["engine"], []

    def migrate(alembic: Config, _to: str) -> None:
        if engine.dialect.name == "postgresql":
            seen.append(alembic.attributes["connection"].scalar(text("SHOW statement_timeout")))
        else:
            seen.append("0")

    monkeypatch.setattr("alembic.command.upgrade", migrate)
    database.upgrade(engine, app.extensions["settings"])

    assert seen == ["0"]
    with engine.connect() as page:
        if engine.dialect.name == "postgresql":
            assert page.scalar(text("SHOW statement_timeout")) == "1min"
