"""How an indicator is fetched: the mapping files in `fetch/`, held against what the table really has."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

from data import paths
from data.catalogue import indicators
from data.contract import Problem
from data.fetch_errors import FetchProblem
from data.pxweb_cells import Choice, Query, Table

FOLDER = paths.FETCH
_QUANTITIES = ("count", "population", "share")


@dataclass(frozen=True)
class Regions:
    """One kind of regions: by codes, or as a whole code list; an `optional` list the table lacks is passed over."""

    name: str
    codes: tuple[str, ...] = ()
    codelist: str = ""
    optional: bool = False


@dataclass(frozen=True)
class Mapping:
    """One file of `fetch/`: the table's words for what Innenfor calls count, population, region, age and sex.

    take: dimension → codes. labels: dimension → code → what its label must match. quantities: `count`, `population` or
    `share` → the measure and the other dimensions of its cells, as the JSON-stat reader writes them. left_out: code
    pattern → reason. preliminary_years: a year's figures are preliminary until an update in the year so much later.
    """

    file: str
    indicator: str
    table: str
    region: str
    time: str
    title: str
    source: str
    url: str
    licence: str
    take: dict[str, tuple[str, ...]]
    quantities: dict[str, dict[str, str]]
    regions: tuple[Regions, ...]
    note_nb: str = ""
    note_en: str = ""
    verified: bool = False
    preliminary_years: int = 0
    labels: dict[str, dict[str, str]] | None = None
    left_out: tuple[tuple[str, str], ...] = ()

    def reason_left_out(self, code: str) -> str:
        """Return why a region is left out (`split`, …), or an empty text."""
        return next((reason for pattern, reason in self.left_out if re.search(pattern, code)), "")


def mappings(folder: Path | None = None, table: str | None = None) -> list[Mapping]:
    """Return the mappings, or those of one table. Raises FetchProblem where none is there or one is not understood."""
    folder = folder or FOLDER
    found = [_mapping(path) for path in sorted(folder.glob("*.toml"))]
    chosen = [mapping for mapping in found if table in (None, mapping.table)]
    if not chosen:
        known = ", ".join(sorted({mapping.table for mapping in found})) or "–"
        raise FetchProblem(code="fetch_no_mapping", file=folder.name, detail=str(table), expected=known)
    return chosen


def differences(mapping: Mapping, table: Table, regions: Regions) -> list[Problem]:
    """Return everything in which a mapping and a table's metadata disagree, each with what the table has."""
    return [
        *_dimensions(mapping, table),
        *_codes(mapping, table),
        *_labels(mapping, table),
        *_lists(mapping, table, regions),
    ]


def question(mapping: Mapping, table: Table, regions: Regions) -> Query:
    """Return the whole question for one kind of regions: every period, every code of the mapping."""
    there = table.dimensions
    codes = regions.codes or there[mapping.region].codes
    chosen = [Choice(mapping.region, codes, whole=not regions.codes, codelist=regions.codelist)]
    chosen += [Choice(name, codes) for name, codes in mapping.take.items()]
    return (*chosen, Choice(mapping.time, there[mapping.time].codes, whole=True))


def offers(table: Table, mapping: Mapping, regions: Regions) -> bool:
    """Tell whether the table offers the code list; a table that names no lists at all is asked and may refuse."""
    offered = table.dimensions[mapping.region].codelists if mapping.region in table.dimensions else ()
    return not regions.codelist or not offered or regions.codelist in offered


def _mapping(path: Path) -> Mapping:
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        _keys(raw)
        raw["take"] = {name: tuple(dict.fromkeys(codes)) for name, codes in raw["take"].items()}
        raw["regions"] = tuple(Regions(**(one | {"codes": tuple(one.get("codes", ()))})) for one in raw["regions"])
        raw["left_out"] = tuple((one["pattern"], one["reason"]) for one in raw.get("left_out", ()))
        return Mapping(file=path.name, **raw)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise FetchProblem(code="fetch_mapping", file=path.name, detail=str(error)) from error


def _keys(raw: dict[str, Any]) -> None:
    known = {field.name: field for field in fields(Mapping) if field.name != "file"}
    lacking = [name for name, field in known.items() if field.default is MISSING and name not in raw]
    odd = sorted(raw.keys() - known.keys()) + sorted(set(raw.get("quantities", ())) - set(_QUANTITIES))
    if lacking or odd or raw["indicator"] not in indicators():
        raise ValueError(
            "; ".join([*(f"− {name}" for name in lacking), *(f"+ {name}" for name in odd)]) or raw["indicator"]
        )


def _dimensions(mapping: Mapping, table: Table) -> Iterator[Problem]:
    ours, theirs = {mapping.region, mapping.time, *mapping.take}, table.dimensions
    for name in sorted(ours - theirs.keys()):
        yield _differs("fetch_no_dimension", mapping, name, name, ", ".join(theirs))
    for name in sorted(theirs.keys() - ours):
        yield _differs("fetch_new_dimension", mapping, name, ", ".join(sorted(ours)), _labelled(table, name))


def _codes(mapping: Mapping, table: Table) -> Iterator[Problem]:
    wanted = {name: codes for name, codes in mapping.take.items() if name in table.dimensions}
    for name, codes in wanted.items():
        for code in codes:
            if code not in table.dimensions[name].codes:
                yield _differs("fetch_no_code", mapping, name, code, _labelled(table, name))


def _labels(mapping: Mapping, table: Table) -> Iterator[Problem]:
    for name, patterns in (mapping.labels or {}).items():
        labels = table.dimensions[name].labels if name in table.dimensions else {}
        for code, pattern in patterns.items():
            if code in labels and not re.search(pattern, labels[code]):
                yield _differs("fetch_other_label", mapping, f"{name}={code}", pattern, labels[code])


def _lists(mapping: Mapping, table: Table, regions: Regions) -> Iterator[Problem]:
    there = table.dimensions.get(mapping.region)
    if there and not offers(table, mapping, regions):
        yield _differs("fetch_no_codelist", mapping, mapping.region, regions.codelist, ", ".join(there.codelists))
    for code in regions.codes if there and not regions.codelist else ():
        if there and code not in there.codes:
            yield _differs("fetch_no_code", mapping, mapping.region, code, _labelled(table, mapping.region))


def _differs(code: str, mapping: Mapping, column: str, expected: str, found: str) -> FetchProblem:
    return FetchProblem(
        code=code, file=mapping.file, sheet=mapping.table, column=column, expected=expected, detail=found
    )


def _labelled(table: Table, name: str, most: int = 40) -> str:
    """Return a dimension's codes with their labels, so that the right one can be picked."""
    labels = [f"{code} = {label}" for code, label in table.dimensions[name].labels.items()]
    return "; ".join(labels[:most]) + (f" … ({len(labels)})" if len(labels) > most else "")
