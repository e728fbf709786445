"""Running what is printed: Python as a reader would paste it, a command as a shell would take it apart."""

import contextlib
import importlib.util
import io
import json
import shlex
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

import analytics.__main__
import benefits.__main__
import data.__main__
import pages.report.__main__
import run
from analytics.results import NotEstimable
from data import paths

ROOT = paths.ROOT
MAINS: Mapping[str, Callable[[list[str]], int]] = {
    "data": data.__main__.main,
    "analytics": analytics.__main__.main,
    "benefits": benefits.__main__.main,
    "pages.report": pages.report.__main__.main,
}
USAGE = 2


@dataclass(frozen=True)
class Ran:
    """What a command gave: its exit code and what it printed."""

    code: int
    said: str

    def numbers(self) -> set[float]:
        """Return every number of the answer, a JSON object."""
        return set(numbers_in(json.loads(self.said)))


def python(code: str) -> tuple[Any, dict[str, Any]]:
    """Run a snippet in a room of its own; return what its last line gives (None for a statement), and the room."""
    *first, last = code.rstrip().splitlines()
    room: dict[str, Any] = {"__name__": "printed"}
    if last[:1].isspace() or "=" in last.split("(")[0]:
        exec(compile(code, "printed", "exec"), room)
        return None, room
    exec(compile("\n".join(first), "printed", "exec"), room)
    return eval(compile(last, "printed", "eval"), room), room


def command(line: str) -> Ran:
    """Run a printed command in this process, `run.py` only as far as its arguments; usage errors are code 2."""
    said, errors = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(errors):
        try:
            code = _entry(shlex.split(line, comments=True))
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Ran(code, said.getvalue() or errors.getvalue())


def _entry(words: Sequence[str]) -> int:
    """Call what a command line names; a form that is not known here is an error, not a pass."""
    if words[:2] == ["python3", "run.py"]:
        run.arguments(words[2:])
        return 0
    if words[:2] == ["python", "-m"] and words[2] in MAINS:
        return MAINS[words[2]](list(words[3:]))
    if words[:2] == ["python", "-m"] and words[2].startswith("tests."):
        return 0 if importlib.util.find_spec(words[2]) else USAGE
    if words[:3] in (["uv", "pip", "compile"], ["python3", "-m", "pip"]):
        missing = [name for name in words if name.endswith(".in") and not (ROOT / name).is_file()]
        return USAGE if missing else 0
    raise ValueError(f"no known form of a command: {' '.join(words)}")


def numbers_in(value: Any) -> Iterator[float]:
    """Return every number in a result, however deep it lies: frames, dataclasses, lists, mappings."""
    if isinstance(value, bool | str | bytes | NotEstimable) or value is None:
        return
    if isinstance(value, int | float):
        yield float(value)
        return
    for part in _parts(value):
        yield from numbers_in(part)


def _parts(value: Any) -> list[Any]:
    """Return what a value holds: rows, members, or fields and what its properties say."""
    if isinstance(value, pl.DataFrame):
        return [column.drop_nulls().to_list() for column in value.iter_columns() if column.dtype.is_numeric()]
    if isinstance(value, Mapping):
        return list(value.values())
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    named = [name for name, kind in vars(type(value)).items() if isinstance(kind, property)]
    fields = getattr(value, "__dataclass_fields__", None)
    return [] if fields is None else [getattr(value, name) for name in (*fields, *named)]
