"""If today's rates hold: how many are outside in five years, by age, with chance and past errors as intervals.

20–24 and 25–29: today's persons five years younger, times the change that the same step gave last time (cohort-change
ratio; Hamilton & Perry 1962), times today's rate at the age. 15–19: those who will be 15–19 are too young to be in the
data, so their number is an assumption: as many as today. A scenario multiplies the rates by age group.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from analytics.cohorts.tables import AGE_GROUPS, STEP, break_years, cohort_rows, left_out
from analytics.errors import StatisticsInputError
from analytics.results import Interval, NotEstimable
from analytics.statistics.argument_checks import Column, at_least_zero, between_zero_and_one

METHODS = ("rates_hold", "cohort_change")
YOUNGEST = AGE_GROUPS[0]


@dataclass(frozen=True)
class Projection:
    """Persons outside `STEP` years after `base_year`.

    frame: a row for each age group and one for `15-29`: age_group, outside_now, population_now, share_now,
    population_ratio (cohort-change ratio; 1 is the assumption for 15–19), population, share, outside, low, high (from
    simulation), assumed (no ratio in the data). `breaks`: new series that began in the years the ratios rest on.
    """

    region_code: str
    sex: str
    method: str
    base_year: int
    target_year: int
    multipliers: dict[str, float]
    draws: int
    seed: int
    level: float
    edition: str
    preliminary: bool
    breaks: tuple[int, ...]
    frame: pl.DataFrame
    left_out: tuple[str, ...] = ()

    @property
    def total(self) -> Interval:
        """Return persons outside aged 15–29 in the target year."""
        row = self.frame.filter(pl.col("age_group") == "15-29").row(0, named=True)
        return Interval(row["outside"], row["low"], row["high"])


def project(
    region: str, sex: str = "both", *, base_year: int | None = None, multipliers: Mapping[str, float] | None = None,
    method: str = "rates_hold", draws: int = 10_000, seed: int = 1, complete: bool = False,
) -> Projection | NotEstimable:  # fmt: skip
    """Return the projection of a region, five years after `base_year` (default: its newest year).

    multipliers: factors on the rate of an age group, such as {"20-24": 0.9}. `complete`: a county's complete
    municipalities only. NotEstimable: the base year or the year five years before has no number for an age. Raises
    StatisticsInputError for a factor below 0 or an unknown age or method.
    """
    rows = cohort_rows(region, sex, complete=complete)
    if isinstance(rows, NotEstimable):
        return rows
    options = {"base_year": base_year, "multipliers": multipliers, "method": method, "draws": draws, "seed": seed}
    return projected(rows, breaks=break_years(), **options)  # type: ignore[arg-type]


def projected(
    rows: pl.DataFrame, *, base_year: int | None = None, multipliers: Mapping[str, float] | None = None,
    method: str = "rates_hold", draws: int = 10_000, seed: int = 1, level: float = 0.95,
    breaks: tuple[int, ...] = (),
) -> Projection | NotEstimable:  # fmt: skip
    """Return the projection from rows of one region and sex (`cohort_tables.ROWS`)."""
    factors = _factors(multipliers, method)
    between_zero_and_one(level, "level")
    year = base_year if base_year is not None else int(rows["year"].max())  # type: ignore[arg-type]
    now, before = (_numbers(rows, at) for at in (year, year - STEP))
    lacking = _lacking(now, before, year)
    if lacking:
        return NotEstimable("projection_unknown", (("cells", ", ".join(lacking)),))
    made = _point(now, before, factors, method)
    outside = _simulated(now, before, factors, method, np.random.default_rng(seed), draws)
    frame = _frame(now, made, outside, level)
    crossed = tuple(at for at in breaks if year - STEP < at <= year)
    newest = rows.filter(pl.col("year") == year)
    place = (_first(rows, "region_code"), _first(rows, "sex"), method, year, year + STEP, factors, draws, seed, level)
    return Projection(
        *place, _first(rows, "edition"), "preliminary" in newest["status"].to_list(), crossed, frame, left_out(rows)
    )


@dataclass(frozen=True)
class _Cells:
    outside: Column
    persons: Column


def _numbers(rows: pl.DataFrame, year: int) -> _Cells:
    """Return events and persons by age group of one year; NaN where unknown or only a lower bound."""
    cells = rows.filter(pl.col("year") == year)
    ages = pl.DataFrame({"age_group": AGE_GROUPS}).join(cells, on="age_group", how="left", maintain_order="left")
    whole = ages.select(pl.when(pl.col("parts_missing") == 0).then("count"))["count"]
    return _Cells(
        *(values.cast(pl.Float64).fill_null(float("nan")).to_numpy() for values in (whole, ages["population"]))
    )


def _lacking(now: _Cells, before: _Cells, year: int) -> list[str]:
    """Return the cells the projection needs and does not have, or cannot divide by."""
    ages = [age.replace("-", "–") for age in AGE_GROUPS]
    needed = [(f"{age} ({year})", now, place) for place, age in enumerate(ages)]
    needed += [(f"{age} ({year - STEP})", before, place) for place, age in enumerate(ages[:-1])]
    return [name for name, cells, place in needed if np.isnan(cells.outside[place]) or not cells.persons[place] > 0]


def _point(now: _Cells, before: _Cells, factors: dict[str, float], method: str) -> tuple[Column, Column, Column]:
    """Return population ratios, projected persons and projected rates by age group."""
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.concatenate([[1.0], now.persons[1:] / before.persons[:-1]])
        persons = np.concatenate([now.persons[:1], now.persons[:-1] * ratio[1:]])
        rate = now.outside / now.persons
        if method == "cohort_change":
            grown = rate[1:] / (before.outside[:-1] / before.persons[:-1])
            rate = np.concatenate([rate[:1], rate[:-1] * np.where(np.isfinite(grown), grown, np.nan)])
    rate = np.where(np.isnan(rate), now.outside / now.persons, rate)  # nobody outside before: no ratio, today's rate
    return ratio, persons, np.minimum(rate * np.array([factors[age] for age in AGE_GROUPS]), 1.0)


def _simulated(
    now: _Cells, before: _Cells, factors: dict[str, float], method: str, rng: np.random.Generator, draws: int
) -> Column:
    """Return draws × ages persons outside.

    Three sources of chance: today's and the earlier counts might have come out otherwise (gamma around each count, with
    half an event added), the moves behind the population ratio (the same), and the future counts themselves.
    """

    def drawn(cells: _Cells) -> tuple[Column, Column]:
        persons = rng.gamma(cells.persons + 0.5, size=(draws, len(AGE_GROUPS)))
        rates = rng.beta(cells.outside + 0.5, cells.persons - cells.outside + 0.5, size=(draws, len(AGE_GROUPS)))
        return persons, rates

    persons_now, rates_now = drawn(now)
    persons_before, rates_before = drawn(_Cells(np.nan_to_num(before.outside), np.nan_to_num(before.persons)))
    ratio = persons_now[:, 1:] / persons_before[:, :-1]
    future = np.concatenate([persons_now[:, :1], now.persons[:-1] * ratio], axis=1)
    rates = rates_now
    if method == "cohort_change":
        rates = np.concatenate([rates_now[:, :1], rates_now[:, :-1] * rates_now[:, 1:] / rates_before[:, :-1]], axis=1)
    chances = np.clip(rates * np.array([factors[age] for age in AGE_GROUPS]), 0, 1)
    return np.asarray(rng.binomial(np.maximum(np.rint(future), 0).astype(np.int64), chances), dtype=float)


def _frame(now: _Cells, made: tuple[Column, Column, Column], outside: Column, level: float) -> pl.DataFrame:
    ratio, persons, rate = made
    tails = [(1 - level) / 2, 1 - (1 - level) / 2]
    limits = np.quantile(np.column_stack([outside, outside.sum(axis=1)]), tails, axis=0)
    now_all, persons_all = np.append(now.outside, now.outside.sum()), np.append(now.persons, now.persons.sum())
    expected, people = np.append(persons * rate, (persons * rate).sum()), np.append(persons, persons.sum())
    return pl.DataFrame(
        {
            "age_group": [*AGE_GROUPS, "15-29"],
            "outside_now": now_all,
            "population_now": persons_all,
            "share_now": now_all / persons_all,
            "population_ratio": [*ratio, None],
            "population": people,
            "share": expected / people,
            "outside": expected,
            "low": limits[0],
            "high": limits[1],
            "assumed": [age == YOUNGEST for age in AGE_GROUPS] + [True],
        }
    )


def _factors(given: Mapping[str, float] | None, method: str) -> dict[str, float]:
    if method not in METHODS:
        raise StatisticsInputError("method", repr(method), "projection_method")
    factors = dict.fromkeys(AGE_GROUPS, 1.0)
    for age, factor in (given or {}).items():
        if age not in factors:
            raise StatisticsInputError("multipliers", repr(age), "cohort_age")
        factors[age] = at_least_zero(factor, f"multipliers[{age}]")
    return factors


def _first(rows: pl.DataFrame, name: str) -> str:
    return str(rows[name][0]) if name in rows.columns and rows.height else ""
