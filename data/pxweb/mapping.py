"""How an indicator is fetched: the mapping files in `fetch/`, held against what the table really has."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated

from data import paths
from data.catalogue import indicators
from data.home import own_over_shipped
from data.ingest.contract import Problem, raise_all
from data.pxweb.errors import FetchProblem
from data.pxweb.query import PxTable, Query, VariableSelection
from data.toml import Different, Fits, OneOf, Pattern, Text, choice, read_toml

FOLDER = paths.FETCH


@dataclass(frozen=True)
class Regions:
    """One kind of regions: by codes, or as a whole code list; an `optional` list the table lacks is passed over.

    Kinds of one name stand in for each other: the first list that the table offers is taken.
    """

    name: Text
    codes: tuple[Text, ...] = ()
    codelist: str = ""
    optional: bool = False


@dataclass(frozen=True)
class LeftOut:
    """Regions that are left out, by a pattern of their codes, and the reason (`split`, …)."""

    pattern: Pattern
    reason: Text


@dataclass(frozen=True, kw_only=True)
class Series:
    """An indicator of a table: `count`, `population` or `share` → the measure and the other dimensions of its cells,
    as the JSON-stat reader writes them; take: the codes that only this indicator needs.
    """

    indicator: Annotated[str, OneOf(indicators)]
    title: Text
    quantities: dict[Annotated[str, choice("count", "population", "share")], dict[str, str]]
    take: dict[str, Annotated[tuple[Text, ...], Different]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class FetchedTable:
    """What all indicators of a table share: its words for region, age and sex, and how it is asked for.

    take: dimension → codes. labels: dimension → code → what its label must match. left_out: code pattern → reason.
    preliminary_years: a year's figures are preliminary until an update in the year so much later.
    names, called: how files that have labels for codes write a dimension, and a code of it. A code the table does not
    have is looked up by what it is called. eliminated: dimension → the code that a file without the dimension holds.
    by_labels: it was made of a file that has labels for codes, so `take` and cells are labels (see `labels`).
    """

    file: str
    table: Text
    region: Text
    time: Text
    source: Text
    url: Text
    licence: Text
    take: dict[str, Annotated[tuple[Text, ...], Different]]
    regions: Annotated[tuple[Regions, ...], Fits("not_empty", len)]
    note_nb: str = ""
    note_en: str = ""
    verified: bool = False
    preliminary_years: int = 0
    labels: dict[str, dict[str, Pattern]] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    names: dict[str, Pattern] = field(default_factory=dict)
    called: dict[str, dict[str, Pattern]] = field(default_factory=dict)
    eliminated: dict[str, Text] = field(default_factory=dict)
    by_labels: bool = False


@dataclass(frozen=True, kw_only=True)
class TableFile(FetchedTable):
    """One file of `fetch/`: a table, and the indicators that are taken from it."""

    series: Annotated[tuple[Series, ...], Fits("not_empty", len)]

    def mappings(self) -> Iterator["Mapping"]:
        """Yield each indicator with all its table needs."""
        shared = {each.name: getattr(self, each.name) for each in fields(FetchedTable)}
        for one in self.series:
            own = {"take": self.take | one.take, "title": one.title, "quantities": one.quantities}
            yield Mapping(**shared | own, indicator=one.indicator)


@dataclass(frozen=True, kw_only=True)
class Mapping(FetchedTable):
    """An indicator with the table it is taken from (see `Series`, `FetchedTable`)."""

    indicator: str
    title: str
    quantities: dict[str, dict[str, str]]

    def reason_left_out(self, code: str) -> str:
        """Return why a region is left out (`split`, …), or an empty text."""
        return next((each.reason for each in self.left_out if re.search(each.pattern, code)), "")

    @property
    def main(self) -> str:
        """The quantity without which there is no figure: the count, else the share."""
        return "count" if "count" in self.quantities else "share"

    def cells(self, quantity: str) -> tuple[str, str]:
        """Return measure and dimensions of a quantity's cells, the dimensions in the order of their names."""
        wanted = self.quantities[quantity]
        return wanted["measure"], in_order(wanted.get("dimensions", ""))


def in_order(dimensions: str) -> str:
    """Return dimensions (`a=1;b=2`) in the order of their names, so that two tables can be compared."""
    return ";".join(sorted(dimensions.split(";")))


