"""S_20: a widget with twenty readers at a second's thought between clicks, against one reader."""

import asyncio
import statistics
from collections.abc import Mapping, Sequence
from random import Random

from tests.bench.clock import by_repetition
from tests.bench.ground import Ground
from tests.bench.pages import PAGES, PageLine
from tests.bench.registry import FAILURES
from tests.bench.report import Failed, Result, Skipped, Unavailable, Unproven
from tests.bench.servers import APP, serving
from tests.bench.sessions import Session

READERS, THINK = 20, 1.0  # a thought takes half of it to half as much again: clicks in step would queue by chance
PLACES = 12  # options clicked among; each has been shown once before the clock starts, for one reader as for twenty
ALONE, CLICKS = 20, 4  # clicks in one round: of the reader alone, and of each of the twenty
ABOUT = "p95 of a widget's rerun with 20 readers at 1 s think time (websocket clients) ÷ with one"
Round = tuple[list[float], list[float]]


def measure(ground: Ground, repetitions: int) -> list[Result | Skipped]:
    """Return S_20 for every page with a crowd's widget."""
    return [_one(ground, page, repetitions) for page in PAGES if page.crowd]


def _one(ground: Ground, page: PageLine, repetitions: int) -> Result | Skipped:
    name = f"S_20 {page.name}"
    try:
        with serving(APP, ground.var) as server:
            return result(name, asyncio.run(_rounds(server.address, page, repetitions)))
    except Unavailable as reason:
        return Skipped(name, str(reason))
    except (*FAILURES, TimeoutError) as reason:
        return Failed(name, f"{type(reason).__name__}: {reason}")


def result(name: str, rounds: Sequence[Round]) -> Result:
    """Return the ratio over all clicks, with the spread of the ratios of single rounds."""
    one, many = (p95([seconds for each in rounds for seconds in each[side]]) for side in (0, 1))
    spread = by_repetition([p95(together) / p95(alone) for alone, together in rounds])
    return Result(name, many / one, None, ours=many, floor=one, **spread, about=ABOUT)


async def _rounds(address: str, page: PageLine, repetitions: int) -> list[Round]:
    """Return the seconds of all clicks by round, alone and together; the two sides take turns."""
    known = await first_look(address, page)
    rounds = []
    for turn in range(repetitions):
        alone = await reader(address, page, known, ALONE, Random(turn))
        crowd = [reader(address, page, known, CLICKS, Random(f"{turn}-{each}")) for each in range(READERS)]
        rounds.append((alone, [seconds for clicks in await asyncio.gather(*crowd) for seconds in clicks]))
    return rounds


async def first_look(address: str, page: PageLine) -> dict[str, str]:
    """Show each of some options once and return the page's answer to each; no two may be the same."""
    async with Session.opened(address) as session:
        await session.open(page.path, page.query)
        known: dict[str, str] = {}
        options = session.options(page.crowd)
        for option in options[:: max(1, len(options) // PLACES)][:PLACES]:
            await session.turn(page.crowd, option)
            known[option] = session.answer
    if len(set(known.values())) < len(known):
        raise Unproven(f"{len(known)} options have {len(set(known.values()))} answers")
    return known


async def reader(address: str, page: PageLine, known: Mapping[str, str], clicks: int, chance: Random) -> list[float]:
    """Open the page and turn the widget, with a thought before each click; each answer must be the option's own."""
    async with Session.opened(address) as session:
        await session.open(page.path, page.query)
        seconds = []
        for _ in range(clicks):
            await asyncio.sleep(THINK * chance.uniform(0.5, 1.5))
            option = chance.choice([each for each in known if known[each] != session.answer])
            seconds.append(await session.turn(page.crowd, option))
            if session.answer != known[option]:
                raise Unproven(f"a reader who chose {option!r} was shown another answer than the first who did")
        return seconds


def p95(seconds: Sequence[float]) -> float:
    """Return the time that 19 of 20 clicks keep under."""
    return statistics.quantiles(seconds, n=20, method="inclusive")[-1]
