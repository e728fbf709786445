"""Events as they are read from the database."""

import json

from sqlalchemy import Connection, RowMapping, select

from data.records.events import LoggedEvent
from data.records.schema import EVENT, SAID

_ASKED = (
    select(EVENT, SAID.c.texts)
    .outerjoin(SAID, (SAID.c.log == EVENT.c.log) & (SAID.c.number == EVENT.c.number))
    .order_by(EVENT.c.number)
)


def events_in(connection: Connection, log: str, after: int = 0, until: int | None = None) -> tuple[LoggedEvent, ...]:
    """Return the events of a log in their order, those after a number and up to another."""
    asked = _ASKED.where(EVENT.c.log == log, EVENT.c.number > after)
    rows = connection.execute(asked if until is None else asked.where(EVENT.c.number <= until)).mappings().all()
    return tuple(_event(row) for row in rows)


def _event(row: RowMapping) -> LoggedEvent:
    facts = {name: value for name, value in row.items() if name not in ("log", "texts")}
    return LoggedEvent(**facts, texts=json.loads(row["texts"] or "{}"))
