"""S_20: a widget with twenty readers at a second's thought between clicks, against one reader."""

import asyncio
import statistics
from collections.abc import Sequence

from tests.bench.ground import Ground
from tests.bench.pages import PAGES, PageLine
from tests.bench.registry import MISSING
from tests.bench.report import Result, Skipped
from tests.bench.servers import APP, serving
from tests.bench.sessions import Session

READERS, THINK, CLICKS, ROUNDS = 20, 1.0, 3, 2
ABOUT = "p95 of a widget's rerun with 20 readers at 1 s think time (websocket clients) ÷ with one"


def measure(ground: Ground) -> list[Result | Skipped]:
    """Return S_20 for every page with a crowd's widget."""
    return [_one(ground, page) for page in PAGES if page.crowd]


def _one(ground: Ground, page: PageLine) -> Result | Skipped:
    name = f"S_20 {page.name}"
    try:
        with serving(APP, ground.var) as server:
            alone, together = asyncio.run(_both(server.address, page))
    except (*MISSING, OSError, TimeoutError) as reason:
        return Skipped(name, f"{type(reason).__name__}: {reason}")
    one, many = _p95(alone), _p95(together)
    return Result(name, many / one, None, ours=many, floor=one, repetitions=len(together), about=ABOUT)


async def _both(address: str, page: PageLine) -> tuple[list[float], list[float]]:
    """Return seconds of all clicks, alone and together, in turns."""
    alone: list[float] = []
    together: list[float] = []
    await _reader(address, page, 0, 1)  # what a first reader alone pays for
    for turn in range(ROUNDS):
        alone += await _reader(address, page, 97 * turn, 2 * CLICKS)
        crowd = [_reader(address, page, 7 * reader + 3 * turn, CLICKS) for reader in range(READERS)]
        together += [seconds for clicks in await asyncio.gather(*crowd) for seconds in clicks]
    return alone, together


async def _reader(address: str, page: PageLine, first: int, clicks: int) -> list[float]:
    """Open the page at a moment of one's own and turn the widget, a second's thought between the clicks."""
    async with Session.opened(address) as session:
        await asyncio.sleep(first % READERS / READERS * THINK)
        await session.open(page.path, page.query)
        seconds = []
        for click in range(clicks):
            await asyncio.sleep(THINK)
            seconds.append(await session.turn(page.crowd, first + click))
        return seconds


def _p95(seconds: Sequence[float]) -> float:
    return statistics.quantiles(seconds, n=20, method="inclusive")[-1]
