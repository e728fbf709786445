"""From SSB's cells to the rows of Innenfor's own layout: counts beside populations, unknown kept unknown."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from data.ingest.contract import NUMERIC, Problem
from data.period import first_year
from data.pxweb.errors import FetchProblem
from data.pxweb.mapping import Mapping
from data.pxweb.query import PxTable
from data.sources.canonical_table import COLUMNS
from data.sources.ssb.vocabulary import region_code

_CELL = ["region_code", "period", "age_group", "sex"]
_SHOWN = ("final", "preliminary")


@dataclass(frozen=True)
class Answer:
    """One answer: its head, and its cells as a delivery's rows (see `contract.ROWS`)."""

    table: PxTable
    rows: pl.DataFrame


def rows_of(answers: Sequence[Answer], mapping: Mapping, year: int) -> tuple[pl.DataFrame, dict[str, str]]:
    """Return the rows in the columns of the `table` layout, and the regions left out with the reason.

    year: the year of the table's update, which decides what is preliminary. Regions are joined by code, never by name
    or sum (Oslo stands twice, as county and municipality). Raises ExceptionGroup of Problem.
    """
    left_out = _left_out(answers, mapping)
    gone = [number for code in left_out if (number := region_code(code.split(" ", 1)[0]))]
    cells = pl.concat([answer.rows for answer in answers]).filter(~pl.col("region_code").is_in(gone))
    parts = {name: _quantity(cells, mapping, name) for name in mapping.quantities}
    rows = joined(parts, mapping, year)
    _raise(_empty_periods(rows, mapping))
    return rows, left_out


def joined(parts: dict[str, pl.DataFrame], mapping: Mapping, year: int | None) -> pl.DataFrame:
    """Return the quantities of an indicator (see `figures`) side by side, in the columns of the `table` layout.

    year: that of the table's update, where it is known.
    """
    rows = parts[mapping.main]
    if year is not None:
        rows = rows.with_columns(_final_or_not(mapping, year))
    if mapping.main == "count" and "population" in parts:
        rows = rows.join(parts["population"].select(*_CELL, "population"), on=_CELL, how="left", maintain_order="left")
    return _in_columns(rows, mapping)


def figures(cells: pl.DataFrame, mapping: Mapping, name: str) -> pl.DataFrame:
    """Return the cells of one quantity; a number that is not shown is null, with the status that says why.

    Empty where the table has no such cells, or the numbers of its measure are of another unit.
    """
    measure, dimensions = mapping.cells(name)
    mine = pl.col("dimensions").fill_null("").str.split(";").list.sort().list.join(";") == dimensions
    chosen = cells.filter(pl.col("measure") == measure, mine)
    number = "share" if name == "share" else "count"
    if _is_of_another_unit(cells.filter(pl.col("measure") == measure), number):
        return chosen.clear().select(*_CELL, pl.col(number).alias(name), "status")
    return chosen.select(*_CELL, pl.col(number).alias(name), pl.col("status").replace("not_applicable", "missing"))


def _is_of_another_unit(cells: pl.DataFrame, number: str) -> bool:
    """Tell whether all numbers of a measure stand in other columns than that of `number`; hidden ones tell no unit."""
    known = [name for name in NUMERIC if cells[name].is_not_null().any()]
    return bool(known) and number not in known


def _left_out(answers: Sequence[Answer], mapping: Mapping) -> dict[str, str]:
    """Return the regions that are left out by the mapping; a code that is no region and has no reason is refused."""
    left: dict[str, str] = {}
    odd: list[Problem] = []
    for answer in answers:
        for code, label in answer.table.dimensions[mapping.region].labels.items():
            reason = mapping.reason_left_out(code)
            if reason:
                left[f"{code} {label}"] = reason
            elif not region_code(code):
                odd.append(_problem("fetch_odd_region", mapping, f"{code} {label}"))
    _raise(odd)
    return left


def _quantity(cells: pl.DataFrame, mapping: Mapping, name: str) -> pl.DataFrame:
    """Return the cells of one quantity (see `figures`); raise FetchProblem where the answer has none."""
    chosen = figures(cells, mapping, name)
    if not chosen.is_empty():
        return chosen
    known = cells.select("measure", pl.col("dimensions").fill_null("")).unique().iter_rows()
    detail = "; ".join(sorted(" ".join(each).strip() for each in known))
    expected = " ".join(mapping.quantities[name].values())
    raise _problem("fetch_no_quantity", mapping, detail, column=name, expected=expected)


def _final_or_not(mapping: Mapping, year: int) -> pl.Expr:
    """A year is preliminary until the table is updated in the year `preliminary_years` later, whatever its mark."""
    recent = first_year() > year - mapping.preliminary_years
    early = pl.lit(value=mapping.preliminary_years > 0) & recent & (pl.col("status") == "final")
    return pl.when(early).then(pl.lit("preliminary")).otherwise("status").alias("status")


def _in_columns(rows: pl.DataFrame, mapping: Mapping) -> pl.DataFrame:
    absent = [pl.lit(None, dtype=pl.Int64).alias(name) for name in ("count", "population") if name not in rows.columns]
    shares = pl.col("share") if "share" in rows.columns else pl.lit(None, dtype=pl.Float64)
    return rows.with_columns(
        *absent,
        pl.lit(mapping.indicator).alias("indicator"),
        pl.when(pl.col("status").is_in(_SHOWN)).then(shares).alias("value"),
        pl.lit(0, dtype=pl.Int64).alias("parts_missing"),
    ).select(COLUMNS)


def _empty_periods(rows: pl.DataFrame, mapping: Mapping) -> list[Problem]:
    """Before a publication SSB shows figures to come as 0 or a dot: a period with nothing else is not taken."""
    number = pl.coalesce(pl.col("count").cast(pl.Float64), "value")
    known = rows.group_by("period").agg((number.fill_null(0) > 0).any().alias("known"))
    periods = sorted(known.filter(~pl.col("known"))["period"])
    return [_problem("fetch_empty_period", mapping, period) for period in periods]


def _problem(code: str, mapping: Mapping, detail: str, column: str = "", expected: str = "") -> FetchProblem:
    return FetchProblem(
        code=code, file=mapping.file, sheet=mapping.table, column=column, expected=expected, detail=detail
    )


def _raise(found: list[Problem]) -> None:
    if found:
        raise ExceptionGroup("the fetched figures have problems", found)
