"""Is a share percent or a fraction? Decided for each table by what it gives, never by its heading alone."""

from collections.abc import Callable, Iterator, Mapping

import polars as pl

from data.format.numbers import rounded
from data.ingest.contract import Problem
from data.ingest.spelling import percentages, unsigned
from data.sources.layouts.description import Residents

Population = Callable[[str, str, str, str], int | None]
_TOLERANCE = 0.15
_APART = 0.06
_WHOM = ("region_code", "period", "age_group", "sex")
_PLACE = ("sheet", "level", "heading", "count", "count_cell", "share", "share_cell")


def scaled(
    file: str, rows: pl.DataFrame, bounds: Mapping[str, Residents], population: Population | None = None
) -> tuple[pl.DataFrame, list[Problem]]:
    """Return one table with its shares as fractions, and the problems that leave the unit undecided.

    `population(region_code, period, age_group, sex)` returns residents or None. Numbers with a per cent sign are
    percentages, if all have one. Where residents are known, share and count ÷ residents must agree; elsewhere a share
    above 1 means percent, and otherwise the residents that the shares imply must be possible for the level under one
    unit only.
    """
    if "share" not in rows.columns:
        return rows, []
    signed = percentages(rows["share"])
    plain = rows.with_columns(unsigned(rows["share"]))
    shares = _numbers(plain, signed, population).filter(pl.col("of_all") > 0)
    if shares.is_empty():
        return plain, []
    factors = _signed(shares) or _by_population(shares) or _by_size(shares) or _by_bounds(shares, bounds)
    if len(factors) != 1:
        return plain.with_columns(share=pl.lit("")), [_undecided(file, shares)]
    (factor,) = factors
    fraction = plain["share"].cast(pl.Float64, strict=False) / factor
    told = pl.when(fraction > 0).then(fraction.cast(pl.String)).otherwise("share")
    return plain.with_columns(share=told if factor == 100 else "share"), [*_disagreements(file, shares, factor)]


def _numbers(rows: pl.DataFrame, signed: pl.Series, population: Population | None) -> pl.DataFrame:
    """Put in shares and counts as numbers, the residents where they are known, and who has a per cent sign."""
    people = [population(*whom) for whom in rows.select(_WHOM).iter_rows()] if population else [None] * rows.height
    return rows.select(
        *_PLACE, pl.Series("residents", people, pl.Int64), signed.alias("signed"),
        of_all=pl.col("share").cast(pl.Float64, strict=False),
        persons=pl.col("count").cast(pl.Float64, strict=False).fill_null(0),
    )  # fmt: skip


def _signed(shares: pl.DataFrame) -> set[int]:
    """Return what per cent signs say: nothing where there are none, and both units where some lack one."""
    return {100} if shares["signed"].all() else {1, 100} if shares["signed"].any() else set()


def _by_population(shares: pl.DataFrame) -> set[int]:
    known = shares.filter((pl.col("residents") > 0) & (pl.col("persons") > 0))
    return {factor for factor in (1, 100) if known.filter(_near(factor)).height}


def _by_size(shares: pl.DataFrame) -> set[int]:
    return {100} if (shares["of_all"] > 1).any() else set()


def _by_bounds(shares: pl.DataFrame, bounds: Mapping[str, Residents]) -> set[int]:
    """Return the units under which every row implies a possible number of residents."""
    tested = shares.filter(pl.col("level").is_in(list(bounds)) & (pl.col("persons") > 0)).with_columns(
        low=pl.col("level").replace_strict({name: each.low for name, each in bounds.items()}, return_dtype=pl.Float64),
        high=pl.col("level").replace_strict({n: each.high for n, each in bounds.items()}, return_dtype=pl.Float64),
    )
    implied = pl.col("persons") / pl.col("of_all")
    return {f for f in (1, 100) if tested.select((f * implied).is_between("low", "high").all()).item()}


def _share(factor: int) -> pl.Expr:
    return factor * pl.col("persons") / pl.col("residents")


def _near(factor: int) -> pl.Expr:
    apart = (pl.col("of_all") - _share(factor)).abs()
    return apart <= _TOLERANCE * pl.max_horizontal("of_all", _share(factor))


def _undecided(file: str, shares: pl.DataFrame) -> Problem:
    first = shares.row(0, named=True)
    return Problem(code="share_undecided", file=file, sheet=first["sheet"], cell=first["share_cell"],
                   expected="share_or_percent", found=first["share"], column=first["heading"])  # fmt: skip


def _disagreements(file: str, shares: pl.DataFrame, factor: int) -> Iterator[Problem]:
    """Yield counts of more than all residents, and shares that are not count ÷ residents."""
    known = shares.filter((pl.col("residents") > 0) & (pl.col("persons") > 0)).with_columns(expected=_share(factor))
    above = pl.col("persons") > pl.col("residents")
    apart = ~_near(factor) & ((pl.col("of_all") - pl.col("expected")).abs() > _APART)
    for row in known.filter(above | apart).iter_rows(named=True):
        place = {"file": file, "sheet": row["sheet"]}
        if row["persons"] > row["residents"]:
            yield Problem(code="count_above_population", **place, cell=row["count_cell"], found=row["count"],
                          expected=str(row["residents"]))  # fmt: skip
        else:
            yield Problem(code="share_mismatch", **place, cell=row["share_cell"], found=row["share"],
                          expected=str(rounded(row["expected"], 2)))  # fmt: skip