def mappings(folder: Path | None = None, table: str | None = None) -> list[Mapping]:
    """Return the mappings, or those of a table. Raises FetchProblem without any, Problems where one is wrong."""
    files = sorted(folder.glob("*.toml")) if folder else [*own_over_shipped("fetch").values()]
    found = [each for path in files for each in read_toml(path, TableFile, file=path.name).mappings()]
    raise_all("fetch", [*_claimed_twice(found)])
    chosen = [mapping for mapping in found if table in (None, mapping.table)]
    if not chosen:
        known = ", ".join(sorted({mapping.table for mapping in found})) or "–"
        raise FetchProblem(code="fetch_no_mapping", file=(folder or FOLDER).name, detail=str(table), expected=known)
    return chosen


def _claimed_twice(found: list[Mapping]) -> Iterator[Problem]:
    """Two indicators on the same cells of a table would be one figure under two names."""
    owners: dict[tuple[str, ...], str] = {}
    for mapping in found:
        cells = (mapping.table, *mapping.cells(mapping.main))
        if cells in owners:
            place = {"file": mapping.file, "cell": "quantities", "column": "quantities"}
            yield Problem(code="cells_twice", **place, expected=owners[cells], found=mapping.indicator)
        owners.setdefault(cells, mapping.indicator)


def differences(mapping: Mapping, table: PxTable, regions: Regions) -> list[Problem]:
    """Return everything in which a mapping and a table's metadata disagree, each with what the table has."""
    return [
        *_dimensions(mapping, table),
        *_codes(mapping, table),
        *_labels(mapping, table),
        *_lists(mapping, table, regions),
    ]


def question(mapping: Mapping, table: PxTable, regions: Regions) -> Query:
    """Return the whole question for one kind of regions: every period, every code of the mapping."""
    there = table.dimensions
    codes = regions.codes or there[mapping.region].codes
    chosen = [VariableSelection(mapping.region, codes, whole=not regions.codes, codelist=regions.codelist)]
    chosen += [VariableSelection(name, codes) for name, codes in mapping.take.items()]
    return (*chosen, VariableSelection(mapping.time, there[mapping.time].codes, whole=True))


def offers(table: PxTable, mapping: Mapping, regions: Regions) -> bool:
    """Tell whether the table offers the code list; a table that names no lists at all is asked and may refuse."""
    offered = table.dimensions[mapping.region].codelists if mapping.region in table.dimensions else ()
    return not regions.codelist or not offered or regions.codelist in offered


def _dimensions(mapping: Mapping, table: PxTable) -> Iterator[Problem]:
    ours, theirs = {mapping.region, mapping.time, *mapping.take}, table.dimensions
    for name in sorted(ours - theirs.keys()):
        yield _differs("fetch_no_dimension", mapping, name, name, ", ".join(theirs))
    for name in sorted(theirs.keys() - ours):
        yield _differs("fetch_new_dimension", mapping, name, ", ".join(sorted(ours)), _labelled(table, name))


def _codes(mapping: Mapping, table: PxTable) -> Iterator[Problem]:
    wanted = {name: codes for name, codes in mapping.take.items() if name in table.dimensions}
    for name, codes in wanted.items():
        for code in codes:
            if code not in table.dimensions[name].codes:
                yield _differs("fetch_no_code", mapping, name, code, _labelled(table, name))


def _labels(mapping: Mapping, table: PxTable) -> Iterator[Problem]:
    for name, patterns in mapping.labels.items():
        labels = table.dimensions[name].labels if name in table.dimensions else {}
        for code, pattern in patterns.items():
            if code in labels and not re.search(pattern, labels[code]):
                yield _differs("fetch_other_label", mapping, f"{name}={code}", pattern, labels[code])


def _lists(mapping: Mapping, table: PxTable, regions: Regions) -> Iterator[Problem]:
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


def _labelled(table: PxTable, name: str, most: int = 40) -> str:
    """Return a dimension's codes with their labels, so that the right one can be picked."""
    labels = [f"{code} = {label}" for code, label in table.dimensions[name].labels.items()]
    return "; ".join(labels[:most]) + (f" … ({len(labels)})" if len(labels) > most else "")
