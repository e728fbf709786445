"""M_1000: what a server holds after a thousand readers have come and gone, against what it held after two hundred.

Two hundred, because Streamlit keeps the last 128 readers who left, for two minutes, in case they come back.
"""

import asyncio
from collections.abc import Iterable, Iterator

from tests.bench import bare_query
from tests.bench.ground import Ground
from tests.bench.pages import PAGES
from tests.bench.registry import FAILURES
from tests.bench.report import Failed, Result, Skipped, Unavailable
from tests.bench.servers import APP, serving
from tests.bench.sessions import Session

NAME, BOUND = "M_1000", 1.05
WARM, ALL, AT_ONCE = 200, 1000, 4
ABOUT = "memory of the server after 1 000 sessions ÷ after 200"


def measure(ground: Ground) -> Iterator[Result | Skipped]:
    """Yield the one line."""
    try:
        with serving(APP, ground.var) as server:
            asyncio.run(visits(server.address, range(WARM)))
            warm = server.memory_mb("VmRSS")
            asyncio.run(visits(server.address, range(WARM, ALL)))
            yield Result(NAME, server.memory_mb("VmRSS") / warm, BOUND, about=ABOUT)
    except Unavailable as reason:
        yield Skipped(NAME, str(reason))
    except (*FAILURES, TimeoutError) as reason:
        yield Failed(NAME, f"{type(reason).__name__}: {reason}")


async def visits(address: str, numbers: Iterable[int]) -> None:
    """Let a reader for each number come, open a page, turn its widget where it has one, and go; a few at a time."""
    waiting = iter(numbers)

    async def come() -> None:
        for number in waiting:
            await visit(address, number)

    await asyncio.gather(*(come() for _ in range(AT_ONCE)))


async def visit(address: str, number: int) -> None:
    """Open a page by its number and choose one of a dozen options; raises Unproven where nothing was shown."""
    page = PAGES[number % len(PAGES)]
    async with Session.opened(address) as session:
        await session.open(page.path, page.query.format(place=bare_query.place_at(number)))
        if page.crowd:
            options = session.options(page.crowd)
            await session.turn(page.crowd, options[1 + number % 12 * (len(options) // 13)])
