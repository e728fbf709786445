"""The programme's files in their folders: the home's own first, and what is not there is empty."""

import tomllib
from pathlib import Path

from data.curated.ownership import Places
from data.curated.programme.toml_reader import Table
from data.ingest.contract import Problem, raise_all


def opened(places: Places, name: str, problems: list[Problem]) -> Table | None:
    """Return a file of the programme, the home's own first; None where there is none."""
    path = next((file for place in places if (file := place / name).exists()), None)
    return read(path, problems) if path else None


def forms_of(places: Places, kind: str) -> list[Path]:
    """Return the filled-in forms of a kind in the order of their names; the home's own wins over one so named."""
    found = {path.name: path for place in reversed(places) for path in (place / kind).glob("*.toml")}
    return [found[name] for name in sorted(found)]


def read(path: Path, problems: list[Problem]) -> Table:
    """Return one file as a table whose faults are added to the problems. Raises `Problems` where it cannot be read."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise_all(path.name, [Problem(code="programme_unreadable", file=path.name, found=str(error))])
    return Table(path.name, "", content, problems)
