"""Set Innenfor up and start it: `python3 run.py`. Prove it: `python3 run.py test`. All else: `python3 run.py --help`.

Needs Python 3.11 and its standard library only. It keeps to syntax that Python 3.6 can read, so that an older
Python gets as far as the sentence below. All other words lie in `data/texts/run.{nb,en}.toml`.
"""
# ruff: noqa: E402, I001 - an older Python must not come to the imports

import sys

OLDEST = (3, 11)


def too_old(version: tuple) -> str:  # type: ignore[type-arg]
    """Return the sentence for a Python below `OLDEST`, else an empty text."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    sentence = "Innenfor needs Python {0}.{1} or newer; this is Python {2}.{3} ({4}). Install a newer one and run it: "
    return sentence.format(*OLDEST, *version[:2], sys.executable) + "python{}.{} run.py".format(*OLDEST)


if too_old(sys.version_info):
    sys.exit(too_old(sys.version_info))

import argparse
import contextlib
import http.client
import io
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).resolve().parent))  # PYTHONSAFEPATH leaves the script's folder out

from data import paths
from environment import (
    APP_LOCK, LOCAL, ROOT, TEST_LOCK, VENV, SetUpError, child, prepare, python_of, run, run_quietly, say, storage_error,
)  # fmt: skip
from ports import PORT, PORTS, require_free
import study

COMMANDS = ("start", "init", "test", "data", "check", "bench", "notebooks", "docs")
CHECKS = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",))
ALL_CORES = ("-n", "auto", "--dist", "worksteal")  # a kind of tests; a choice of tests runs as it is given
KINDS = {"": "not slow", "fast": "not (browser or walk or long or slow)", "slow": "slow"}  # tests/kinds.py
NO_HOME = {"INNENFOR_HOME": str(ROOT / "var" / "no-home")}  # tests know the defaults, not what lies over them
DEMO_PORT = 8511
DEMO = {"INNENFOR_HOME": str(ROOT / "demo"), "INNENFOR_VAR": str(ROOT / "var" / "demo")}
WORDS: dict[str, list[str]] = {"start": [], "check": [], "docs": [study.ONLY_BUILD]}  # all that may follow these
PATIENCE = 120.0  # seconds until the app must have answered
BROWSERS = (
    *("chromium", "chromium-browser", "google-chrome"),
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


@dataclass(frozen=True)
class Arguments:
    """What was asked: rest goes on to the tool behind the command; demo shows `demo/`; local: the browser writes."""

    command: str
    port: int
    wheels: Path | None
    rest: Sequence[str] = field(default=())
    demo: bool = False
    local: bool = False


def arguments(argv: Sequence[str]) -> Arguments:
    """Read the command line; the options may stand before or after the command."""
    parser = argparse.ArgumentParser("run.py", description=say("help"), allow_abbrev=False)
    parser.usage = "python3 run.py [{}] [--demo | --local] [--port N] [--wheels DIR] [...]".format("|".join(COMMANDS))
    parser.add_argument("--demo", action="store_true", help=say("help_demo"))
    parser.add_argument("--local", action="store_true", help=say("help_local"))
    parser.add_argument("--port", type=int, metavar="N", help=say("help_port", port=PORT, demo=DEMO_PORT))
    parser.add_argument("--wheels", type=Path, metavar="DIR", help=say("help_wheels"))
    known, words = parser.parse_known_args(argv)
    command, rest = (words[0], words[1:]) if words else ("start", [])
    if command not in COMMANDS or (rest and rest != WORDS.get(command, rest)):
        parser.error(say("unknown_words", words=" ".join(words), commands=", ".join(COMMANDS)))
    if known.demo and command != "start":
        parser.error(say("demo_starts", command=command))
    if known.local and (command != "start" or known.demo):
        parser.error(say("local_starts", command="--demo" if known.demo else command))
    port = known.port if known.port is not None else DEMO_PORT if known.demo else PORTS.get(command, PORT)
    if not 0 < port < 2**16:
        parser.error(say("port_range", port=port))
    return Arguments(command, port, known.wheels, rest, known.demo, known.local)


def start(asked: Arguments) -> int:
    """Set up, bring the data up to date, serve. Data that were built before still serve where a new build fails."""
    require_free(asked.port)
    prepare(asked.wheels, APP_LOCK)
    os.environ.update(DEMO if asked.demo else {})
    if run("data", "build") != 0:
        if not any(paths.var().glob("innenfor-*.duckdb")):
            raise SetUpError("no_data")
        print(say("old_data"), flush=True)
    return serve(asked.port, demo=asked.demo, local=asked.local)


def init(asked: Arguments) -> int:
    """Begin in another municipality: its settings are written into its home, which must have none."""
    prepare(asked.wheels, APP_LOCK)
    return run("data", "build") or run("analytics", "init", *asked.rest)


def data(asked: Arguments) -> int:
    """Run the command line of the data layer: `build` unless told otherwise."""
    prepare(asked.wheels, APP_LOCK)
    return run("data", *(asked.rest or ["build"]))


def test(asked: Arguments) -> int:
    """Build the data and run the tests: all but the slow ones, `fast`, `slow`, or what pytest is told."""
    prepare(asked.wheels, APP_LOCK, TEST_LOCK, study.DOCS_LOCK)
    if asked.rest[:1] == ["slow"]:
        study.spark(asked.wheels)
    chromium = "" if asked.rest[:1] == ["fast"] else browser()
    run("tests.database_server")
    run("data", "build", **NO_HOME)
    return run("pytest", *pytest_words(asked.rest), INNENFOR_CHROMIUM=chromium, **NO_HOME)


def pytest_words(rest: Sequence[str]) -> list[str]:
    """Return what pytest is told: a kind of tests on all cores, with what follows it; other words as they are given."""
    kind = rest[0] if rest else ""
    return [*ALL_CORES, "-m", KINDS[kind], *rest[1:]] if kind in KINDS else [*rest]


def check(asked: Arguments) -> int:
    """Run the style checks and the type checker, all of them even where one fails."""
    prepare(asked.wheels, APP_LOCK, TEST_LOCK)
    return max([run(*words) for words in CHECKS])


def bench(asked: Arguments) -> int:
    """Run the measurements against their floors."""
    prepare(asked.wheels, APP_LOCK, TEST_LOCK)
    return run("tests.bench", *asked.rest, INNENFOR_CHROMIUM=browser(), **NO_HOME)


def notebooks(asked: Arguments) -> int:
    """Start JupyterLab on the notebooks."""
    return study.notebooks(asked.wheels, asked.port, asked.rest)


def docs(asked: Arguments) -> int:
    """Build the documentation, and serve it unless told only to build."""
    return study.docs(asked.wheels, asked.port, asked.rest)


def browser() -> str:
    """Return the path of a browser for the tests; where there is none, fetch Debian's as root, else say how ("")."""
    if not installed_browser() and sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get"):
        print(say("fetching_browser"), flush=True)
        for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            run_quietly(["apt-get", "-q", *words], DEBIAN_FRONTEND="noninteractive")
    if not installed_browser():
        if study.is_build_server():
            raise SetUpError("no_browser")
        print(say("no_browser"), flush=True)
    return installed_browser()


