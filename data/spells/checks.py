"""What spells and persons must be before months are made of them: every rule that is broken is named and counted."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

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
    """Name both files in the engine. Raises Problems where one cannot be read or has other columns."""
    problems: list[Problem] = []
    for name, path, contract in (("spells", spells, SPELLS), ("persons", persons, PERSONS)):
        try:
            engine.bind(name, parquet_files(path))
            problems += _column_problems(engine.columns(name), contract, path.name)
        except SpellsUnreadable as error:
            problems.append(Problem(code="spells_unreadable", file=path.name, found=error.found))
        except Problem as problem:
            problems.append(problem)
    raise_all("spells", problems)


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


def require_sound(engine: Engine, spells: Path, persons: Path, by: Rules) -> None:
    """Raise Problems with every rule the rows break, and how many rows do. No value of a row is ever told."""
    if engine.frame("identity_numbers")["broken"].item():
        raise_all("spells", [Problem(code="spells_identity", file=persons.name, column="person")])
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
