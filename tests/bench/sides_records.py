"""A saved form against a bare insert, the page run anew after both, and a long log against one a fifth as long."""

import datetime as dt
import itertools
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from data import paths
from data.records.place import SETTING
from data.settings import settings
from pages.server.permission import LOCAL
from tests.bench.ground import Ground
from tests.bench.registry import Sides

DECISION = {"title": "Jobbes går videre", "body": "Styringsgruppen", "date": dt.date(2026, 10, 1), "text": "x" * 200}
LONG, SHORT = 50_000, 10_000


def save(ground: Ground) -> Sides:
    """Ours: a decision is saved as its form does, and the page run anew. Floor: a bare insert, and the same."""
    import sqlalchemy as sa

    from data.records import Records, Who
    from data.records.database import engine_of

    folder = ground.fresh("records")
    logs = [Records(f"sqlite:///{folder / name}.sqlite", settings().home_municipality) for name in ("ours", "floor")]
    who, numbers = Who("u-1", "editor"), itertools.count()
    last, _ = (log.append("decision", "d", DECISION, who=who) for log in logs)
    plain = sa.Table("plain", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), sa.Column("text", sa.Text))
    engine = engine_of(f"sqlite:///{folder / 'plain.sqlite'}")  # the same settings: saved means saved
    plain.metadata.create_all(engine)
    shown = [_room(log.url) for log in logs]

    def ours() -> SavedPage:
        nonlocal last
        title = f"Beslutning {next(numbers)}"
        last = logs[0].append("decision", "d", {**DECISION, "title": title}, who=who, seen_version=last.number)
        return SavedPage(title, _rerun(shown[0], logs[0].url))

    def floor() -> SavedPage:
        with engine.begin() as connection:
            connection.execute(sa.insert(plain).values(text="x" * 2_000))
        return SavedPage(str(DECISION["title"]), _rerun(shown[1], logs[1].url))

    return Sides(ours, floor, _saved_differs)


@dataclass(frozen=True)
class SavedPage:
    """A page run anew after something was saved: the title that is to stand on it, and all it shows as HTML."""

    title: str
    shown: str


def _room(url: str) -> Any:
    """Return the programme's page (`AppTest`) with its decisions unfolded, over the records at an address."""
    from streamlit.testing.v1 import AppTest

    with _written_here(url):
        page = AppTest.from_file(str(paths.ROOT / "app.py"), default_timeout=120).run()
        page = page.switch_page("pages/programme.py")
        page.query_params.clear()
        page.query_params["part"] = "decisions"
        return page.run()


def _rerun(page: Any, url: str) -> str:
    with _written_here(url):
        page.run()
    return " ".join(str(getattr(each.proto, "body", "")) for each in page.get("html"))


def _written_here(url: str) -> Any:
    return patch.dict(os.environ, {SETTING: url, LOCAL: "1"})


def _saved_differs(ours: SavedPage, theirs: SavedPage) -> str:
    told = [each for each in (ours, theirs) if each.title not in each.shown]
    return "the page does not show what was saved" if told else ""


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
