"""What a row of `observation` must be, whichever adapter it came through."""

import polars as pl

from data.catalogue import indicators, region_names, regions
from data.ingest.contract import Note, Problem
from data.period import first_year, is_period

KEY = ["indicator", "region_code", "period", "age_group", "sex"]
FIRST_YEAR, LAST_YEAR = 1990, 2100
SEXES_APART, SEXES_SHARE = 6, 0.01  # persons and a share of all: what rounding to three leaves, and who is of no sex
ROUNDING = 0.0051  # shares; a share is printed with at least whole percent


def observation_problems(rows: pl.DataFrame, file: str) -> list[Problem]:
    """Return everything that keeps the rows of one delivery out of the warehouse.

    rows: `indicator, region_code, period, age_group, sex, count, population, value, status, …`.
    """
    unknown = ~pl.col("region_code").is_in(regions()["code"].implode())
    rules = (
        (unknown, "unknown_region", "regions.csv", "region_code"),
        (~first_year().is_between(FIRST_YEAR, LAST_YEAR), "absurd_year", "1990–2100", "period"),
        (_of_another_frequency(rows), "absurd_period", "2024, 2024-03, 2024-Q1", "period"),
        (~pl.col("value").is_between(0, 1), "out_of_range_share", "0–1", "value"),
        (pl.col("count") < 0, "negative_count", "0, 1, 2, …", "count"),
        (pl.col("count") > pl.col("population"), "count_above_population", "≤", "count"),
        (_off(), "share_disagrees", "≈", "value"),
        (pl.struct(KEY).is_duplicated(), "repeated_row", "1", "region_code"),
    )
    broken = rows.select(wrong.any().alias(code) for wrong, code, *_ in rules).row(0, named=True)  # one look at all
    return [problem for rule in rules if broken[rule[1]] for problem in _each(rows, *rule, file)]


def observation_notes(rows: pl.DataFrame) -> list[Note]:
    """Return that women and men are not all: the publisher may have rounded, or a figure may be wrong."""
    sums = rows.filter(pl.col("count").is_not_null()).group_by(KEY[:-1], maintain_order=True).agg(
        both=pl.col("count").filter(sex="both").first(),
        parts=pl.col("count").filter(pl.col("sex") != "both").sum(),
        sexes=(pl.col("sex") != "both").sum(),
    )  # fmt: skip
    apart = (pl.col("parts") - pl.col("both")).abs()
    odd = sums.filter(pl.col("sexes") == 2, apart > SEXES_APART, apart > SEXES_SHARE * pl.col("both"))
    if odd.is_empty():
        return []
    first = odd.row(0, named=True)
    name = region_names().get(first["region_code"], first["region_code"])
    return [Note("sexes_apart", cell=first["period"], what=name, number=odd.height)]


def _of_another_frequency(rows: pl.DataFrame) -> pl.Expr:
    """Return where a period is none, or not of the frequency its indicator is counted by."""
    known = indicators()
    wrong = [
        {"indicator": name, "period": code}
        for name, code in rows.select("indicator", "period").unique().iter_rows()
        if name in known and not is_period(code, known[name].frequency)
    ]
    return pl.struct("indicator", "period").is_in(wrong)


def _off() -> pl.Expr:
    """Return where a share is not count ÷ population, even allowing for a share printed as whole percent."""
    rate = pl.when(pl.col("population") > 0).then(pl.col("count") / pl.col("population"))
    return (pl.col("value") - rate).abs() > ROUNDING


def _each(rows: pl.DataFrame, wrong: pl.Expr, code: str, expected: str, column: str, file: str) -> list[Problem]:
    """Return one problem a distinct wrong value, with where it first stands."""
    found = rows.filter(wrong.fill_null(value=False)).unique(subset=[column, "indicator"], maintain_order=True)
    return [
        Problem(code=code, file=file, cell=_place(row), expected=expected, found=str(row[column]), column=column)
        for row in found.iter_rows(named=True)
    ]


def _place(row: dict[str, object]) -> str:
    return " ".join(str(row[name]) for name in KEY)