def installed_browser() -> str:
    """Return the path of the first browser found on this machine ("" for none): INNENFOR_CHROMIUM comes first."""
    candidates = (os.environ.get("INNENFOR_CHROMIUM", ""), *BROWSERS)
    return next(filter(None, map(shutil.which, candidates)), "")


def serve(port: int, *, demo: bool = False, local: bool = False) -> int:
    """Start the app, print its address once it answers, and stay until it ends or is interrupted."""
    require_free(port)
    with child([str(python_of(VENV)), "-m", *server_words(port)], {LOCAL: "1"} if local else {}) as server:
        await_health(server, port)
        address = "demo_address" if demo else "address"
        print(say(address, address=f"http://localhost:{port}"), flush=True)
        return server.wait()


def server_words(port: int) -> list[str]:
    """Return the words after `python -m` that serve the app: the one place that knows them."""
    return ["pages.server.asgi", "--port", str(port)]


def await_health(server: subprocess.Popen[str], port: int) -> None:
    """Return when the app answers that it is well; raise SetUpError where it ends or keeps silent."""
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        if is_healthy(port):
            return
        time.sleep(0.2)
    raise SetUpError("app_failed", code="–" if server.poll() is None else server.poll())


def is_healthy(port: int) -> bool:
    """Return whether the app on this machine answers that it is well."""
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=2)) as connection:
        try:
            connection.request("GET", "/_stcore/health")
            return connection.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False


def interrupt(_number: int, _frame: FrameType | None) -> None:
    """Treat a request to end like Ctrl-C, so that no program started here is left behind."""
    raise KeyboardInterrupt


def main(argv: Sequence[str]) -> int:
    """Do what was asked; every reason to stop is one message, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, interrupt)
    commands = {each.__name__: each for each in (start, init, test, data, check, bench, notebooks, docs)}
    asked = arguments(argv)
    try:
        return commands[asked.command](asked)
    except SetUpError as reason:
        print(f"\n{reason}", file=sys.stderr)
    except OSError as problem:
        print(f"\n{storage_error(problem, problem.filename or ROOT)}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\n" + say("interrupted"), file=sys.stderr)
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
