"""The reader's four waits (load, widget, switch of pages, static twin) on our pages and on the floors, in turns."""

import contextlib
import os
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright
from playwright.sync_api import Error as BrowserError

from tests.bench import bare_query, proofs
from tests.bench.clock import median_ratio
from tests.bench.ground import Ground
from tests.bench.pages import FLOOR_CHART, FLOOR_TEXT, PAGES, PageLine, charts_at
from tests.bench.proofs import Seen
from tests.bench.report import Failed, Result, Skipped, Unavailable, Unproven
from tests.bench.servers import APP, FLOOR, serving
from tests.bench.stopwatch import SCRIPT, Tab
from tests.browser.conftest import NAMES, QUIET

STATIC = (
    '<!doctype html><html><head><meta charset="utf-8"><title>static</title><script src="plotly.js"></script></head>'
)
Times = dict[tuple[str, str], list[float]]


def measure(ground: Ground, repetitions: int, pages: tuple[PageLine, ...] = PAGES) -> list[Result | Skipped]:
    """Return D_load, D_widget, D_page and D_static of every page, medians of one interleaved run."""
    try:
        with _browser() as context, serving(APP, ground.var) as ours:
            shown = ground.fresh("shown")
            with serving((FLOOR, "--folder", str(shown)), ground.var) as floor:
                round_trip = RoundTrip(context, ours.address, floor.address, shown)
                times, failed = _interleaved(round_trip, pages, repetitions)
    except Unavailable as reason:
        return [Skipped("D", str(reason))]
    except (Unproven, BrowserError) as reason:
        return [Failed("D", f"the floor or the browser: {_sentence(reason)}")]
    found: list[Result | Skipped] = [each for page in pages if page.name not in failed for each in _ratios(times, page)]
    return found + [Failed(f"D {name}", reason) for name, reason in failed.items()]


@dataclass(frozen=True)
class RoundTrip:
    """The browser, the addresses of our server and the floor's, and the folder of the floor's static pages."""

    context: BrowserContext
    ours: str
    floor: str
    shown: Path


def _interleaved(trip: RoundTrip, pages: tuple[PageLine, ...], repetitions: int) -> tuple[Times, dict[str, str]]:
    """Return seconds by page and wait, and the pages of ours that failed with the reason; a failing floor ends it."""
    times: Times = defaultdict(list)
    failed: dict[str, str] = {}
    stops = [(trip.floor, FLOOR_TEXT), (trip.floor, FLOOR_CHART), *((trip.ours, page) for page in pages)]
    for repetition in range(-1, repetitions):  # the first round warms browser and servers, and is thrown away
        print(f"  round {repetition + 1} of {repetitions}", file=sys.stderr, flush=True)  # noqa: T201
        for address, page in stops[:: 1 if repetition % 2 else -1]:
            if page.name in failed:
                continue
            try:
                visit = _visit(trip, address, page, bare_query.place_at(repetition))
            except (Unproven, BrowserError) as reason:
                if address == trip.floor:
                    raise
                failed[page.name] = _sentence(reason)
                continue
            for wait, seconds in visit.items() if repetition >= 0 else ():
                times[page.name, wait].append(seconds)
    return times, failed


def _sentence(reason: Exception) -> str:
    return f"{type(reason).__name__}: {reason}".split("\n", 1)[0]


def _visit(trip: RoundTrip, address: str, page: PageLine, place: str) -> dict[str, float]:
    """Return the seconds of one visit: load, turn the widget, leave the page and come back by the menu; static twin.

    The way back is timed the second time: a browser compiles what it runs for the first time, on the floor as on ours.
    """
    tab = Tab(trip.context)
    try:
        link = f"{address}/{page.path}" + (f"?{page.query.format(place=place)}" if page.query else "")
        waits = {"load": tab.load(link, page.charts)}
        shown = tab.seen()
        if page.widget:
            waits["widget"] = tab.turn(page.widget, page.charts if page.turned is None else page.turned)
        if page.before:
            for _ in range(2):
                tab.switch(page.before, charts_at(page.before))
                waits["page"] = tab.switch(page.path, page.charts if page.returned is None else page.returned)
    finally:
        tab.close()
    bare = {"bare": bare_query.pivot_seconds(place)} if page.asks else {}
    return waits | bare | _static(trip, page, shown)


def _static(trip: RoundTrip, page: PageLine, ours: Seen) -> dict[str, float]:
    """Return the load of a static page with the same figures, where the page has any."""
    if not page.charts:
        return {}
    (trip.shown / f"{page.name}.html").write_text(static_page(ours.figures), encoding="utf-8")
    tab = Tab(trip.context)
    try:
        waits = {"static": tab.load(f"{trip.floor}/shown/{page.name}.html", page.charts)}
        if problem := proofs.twin(ours, tab.seen()):
            raise Unproven(problem)
        return waits
    finally:
        tab.close()


def static_page(figures: str) -> str:
    """Return a page of HTML that draws figures (JSON, a list of data and layout) with Plotly and nothing else."""
    safe = figures.replace("</", "<\\/")
    script = (
        f"for (const figure of {safe}) {{ const place = document.createElement('div');"
        " place.className = 'shown'; document.body.append(place); Plotly.newPlot(place, figure.data, figure.layout); }"
    )
    return f"{STATIC}<body><script>{script}</script></body></html>"


def _ratios(times: Times, page: PageLine) -> list[Result]:
    floors = {"load": FLOOR_CHART, "widget": FLOOR_CHART, "page": FLOOR_TEXT}
    bounds = {"load": page.load, "widget": page.turn, "page": page.switch}
    says = {"load": "load ÷ one-chart page's load", "widget": "widget → rendered ÷ the same on the one-chart page"}
    says["page"] = "switch to the page ÷ switch between two text pages"
    against = {wait: times[floor.name, wait] for wait, floor in floors.items()}
    if page.asks:
        against["widget"] = [sum(both) for both in zip(against["widget"], times[page.name, "bare"], strict=True)]
        says["widget"] = "widget → rendered ÷ (the same on the one-chart page + the bare DuckDB query)"
    found = [
        median_ratio(f"D_{wait} {page.name}", bounds[wait], times[page.name, wait], floor, says[wait])
        for wait, floor in against.items()
        if times[page.name, wait]
    ]
    if times[page.name, "static"]:
        load, static = times[page.name, "load"], times[page.name, "static"]
        found.append(median_ratio(f"D_static {page.name}", None, load, static, "load ÷ static HTML, same figures"))
    return found


@contextlib.contextmanager
def _browser() -> Iterator[BrowserContext]:
    """One warm browser: its bundles are fetched once."""
    path = next(filter(None, map(shutil.which, (os.environ.get("INNENFOR_CHROMIUM", ""), *NAMES))), None)
    if path is None:
        raise Unavailable("there is no Chromium here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        context.add_init_script(path=str(SCRIPT))
        yield context
        browser.close()
