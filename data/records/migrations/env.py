"""Alembic's way in: the connection is the one `data.records.database` has opened."""

from alembic import context

from data.records.schema import METADATA

if hasattr(context, "config"):  # it is there only while a command of Alembic runs
    context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
    with context.begin_transaction():
        context.run_migrations()
