"""What runs in a process of its own, to be killed, starved of room or refused the right to write."""

import datetime as dt
import multiprocessing
import os
import time
from multiprocessing.connection import Connection
from pathlib import Path

from data.errors import foreseen, worded
from data.records import Records, Who
from data.warehouse.build import build

NOBODY = 65534
_WAYS = multiprocessing.get_all_start_methods()
APART = multiprocessing.get_context("forkserver" if "forkserver" in _WAYS else "spawn")
APART.set_forkserver_preload(["tests.faults.apart"])


def started(function, *arguments: object):
    """Start a function in a process of its own; return the process and the end that hears what it says."""
    hears, says = APART.Pipe(duplex=False)
    process = APART.Process(target=function, args=(says, *arguments))
    process.start()
    says.close()
    return process, hears


def heard(hears: Connection) -> list[str]:
    """Return all a process has said until it ended."""
    said = []
    while True:
        try:
            said.append(hears.recv())
        except (EOFError, OSError):
            return said


def building(says: Connection, raw: Path, var: Path, most_bytes: int = 0, *, nobody: bool = False) -> None:
    """Build; say `begun`, then `built`, `nothing to do`, the refusal's code, or the traceback's last line."""
    says.send("begun")
    if most_bytes:
        import resource
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    if nobody and os.geteuid() == 0:
        os.setuid(NOBODY)
    try:
        says.send("built" if build(raw, var).fresh else "nothing to do")
    except Exception as problem:  # noqa: BLE001 - told to the test
        told = foreseen(worded(problem))
        says.send(f"refused: {told[0].code}" if told else f"TRACEBACK {type(problem).__name__}: {problem}")


def recording(says: Connection, address: str) -> None:
    """Append to the log for ever; say the number of each event that is called saved."""
    records, who = Records(address, "4204"), Who(id="u-1", role="editor")
    for number in range(100_000):
        payload = {"title": f"Sak {number}", "body": "Styret", "date": dt.date(2026, 10, 1)}
        try:
            says.send(records.append("decision", f"d-{time.time_ns()}", payload, who=who, reason="x").number)
        except Exception as problem:  # noqa: BLE001 - told to the test
            says.send(f"TRACEBACK {problem}")
            return
