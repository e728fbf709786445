"""The records against a bare insert of SQLAlchemy's, and a long log against one a fifth as long."""

import datetime as dt
import itertools
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.bench.ground import Ground
from tests.bench.registry import Sides

DECISION = {"title": "Jobbes går videre", "body": "Styringsgruppen", "date": dt.date(2026, 10, 1), "text": "x" * 200}
LONG, SHORT = 50_000, 10_000


def append(ground: Ground) -> Sides:
    """Ours: a decision is checked, sealed and saved. Floor: SQLAlchemy inserts one row of the same length."""
    import sqlalchemy as sa

    from data.records import Records, Who
    from data.records.database import engine_of

    folder = ground.fresh("records")
    records, who, keys = Records(f"sqlite:///{folder / 'log.sqlite'}", "4204"), Who("u-1", "editor"), itertools.count()
    records.append("decision", "first", DECISION, who=who)
    plain = sa.Table("plain", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("text", sa.Text))
    engine = engine_of(f"sqlite:///{folder / 'plain.sqlite'}")  # the same settings: saved means saved
    plain.metadata.create_all(engine)

    def ours() -> object:
        return records.append("decision", f"d-{next(keys)}", DECISION, who=who).table

    def floor() -> object:
        with engine.begin() as connection:
            connection.execute(sa.insert(plain).values(text="x" * 2_000))
        return DECISION

    return Sides(ours, floor, _saved_differs)


def _saved_differs(ours: object, theirs: object) -> str:
    return "" if ours == theirs else "what was saved is not what was written"


def replay(ground: Ground) -> Sides:
    """Ours: how things stand after 50 000 events. Floor: after 10 000, five times: a replay is to be linear."""
    from data.records import Records
    from data.records.state import RecordState

    folder = ground.fresh("replay")
    logs = {number: _log(folder, number) for number in (LONG, SHORT)}

    def stood(number: int) -> Any:
        return RecordState().after(Records(logs[number], "4204").events())

    def floor() -> Any:
        return [stood(SHORT) for _ in range(LONG // SHORT)][-1]

    return Sides(lambda: stood(LONG), floor, _numbers_differ)


def _numbers_differ(ours: Any, theirs: Any) -> str:
    return "" if (ours.number, theirs.number) == (LONG, SHORT) else f"{ours.number} and {theirs.number} events"


def _log(folder: Path, number: int) -> str:
    """Write a log of many decisions, as alike as they can be."""
    from data.records import Records, Who
    from data.records.exchange import load

    first = Records(f"sqlite:///{folder / f'first-{number}.sqlite'}", "4204")
    event = first.append("decision", "d", DECISION, who=Who("u-1", "editor"))
    url = f"sqlite:///{folder / f'{number}.sqlite'}"
    events = [replace(event, number=each, key=f"d-{each}") for each in range(1, number + 1)]
    load(Records(url, "4204"), events, {})
    return url
