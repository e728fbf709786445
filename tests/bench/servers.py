"""Servers of a run: started on a free port, stopped when the run ends."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.report import Unavailable, Unproven

ROOT = Path(__file__).resolve().parents[2]
APP = ("pages.server.asgi",)
FLOOR = "tests.bench.floor_server"
PATIENCE = 90


@dataclass(frozen=True)
class Server:
    """A running server: its address and its process."""

    address: str
    pid: int

    def memory_mb(self, of: str = "VmHWM") -> float:
        """Return the highest memory the process has held, or what it holds now (VmRSS), where the system tells."""
        status = Path(f"/proc/{self.pid}/status")
        if not status.exists():
            raise Unavailable("the memory of a process is read from /proc")
        peak = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith(of))
        return int(peak.split()[1]) / 1024


@contextmanager
def serving(words: Sequence[str], var: Path) -> Iterator[Server]:
    """Start `python -m WORDS --port N` from the project's folder, so that all servers have the same settings file."""
    port = _free_port()
    command = [sys.executable, "-m", *words, "--port", str(port)]
    with (var / f"server-{port}.log").open("wb") as log:
        environment = {**os.environ, "INNENFOR_VAR": str(var)}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        _await(process, f"http://127.0.0.1:{port}/_stcore/health")
        yield Server(f"http://127.0.0.1:{port}", process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _await(process: subprocess.Popen[bytes], address: str) -> None:
    for _ in range(PATIENCE * 5):
        if process.poll() is not None:
            raise Unproven(f"the server ended with {process.returncode} before it answered")
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise Unproven(f"no answer from the server in {PATIENCE} seconds")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
