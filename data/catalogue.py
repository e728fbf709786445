"""The catalogues: indicators, regions, and what is missing. Files in, frozen values and frames out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Annotated

import polars as pl

from data import paths
from data.curated.fingerprint import stamp
from data.home import own_over_shipped
from data.ingest.contract import Problem, raise_all
from data.period import Period, PeriodsOverlap
from data.toml import Fits, OptionalWords, PeriodText, Text, Words, choice, gathered, read_toml, rising, told

FAMILIES = (
    "register",
    "status",
    "duration",
    "survey",
    "nav_followup",
    "job_seekers",
    "education",
    "benefits",
    "health",
    "spells",
    "own",  # a municipality's own, each a family of one
)


@dataclass(frozen=True)
class Break:
    """A break in a series: the first period of the new series, and why. Nothing compares across it unnamed."""

    at: PeriodText
    reason: Words


def in_time_order(breaks: tuple[Break, ...]) -> bool:
    """Return whether each break is later than the one before; two that share days are in no order."""
    try:
        return rising([Period.of(each.at) for each in breaks])
    except PeriodsOverlap:
        return False


@dataclass(frozen=True)
class Indicator:
    """A definition. Texts are by language (`nb`, `en`).

    family: definitions of one family share a concept and an axis; two families never do.
    polarity: `low_is_good`, `high_is_good` or `none`.
    measures: the names under which adapters deliver it.
    people: sex → what those it is counted among are called, where `residents` would be wrong.
    sum_of: indicators whose people together are those of this one.
    sampled: some are asked, where others count everybody; its uncertainty is the publisher's to give.
    """

    id: Text
    family: Annotated[str, choice(*FAMILIES)]
    label: Words
    short: Words
    definition: Words
    unit: Words
    numerator: Words
    denominator: OptionalWords
    publisher: Text
    table: str
    frequency: Annotated[str, choice("month", "quarter", "year", "school_year")]
    polarity: Annotated[str, choice("low_is_good", "high_is_good", "none")]
    licence: Text
    rounding: OptionalWords
    overlap: OptionalWords
    measures: Annotated[tuple[Text, ...], Fits("not_empty", len)]
    breaks: Annotated[tuple[Break, ...], Fits("rising", in_time_order)] = ()
    sampled: bool = False
    people: dict[Annotated[str, choice("both", "female", "male")], Words] = field(default_factory=dict)
    sum_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Missing:
    """A statistic the programme needs that does not come with Innenfor: why, and how to order it.

    indicators: a figure of any of them for those under 30 is it; none where nothing that is read would be.
    """

    id: Text
    label: Words
    why: Words
    order: Words
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class _MissingFile:
    missing: tuple[Missing, ...]


def indicators(folder: Path | None = None) -> dict[str, Indicator]:
    """Return every indicator by id, by family, then id: the shipped ones and the home's own, or those of one folder.

    The home's own file wins over a shipped one of the same name. Raises `Problems` with everything that is wrong in any
    of the files.
    """
    return _indicators(folder, paths.home(), stamp(paths.home() / "indicators"))


@cache
def _indicators(folder: Path | None, _home: Path, _stamp: str) -> dict[str, Indicator]:
    files = sorted(folder.glob("*.toml")) if folder else list(own_over_shipped("indicators").values())
    problems: list[Problem] = []
    read = {path: gathered(problems, partial(read_toml, path, Indicator)) for path in files}
    found = {path: indicator for path, indicator in read.items() if indicator}
    problems += [*_other_names(found), *_claimed_twice(found)]
    raise_all("indicators", problems)
    return {each.id: each for each in sorted(found.values(), key=lambda each: (FAMILIES.index(each.family), each.id))}


def _other_names(found: Mapping[Path, Indicator]) -> Iterator[Problem]:
    for path, indicator in found.items():
        if path.stem != indicator.id:
            yield _problem("indicator_id", path, "id", expected=path.stem, found=indicator.id)


def _claimed_twice(found: Mapping[Path, Indicator]) -> Iterator[Problem]:
    """Two indicators on one measure would leave the first without figures; the home's own file is the one told."""
    owners: dict[str, Path] = {}
    for path in sorted(found, key=lambda path: path.is_relative_to(paths.home())):
        for measure in found[path].measures:
            if measure in owners:
                yield _problem("measure_twice", path, "measures", expected=told(owners[measure]), found=measure)
            owners.setdefault(measure, path)


def _problem(code: str, path: Path, key: str, *, expected: str, found: str) -> Problem:
    return Problem(code=code, file=told(path), cell=key, column=key, expected=expected, found=found)


@cache
def regions(path: Path = paths.DATA / "regions.csv") -> pl.DataFrame:
    """Return the regions of today and of earlier borders.

    Columns: `code, name, level` (nation, county, municipality, other), `county, valid_from, valid_to` (years; null is
    open), `predecessors` (list of codes), `tile_row, tile_col, current`, `also` (a name in another language, or null).
    """
    text = pl.read_csv(path, infer_schema=False)
    return text.with_columns(
        pl.col("valid_from", "valid_to", "tile_row", "tile_col").cast(pl.Int32),
        pl.col("predecessors").str.split(" ").fill_null([]),
        pl.col("valid_to").is_null().alias("current"),
    )


@cache
def missing(path: Path = paths.DATA / "missing.toml") -> tuple[Missing, ...]:
    """Return the statistics that are not in the data that come with Innenfor."""
    return read_toml(path, _MissingFile).missing


def county_today() -> dict[str, str]:
    """Return every municipality code, of today or of earlier borders, with its county of today.

    Municipalities that were split have no county of today in every case; then their own county stands.
    """
    table = regions().filter(pl.col("level") == "municipality")
    own = dict(table.select("code", "county").iter_rows())
    merged = table.filter("current").select("county", "predecessors").explode("predecessors").drop_nulls()
    return own | {code: county for county, code in merged.iter_rows()}


def county_then() -> dict[str, str]:
    """Return every municipality code, of today or of earlier borders, with the county it lay in then."""
    table = regions().filter(pl.col("level") == "municipality", pl.col("county").is_not_null())
    return dict(table.select("code", "county").iter_rows())


def one_time(codes: Iterable[str]) -> bool:
    """Return whether there was a year in which all these regions existed together."""
    rows = regions().filter(pl.col("code").is_in(list(codes)))
    first, last = rows["valid_from"].drop_nulls(), rows["valid_to"].drop_nulls()
    return first.is_empty() or last.is_empty() or bool(first.max() <= last.min())  # type: ignore[operator]


@cache
def region_names() -> Mapping[str, str]:
    """Return region code → name."""
    return dict(regions().select("code", "name").iter_rows())
