"""Reads the files of experiments, shipped or the home's own: everything wrong in one is told at once."""

from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from data import paths
from data.curated.experiment.design import RegisteredDesign
from data.curated.experiment.record import DesignFile, ExperimentFile, ExperimentRecord, as_record
from data.curated.fingerprint import stamp
from data.curated.ownership import shipped_is_ours
from data.home import own_over_shipped
from data.problems import Problem, raise_all
from data.toml import fitted, gathered, told, toml_table

_DESIGN, _OF_A_RECORD = "design", ("experiment", "published")


def record_from_toml(path: Path) -> ExperimentRecord:
    """Read one experiment. Raises `Problems` with every fault: file, key, what stands there, what may, what to do."""
    return as_record(fitted(_keyed(toml_table(path), path), ExperimentFile, told(path)), path)


def registered_design_from_toml(path: Path) -> RegisteredDesign:
    """Read the table `[design]` of a file, or a file that holds the keys of a design alone; see `record_from_toml`."""
    table = toml_table(path)
    if is_record(table) or not _is_bare(table):
        rest = {name: value for name, value in table.items() if name not in _OF_A_RECORD}
        return fitted(_keyed(rest, path), DesignFile, told(path)).design
    return fitted({"key": path.stem, **table}, RegisteredDesign, told(path))


def is_record(table: Mapping[str, Any]) -> bool:
    """Return whether a file holds an experiment's record, not a design alone."""
    return _OF_A_RECORD[0] in table


def records(folder: Path | None = None) -> tuple[ExperimentRecord, ...]:
    """Return every registered experiment, in the order of their keys: null, stopped and unreported ones too.

    Those of one folder, else the published trials that are shipped and the municipality's own; an experiment of
    the shipped programme is nobody else's. The files are read again when one of them has changed. Raises HomeUnusable,
    and `Problems` with every fault of every file.
    """
    files = sorted(folder.glob("*.toml")) if folder else own_over_shipped("experiments").values()
    found = _records(tuple(files), stamp(*{path.parent for path in files}))
    return tuple(each for each in found if folder or each.published or _is_ours(each.file))


@lru_cache(maxsize=4)
def _records(files: tuple[Path, ...], _stamp: str) -> tuple[ExperimentRecord, ...]:
    problems: list[Problem] = []
    found = [record for path in files if (record := gathered(problems, partial(record_from_toml, path)))]
    raise_all("experiments", problems)
    return tuple(found)


def _is_ours(file: Path) -> bool:
    return file.parent != paths.shipped("experiments") or shipped_is_ours()


def _keyed(table: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """Return a file's tables with the key of its design, which is the file's name where the file gives none."""
    design = table.get(_DESIGN)
    return {**table, _DESIGN: {"key": path.stem, **design}} if isinstance(design, Mapping) else dict(table)


def _is_bare(table: Mapping[str, Any]) -> bool:
    return _DESIGN not in table and bool(set(table) & {"method", "arm", "outcome", "unit"})
