"""Sizes with a bound: the DuckDB file, and the server's memory with one session that has seen every page."""

import asyncio

from tests.bench.ground import Ground


def duckdb_file(ground: Ground) -> float:
    """Size of the default build's file."""
    return ground.file.stat().st_size / 1e6


def server_memory(ground: Ground) -> float:
    """Peak memory of the server after one session has opened every page and turned its widget."""
    from tests.bench.pages import PAGES
    from tests.bench.servers import APP, serving
    from tests.bench.sessions import Session

    async def visit(address: str) -> None:
        async with Session.opened(address) as session:
            for page in PAGES:
                await session.open(page.path, page.query)
                if page.crowd:
                    await session.turn(page.crowd, 1)

    with serving(APP, ground.var) as server:
        asyncio.run(visit(server.address))
        return server.memory_mb()
