"""Runs the migrations on the engine it is given, or on the one the settings name. Imports no model."""

from logging import getLogger

from alembic import context
from sqlalchemy import Connection

import config as settings_module
from app.database import connect

log = getLogger("alembic.runtime.migration")


def migrate(connection: Connection) -> None:
    context.configure(connection=connection, render_as_batch=True, transaction_per_migration=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    engine = connect(settings_module.load().database_url)
    with engine.connect() as own:
        migrate(own)
        own.commit()
