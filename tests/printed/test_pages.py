"""Every command and every snippet a page prints runs, and gives the numbers of the picture it stands under.

Each view is opened as it stands and once more with something else chosen, at places drawn by a seed
(INNENFOR_SEED; another seed looks at other places).
"""

import csv
import io
import os
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from data import paths
from data.cli import bundle
from pages.components import chart_card as charts
from pages.components import downloads
from pages.components.chart_card import Chart
from pages.format import place_names
from pages.frame import shell
from tests.ground import opened
from tests.picture_data import CHOOSING, LANGUAGES, Link, Listener, page_links, shown, visit
from tests.printed import numbers, reading, running

SEED = os.environ.get("INNENFOR_SEED", "1")
ROOT = paths.ROOT
AS_JSON = ("python -m data", "python -m benefits")
TAKEN_AWAY = "innenfor-scenario.toml"


@dataclass
class Reader:
    """A reader who opens every fold and box, and notes what the page prints."""

    listener: Listener
    charts: list[Chart] = field(default_factory=list)
    ran: set[str] = field(default_factory=set)

    def open(self, page: str, link: Link) -> AppTest:
        self.charts.clear()
        return visit(self.listener, page, link)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Reader:
    opened(monkeypatch)
    found = Reader(Listener(monkeypatch))
    show, popover = charts.show, st.popover

    def noting(chart: Chart) -> None:
        found.charts.append(chart)
        show(chart)

    def opening(label: str, **named: object):
        if named.get("key"):
            st.session_state[named["key"]] = True
        return popover(label, **named)

    monkeypatch.setattr(bundle, "run_bundle", lambda *_: 0)  # it would write beside the code; tested elsewhere
    monkeypatch.setattr(charts, "show", noting)
    monkeypatch.setattr(st, "popover", opening)
    return found


def chosen_links(reader: Reader, page: str) -> Iterator[Link]:
    """Return a link to each picture of a page as it stands, and one with something else chosen; places by the seed."""
    chance = random.Random(f"{SEED} {page}")
    views: dict[tuple[str, ...], list[Link]] = defaultdict(list)
    for link in page_links(reader.listener, page):
        views[tuple(link.get(name, "") for name in CHOOSING)].append(link)
    regions = reader.listener.parameters.get("region", ())
    for links in views.values():
        plain = [link for link in links if not set(link) - {"region", *CHOOSING}]
        varied = [link for link in links if link not in plain]
        for link in (plain[0], *([chance.choice(varied)] if varied else [])):
            place = {"region": chance.choice((link["region"], chance.choice(regions)))} if "region" in link else {}
            yield {**link, **place, "lang": chance.choice(LANGUAGES)}


def printed(app: AppTest) -> tuple[list[str], list[str]]:
    """Return the commands and the snippets on a page; AssertionError where one stands in a form not known."""
    commands, snippets, other = [], [], []
    for each in app.get("code"):
        if each.language == "python":
            snippets.append(each.value)
        elif each.value.startswith(reading.STARTS):
            commands += each.value.splitlines()
        else:
            other.append(each.value)
    assert [code for code in other if reading.LIKE_A_COMMAND.search(code) or reading.LIKE_PYTHON.search(code)] == []
    return commands, snippets


@pytest.mark.parametrize("page", shell.page_names())
def test_what_a_page_prints_runs_and_gives_its_numbers(
    page: str, reader: Reader, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wrong: dict[str, object] = {}
    views = list(chosen_links(reader, page))
    for link in views:
        app = reader.open(page, link)
        commands, snippets = printed(app)
        words = " ".join(shown(app, reader.listener)["words"])
        commands += reading.in_text(words)
        promised = {code for chart in reader.charts for code in (chart.python, *chart.command.splitlines()) if code}
        assert promised <= {*commands, *snippets}, "a picture's code is not on the page"
        for chart in reader.charts:
            wrong |= {f"{link} {chart.stem} {name}": "not on every row" for name in untold(chart, app)}
            wrong |= {f"{link} {chart.stem} {kind}": gone for kind, gone in not_given(reader, chart, tmp_path)}
        for line in set(commands) - promised - reader.ran:
            reader.ran.add(line)
            wrong |= _failed(line)
    assert reader.listener.failures == []
    assert wrong == {}


def untold(chart: Chart, app: AppTest) -> list[str]:
    """Return what the rows of a picture's file do not tell, where it is about residents: what, where, when and whom."""
    if not (chart.group or chart.indicator):
        return []
    given = dict(app.query_params).get("region", "")
    asked = given if isinstance(given, str) else given[-1]
    place = place_names.place(asked.split(" ")[0]) if asked else ""
    content = downloads.csv(chart.rows(place), chart.sources).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    about = (
        "place",
        "age_group",
        "sex",
        "source",
        "edition",
        *(("indicator", "definition") if chart.indicator else ()),
    )
    known = [row for row in rows if row.get("value", "-")]
    told = [name for name in about if name != "place" or place or chart.place]  # a link, or a picture, of no place
    told = [name for name in told if name != "age_group" or (rows and "age_group" in rows[0])]  # pupils have no age
    return [name for name in told if not all(row.get(name) for row in known)]


def not_given(reader: Reader, chart: Chart, folder: Path) -> Iterator[tuple[str, object]]:
    """Return what a picture's snippet and command do not give of its table, or how they failed."""
    columns = [column.name for column in chart.columns]
    if chart.python and chart.python not in reader.ran:
        answer, room = running.python(chart.python)
        yield from _gone("python", numbers.missing(chart.table, columns, set(running.numbers_in(answer))))
        if TAKEN_AWAY in chart.command:
            (folder / TAKEN_AWAY).write_text(room["scenario"].as_toml(), encoding="utf-8")
    if chart.command and chart.command not in reader.ran:
        lines = [line.replace(TAKEN_AWAY, str(folder / TAKEN_AWAY)) for line in chart.command.splitlines()]
        answers = [running.command(as_json(line)) for line in lines]
        failed = [answer.said[:300] for answer in answers if answer.code]
        given = set() if failed else set().union(*(answer.numbers() for answer in answers))
        yield from _gone("command", failed or numbers.missing(chart.table, columns, given))
    reader.ran |= {chart.python, chart.command}


def _gone(kind: str, found: object) -> Iterator[tuple[str, object]]:
    if found:
        yield kind, found


def _failed(line: str) -> dict[str, object]:
    known = line.replace("plan-2027-01.xlsx", "data/plan/template.nb.xlsx")
    answer = running.command(known)
    return {} if answer.code != running.USAGE else {line: answer.said[:300]}


def as_json(line: str) -> str:
    """Return a command that answers in JSON, as those of `analytics` do without being asked."""
    return f"{line} --json" if line.startswith(AS_JSON) and "--json" not in line else line
