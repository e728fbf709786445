"""Crowds that click with a second's thought between: twenty against one, against a plain page, and a hundred on two."""

import asyncio
import statistics
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from random import Random

from tests.bench.clock import by_repetition
from tests.bench.ground import Ground
from tests.bench.pages import FLOOR_CHART, PAGES, PageLine
from tests.bench.registry import FAILURES
from tests.bench.report import Failed, Result, Skipped, Unavailable, Unproven
from tests.bench.servers import APP, FLOOR, serving
from tests.bench.sessions import Session

READERS, HUNDRED, THINK = 20, 100, 1.0  # a thought takes half of it to half as much again: else clicks queue by chance
PLACES = 12  # options clicked among; each has been shown once before the clock starts, for one reader as for twenty
ALONE, CLICKS = 20, 4  # clicks in one round: of the reader alone, and of each in a crowd
WIDGET = "p95 of a widget's rerun (websocket clients, 1 s think time) with"
ABOUT = {
    "S_20": f"{WIDGET} 20 readers ÷ with one",
    "S_20_chart": f"{WIDGET} 20 readers ÷ of a plain page with one chart and 20 readers",
    "S_100": f"{WIDGET} 100 readers on two processes ÷ with 20 on one",
}
BOUNDS = {"S_20": 10.0, "S_20_chart": 1.3, "S_100": 2.0}
Round = tuple[list[float], list[float]]
"""The seconds of the floor's clicks, and of ours."""


class Place:
    """A page on a server, and its known answer to each of some options."""

    def __init__(self, address: str, page: PageLine) -> None:
        self.address, self.page, self.known = address, page, asyncio.run(first_look(address, page))

    def reader(self, clicks: int, chance: Random) -> Awaitable[list[float]]:
        """Return what one reader will do there: the seconds of each click."""
        return reader(self.address, self.page, self.known, clicks, chance)


def measure(ground: Ground, repetitions: int, name: str) -> Iterator[Result | Skipped]:
    """Yield the line of a name in `BOUNDS` for every page with a crowd's widget."""
    for page in PAGES:
        if page.crowd:
            yield _one(ground, page, repetitions, name)


def _one(ground: Ground, page: PageLine, repetitions: int, name: str) -> Result | Skipped:
    told = f"{name} {page.name}"
    try:
        with ExitStack() as servers:
            floor, ours = SIDES[name](ground, page, servers)
            rounds = [(asyncio.run(floor(turn)), asyncio.run(ours(turn))) for turn in range(repetitions)]
        return result(told, rounds, name)
    except Unavailable as reason:
        return Skipped(told, str(reason))
    except (*FAILURES, TimeoutError) as reason:
        return Failed(told, f"{type(reason).__name__}: {reason}")


def result(told: str, rounds: Sequence[Round], name: str) -> Result:
    """Return the ratio over all clicks, with the spread of the ratios of single rounds."""
    floor, ours = (p95([seconds for each in rounds for seconds in each[side]]) for side in (0, 1))
    spread = by_repetition([p95(together) / p95(alone) for alone, together in rounds])
    return Result(told, ours / floor, BOUNDS[name], ours=ours, floor=floor, **spread, about=ABOUT[name])


Side = Callable[[int], Awaitable[list[float]]]


def _beside_one(ground: Ground, page: PageLine, servers: ExitStack) -> tuple[Side, Side]:
    place = Place(servers.enter_context(serving(APP, ground.var)).address, page)
    return lambda turn: place.reader(ALONE, Random(turn)), _crowd([place], READERS)


def _beside_a_plain_page(ground: Ground, page: PageLine, servers: ExitStack) -> tuple[Side, Side]:
    plain = servers.enter_context(serving((FLOOR, "--folder", str(ground.fresh("plain"))), ground.var))
    ours = servers.enter_context(serving(APP, ground.var))
    return _crowd([Place(plain.address, FLOOR_CHART)], READERS), _crowd([Place(ours.address, page)], READERS)


def _on_two(ground: Ground, page: PageLine, servers: ExitStack) -> tuple[Side, Side]:
    one, two = (Place(servers.enter_context(serving(APP, ground.var)).address, page) for _ in range(2))
    return _crowd([one], READERS), _crowd([one, two], HUNDRED)


SIDES = {"S_20": _beside_one, "S_20_chart": _beside_a_plain_page, "S_100": _on_two}


def _crowd(places: Sequence[Place], readers: int) -> Side:
    """Return what a crowd does in one round, its readers spread evenly over the places."""

    async def clicked(turn: int) -> list[float]:
        crowd = [places[each % len(places)].reader(CLICKS, Random(f"{turn}-{each}")) for each in range(readers)]
        return [seconds for clicks in await asyncio.gather(*crowd) for seconds in clicks]

    return clicked


async def first_look(address: str, page: PageLine) -> dict[str, str]:
    """Show each of some options once and return the page's answer to each; no two may be the same."""
    async with Session.opened(address) as session:
        await session.open(page.path, page.query)
        known: dict[str, str] = {}
        options = session.options(page.crowd)
        for option in reversed(options[:: max(1, len(options) // PLACES)][:PLACES]):  # the first may be shown already
            await session.turn(page.crowd, option, linked=page.linked)
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
            seconds.append(await session.turn(page.crowd, option, linked=page.linked))
            if session.answer != known[option]:
                raise Unproven(f"a reader who chose {option!r} was shown another answer than the first who did")
        return seconds


def p95(seconds: Sequence[float]) -> float:
    """Return the time that 19 of 20 clicks keep under."""
    return statistics.quantiles(seconds, n=20, method="inclusive")[-1]
