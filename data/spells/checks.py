"""What spells and persons must be before months are made of them: every rule that is broken is named and counted."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import polars as pl

from data.ingest.contract import Problem, raise_all
from data.spells.engine import Engine, SpellsUnreadable
from data.spells.rules import Rules

SPELLS = {"person": "text", "state": "text", "from": "date", "to": "date"}
PERSONS = {"person": "text", "birth_year": "whole", "sex": "text", "municipality": "text", "from": "date"}


def parquet_files(path: Path) -> list[Path]:
    """Return the Parquet files of a file or of a folder and its folders. Raises Problem where there is none."""
    files = [path] if path.is_file() else sorted(path.rglob("*.parquet"))
    if not files:
        raise Problem(code="is_no_spells" if path.exists() else "no_file", file=path.name)
    return files


def open_contracts(engine: Engine, spells: Path, persons: Path) -> None:
    """Name both files in the engine. Raises Problems where one cannot be read or has other columns.

    Every part of a folder is held against the contract: an engine would read all by the columns of the first.
    """
    problems: list[Problem] = []
    for name, path, contract in (("spells", spells, SPELLS), ("persons", persons, PERSONS)):
        try:
            files = parquet_files(path)
            found = [problem for file in files for problem in _file_problems(file, contract)]
            problems += {(each.code, each.column): each for each in reversed(found)}.values()  # the first file with it
            if not found:
                engine.bind(name, files)
        except SpellsUnreadable as error:
            problems.append(Problem(code="spells_unreadable", file=path.name, found=error.found))
        except Problem as problem:
            problems.append(problem)
    raise_all("spells", problems)


def _file_problems(file: Path, contract: Mapping[str, str]) -> Iterator[Problem]:
    try:
        schema = pl.read_parquet_schema(file)
    except (pl.exceptions.PolarsError, OSError) as error:
        yield Problem(code="spells_unreadable", file=file.name, found=str(error).splitlines()[0])
        return
    yield from _column_problems({name: _kind(kind) for name, kind in schema.items()}, contract, file.name)


def _kind(kind: pl.DataType) -> str:
    """Return what a column holds: `text`, `whole`, `date`, `time` or what else its type is called."""
    if isinstance(kind, pl.String | pl.Categorical | pl.Enum):
        return "text"
    if isinstance(kind, pl.Datetime | pl.Time):
        return "time"
    return "date" if isinstance(kind, pl.Date) else "whole" if kind.is_integer() else str(kind)


def _column_problems(found: Mapping[str, str], contract: Mapping[str, str], file: str) -> Iterator[Problem]:
    for name, kind in contract.items():
        if name not in found:
            yield Problem(code="missing_column", file=file, expected=name, column=name)
        elif found[name] == "time":
            yield Problem(code="spells_time", file=file, column=name, found=name, expected="spells_date")
        elif found[name] != kind:
            yield Problem(code="spells_type", file=file, column=name, found=found[name], expected=f"spells_{kind}")
    for name in found.keys() - contract.keys():
        yield Problem(code="foreign_column", file=file, column=name, found=name, expected=", ".join(contract))


def require_pseudonyms(engine: Engine, persons: Path) -> None:
    """Raise Problems where a key is an identity number: before anything at all is written."""
    if engine.frame("identity_numbers")["broken"].item():
        raise_all("spells", [Problem(code="spells_identity", file=persons.name, column="person")])


def require_sound(engine: Engine, spells: Path, persons: Path, by: Rules) -> None:
    """Raise Problems with every rule the rows break, and how many rows do. No value of a row is ever told."""
    broken = [row for row in engine.frame("faults").sort("rule").iter_rows() if row[1]]
    problems = [
        Problem(code=rule, file=(spells if rule.startswith("spell_") else persons).name, column="n", found=str(rows))
        for rule, rows in broken
    ]
    raise_all("spells", [*problems, *_lacking(engine.frame("needed_states")["state"].to_list(), spells, by)])


def _lacking(found: Sequence[str], spells: Path, by: Rules) -> Iterator[Problem]:
    lacking = [state for state in by.needed if state not in found]
    if lacking:
        yield Problem(code="spells_states_lacking", file=spells.name, column="state", found=", ".join(lacking))
