"""Sizes with a bound: the DuckDB file, and the server's memory with one session that has seen every page."""

import asyncio
import shutil

from tests.bench.ground import Ground
from tests.bench.report import Unproven


def duckdb_file(ground: Ground) -> float:
    """Size of the default build's file."""
    from tests.bench.sides_data import rows_of

    copy = shutil.copyfile(ground.file, ground.fresh("size") / ground.file.name)  # the build itself may be open here
    if empty := [table for table in ("edition", "region", "observation") if not rows_of(copy)[table]]:
        raise Unproven(f"the build has no rows in {', '.join(empty)}")
    return ground.file.stat().st_size / 1e6


def server_memory(ground: Ground) -> float:
    """Peak memory of the server after one session has opened every page and turned its widget."""
    from tests.bench.servers import APP, serving

    with serving(APP, ground.var) as server:
        asyncio.run(visit_every_page(server.address))
        return server.memory_mb()


async def visit_every_page(address: str) -> None:
    """Open every page and turn the crowd's widget; raises Unproven where two pages have one title."""
    from tests.bench.pages import PAGES
    from tests.bench.sessions import Session

    titles: dict[str, str] = {}
    async with Session.opened(address) as session:
        for page in PAGES:
            await session.open(page.path, page.query)
            titles[page.path] = session.title
            if page.crowd:
                await session.turn(page.crowd, session.options(page.crowd)[0])
    if len(set(titles.values())) < len(titles):
        raise Unproven(f"{len(titles)} pages were opened, and their titles are {sorted(set(titles.values()))}")
