"""Read a TOML file into a frozen dataclass, or say everything that is wrong with it."""

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic_core import ValidationError

from data import paths
from data.problems import Problem, Problems, raise_all
from data.toml.fields import Names
from data.toml.problems import TomlProblem, worded
from data.toml.schema import validator

T = TypeVar("T")
_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_TWICE = ("Cannot ", "Duplicate ")
_DEEPEST = 20  # tables in tables: what people write has five, and what lies deeper than Python's stack cannot be told
_LONG_KEY = re.compile(rf"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){{{10 * _DEEPEST}}}""")
"""A key of hundreds of parts: to take one apart, Python's parser needs the square of their number."""


def read_toml(path: Path, kind: type[T], /, *, names: Names | None = None, **given: object) -> T:
    """Return what a file holds, as the dataclass `kind` (or a dict or tuple of dataclasses).

    names: what `OneOf("word")` may be, by word. given: fields of `kind` that do not stand in the file.
    Raises `Problems` with every fault: each has the key's place, what stands there, what may, and what to do.
    """
    return fitted(toml_table(path), kind, told(path), names=names, **given)


def toml_table(path: Path) -> dict[str, Any]:
    """Return the table of a file. Raises `Problems` where it cannot be read, is not UTF-8 or not TOML."""
    try:
        content = path.read_bytes()
    except OSError as error:
        code = "toml_no_file" if isinstance(error, FileNotFoundError) else "toml_not_opened"
        raise Problems(path.name, [TomlProblem(code=code, file=told(path), found=error.strerror or "")]) from None
    return parsed(content, told(path))


def told(path: Path) -> str:
    """Return a file as a reader is told it: its place in the project or the home, else its name."""
    place = paths.told(path)
    return path.name if place == str(path) else place


def parsed(content: bytes, file: str) -> dict[str, Any]:
    """Return the table written in some bytes; the mark Notepad puts before UTF-8 does no harm."""
    try:
        text = content.decode("utf-8-sig")
        table = None if _LONG_KEY.search(text) else tomllib.loads(text)
        if table is not None and not _deeper(table):
            return table
        fault: Problem = TomlProblem(code="toml_deep", file=file)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = content.split(b"\n")[line - 1].decode("latin-1").replace("\0", "").strip()
        fault = TomlProblem(code="toml_not_utf8", file=file, found=found, asked={"line": line})
    except RecursionError:
        fault = TomlProblem(code="toml_deep", file=file)
    except ValueError as error:  # also a number or a date that cannot be
        fault = _broken(text, str(error), file)
    raise Problems(file, [fault])


def fitted(table: Mapping[str, Any], kind: type[T], file: str, /, *, names: Names | None = None, **given: object) -> T:
    """Return a table as the dataclass `kind`; see `read_toml`."""
    reserved = [TomlProblem(code="toml_reserved", file=file, cell=key, column=key) for key in given if key in table]
    raise_all(file, reserved)
    try:
        made: T = validator(kind).validate_python({**table, **given}, context=names)  # type: ignore[arg-type]
    except ValidationError as error:
        raise_all(file, worded(error.errors(include_url=False), kind, file, set(given)))
        raise
    return made


def gathered(problems: list[Problem], read: Callable[[], T]) -> T | None:
    """Return what is read; where it has problems, add them to the others and return None."""
    try:
        return read()
    except Problems as group:
        problems += [each for each in group.exceptions if isinstance(each, Problem)]
        return None


def _deeper(table: dict[str, Any]) -> bool:
    """Return whether tables and lists lie in each other deeper than people write them."""
    level: list[Any] = [table]
    for _ in range(_DEEPEST):
        inner = (each.values() if isinstance(each, dict) else each for each in level)
        level = [each for held in inner for each in held if isinstance(each, dict | list)]
    return bool(level)


def _broken(text: str, message: str, file: str) -> Problem:
    """Return where the file stops being TOML, with the line as it stands."""
    lines = text.split("\n")
    found = _PLACE.search(message)
    line = int(found[1]) if found and found[1] else len(lines)
    column = int(found[2]) if found and found[2] else len(lines[-1]) + 1
    code = "toml_twice" if message.startswith(_TWICE) else "toml_broken"
    return TomlProblem(
        code=code, file=file, found=lines[min(line, len(lines)) - 1].strip(), asked={"line": line, "column": column}
    )
