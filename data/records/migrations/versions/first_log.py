"""The log with its texts, names and released notes. A migration says what the tables were on its day."""

import sqlalchemy as sa
from alembic import op

revision = "1"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "head",
        sa.Column("log", sa.String(16), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("closed", sa.Integer, nullable=False),
        sa.Column("opened", sa.Integer, nullable=False),
    )
    _events()
    op.create_table(
        "said",
        sa.Column("log", sa.String(16), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("texts", sa.Text, nullable=False),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("subject", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.create_table(
        "kept_file",
        sa.Column("sha256", sa.String(64), primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":  # the planner's samples would keep what is erased
        op.execute("ALTER TABLE said ALTER COLUMN texts SET STATISTICS 0")
        op.execute("ALTER TABLE person ALTER COLUMN name SET STATISTICS 0")


def _events() -> None:
    op.create_table(
        "event",
        sa.Column("log", sa.String(16), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.String(length), nullable=False) for name, length in _TEXTS),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("event_of_record", "event", ["log", "kind", "key", "number"])


_TEXTS = (("at", 32), ("who", 64), ("role", 16), ("act", 16), ("kind", 32), ("key", 80))
