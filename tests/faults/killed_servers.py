"""A server killed under its readers: no answer was another than the right one, and a new server gives the same."""

import asyncio
import os
import random
import signal
from pathlib import Path

from data.warehouse import pointer
from tests import demo_ground
from tests.bench import crowd
from tests.bench.pages import PAGES, PageLine
from tests.bench.report import Unproven
from tests.bench.servers import APP, Server, serving
from tests.bench.sessions import Session
from tests.faults.broken_ground import Ground
from tests.faults.outcome import Outcome

READERS = 8
PAGE = next(page for page in PAGES if page.crowd)


def killed_servers(ground: Ground, chance: random.Random, trials: int) -> Outcome:
    """The server is killed under eight readers who click: every answer was right, and a new server gives the same."""
    outcome, var = Outcome(), demo_ground.built()
    os.environ["INNENFOR_HOME"] = str(demo_ground.HOME)
    with serving(APP, var) as server:
        known = asyncio.run(crowd.first_look(server.address, PAGE))
    for trial in range(trials):
        try:
            with serving(APP, var) as server:
                asyncio.run(_killed(server, known, chance))
            with serving(APP, var) as server:
                asyncio.run(crowd.reader(server.address, PAGE, known, 2, chance))
        except Unproven as wrong:
            outcome.fail(trial, wrong)
            continue
        outcome.note(trial, refused=False) if _whole(var) else outcome.fail(trial, "the build is not whole")
    return outcome


async def _killed(server: Server, known: dict[str, str], chance: random.Random) -> None:
    """Let readers click, and kill the server up to two seconds after the first answer, while they do."""
    answered = asyncio.Event()
    readers = [asyncio.create_task(_clicks(server.address, PAGE, known, chance, answered)) for _ in range(READERS)]
    first = asyncio.create_task(answered.wait())
    await asyncio.wait([first, *readers], return_when=asyncio.FIRST_COMPLETED)
    await asyncio.sleep(chance.uniform(0, 2))
    os.kill(server.pid, signal.SIGKILL)
    await asyncio.gather(*readers)
    if not first.done():
        raise Unproven("the server was killed before anybody had an answer")


async def _clicks(
    address: str, page: PageLine, known: dict[str, str], chance: random.Random, answered: asyncio.Event
) -> None:
    """Turn the widget until the server is gone; each answer must be the option's own."""
    from websockets.exceptions import WebSocketException

    try:
        async with Session.opened(address) as session:
            await session.open(page.path, page.query)
            while True:
                option = chance.choice([each for each in known if known[each] != session.answer])
                await session.turn(page.crowd, option)
                if session.answer != known[option]:
                    raise Unproven(f"who chose {option!r} was shown another answer")
                answered.set()
    except (WebSocketException, OSError, EOFError):
        return


def _whole(var: Path) -> bool:
    """Return whether the build in use is whole to the bit, and nothing unfinished lies beside it."""
    build = pointer.current_build(var)
    left = [*var.glob("unfinished-*"), *var.glob("*.new")]
    return build is not None and pointer.whole(var / build.file, build) and not left
