"""The tables of the log. `migrations/` makes them; a test compares the two."""

from sqlalchemy import Column, Index, Integer, LargeBinary, MetaData, String, Table, Text

METADATA = MetaData()

HEAD = Table(
    "head", METADATA,
    Column("log", String(16), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("at", String(32), nullable=False),
    Column("hash", String(64), nullable=False),
    Column("closed", Integer, nullable=False),
    Column("opened", Integer, nullable=False),
)  # fmt: skip
"""The last event of each log, one a municipality: the row a writer holds while it appends.

opened: the number of the event before the running programme; closed: 1 where it is history.
"""

EVENT = Table(
    "event", METADATA,
    Column("log", String(16), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(32), nullable=False),
    Column("who", String(64), nullable=False),
    Column("role", String(16), nullable=False),
    Column("act", String(16), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("key", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("event_of_record", "log", "kind", "key", "number"),
)  # fmt: skip

SAID = Table(
    "said", METADATA,
    Column("log", String(16), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("texts", Text, nullable=False),
)  # fmt: skip
"""The texts of an event beside it, each with its salt, by their place: what a redaction erases."""

PERSON = Table(
    "person", METADATA,
    Column("id", String(64), primary_key=True),
    Column("subject", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
)  # fmt: skip
"""The names behind the opaque ids, which no event holds; a row may be erased without touching the chain."""

KEPT_FILE = Table(
    "kept_file", METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)  # fmt: skip
"""The bytes of released notes."""
