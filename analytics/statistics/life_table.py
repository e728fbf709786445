"""Time to first exit from aggregate counts: Kaplan–Meier with Greenwood's variance and log-log limits."""

import numpy as np
import polars as pl

from analytics.errors import StatisticsInputError
from analytics.statistics.argument_checks import Column, at_least_zero, columns
from analytics.statistics.intervals import two_sided_z


def life_table(months: object, exits: object, censored: object, started: float, *, level: float = 0.95) -> pl.DataFrame:
    """Return the share still in the state after each interval.

    months: the last month of each interval, rising; exits and censored: persons in the interval (null: unknown);
    started: persons at month 0. Columns: months, at_risk, exits, censored, hazard, survival, standard_error
    (Greenwood), low, high. Those who leave sight are at risk to the interval's end. From the first unknown count on
    everything is null: unknown is not zero. The limits are null where the log-log transformation has none: before the
    first exit and when nobody is left. Raises StatisticsInputError where more persons leave than were there.
    Source: Kaplan & Meier (1958); Greenwood (1926); Kalbfleisch & Prentice (2002), The Statistical Analysis of Failure
    Time Data, 1.4.
    """
    lasts, out, lost = columns(months=months, exits=exits, censored=censored)
    begun = at_least_zero(started, "started")
    gone = np.concatenate([[0.0], np.cumsum(out + lost)])
    risk = begun - gone[:-1]
    _refuse(lasts, out, lost, gone, begun)
    with np.errstate(divide="ignore", invalid="ignore"):
        hazard = np.where(risk > 0, out / risk, np.where(np.isnan(risk), np.nan, 0.0))
        survival = np.cumprod(1 - hazard)
        sums = np.cumsum(np.where(risk > out, out / (risk * (risk - out)), np.where(out > 0, np.inf, 0.0)))
        sums = np.where(np.isnan(survival), np.nan, sums)
        error = np.where(survival > 0, survival * np.sqrt(sums), np.nan)
    low, high = loglog_limits(survival, sums, two_sided_z(level))
    table = {"months": lasts.astype(np.int32), "at_risk": risk, "exits": out, "censored": lost, "hazard": hazard}
    table |= {"survival": survival, "standard_error": error, "low": low, "high": high}
    return pl.DataFrame(table).fill_nan(None)


def loglog_limits(survival: Column, sums: Column, z: float) -> tuple[Column, Column]:
    """Return log-log limits of survival from Greenwood's sums; NaN where survival is 0 or 1, or unknown."""
    with np.errstate(divide="ignore", invalid="ignore"):
        inner = np.where((survival > 0) & (survival < 1), survival, np.nan)
        factor = np.exp(z * np.sqrt(sums) / np.abs(np.log(inner)))
        return inner**factor, inner ** (1 / factor)


def survival_bounds(
    months: object, exits: tuple[object, object], censored: tuple[object, object], started: float, level: float = 0.95
) -> pl.DataFrame:
    """Return months, lowest, highest and their outer limits low and high when some counts are known as bounds only.

    exits and censored: (lowest, highest) columns. The highest survival is that of all lowest counts. The lowest takes
    in each interval the most exits among the fewest that can be left: never above the truth, sometimes below what is
    possible. Everything is null from a count without bounds on.
    """
    few = life_table(months, exits[0], censored[0], started, level=level)
    least, most = (columns(exits=exits[side], censored=censored[side]) for side in (0, 1))
    risk = np.maximum(started - _before(most[0] + most[1]), np.cumsum((least[0] + least[1])[::-1])[::-1])
    with np.errstate(divide="ignore", invalid="ignore"):
        hazard = np.where(most[0] == 0, 0.0, np.where(risk > 0, np.minimum(most[0] / risk, 1.0), 1.0))
        hazard = np.where(np.isnan(most[0]) | np.isnan(risk), np.nan, hazard)
        lowest = np.cumprod(1 - hazard)
        parts = np.where(hazard < 1, hazard / (risk * (1 - hazard)), np.inf)
        sums = np.cumsum(np.where(most[0] == 0, 0.0, parts))
    low, _ = loglog_limits(lowest, sums, two_sided_z(level))
    table = few.select("months").with_columns(lowest=pl.Series(lowest), highest=few["survival"], low=pl.Series(low))
    table = table.fill_nan(None).with_columns(pl.coalesce("low", "lowest").alias("low"))
    return table.with_columns(high=few.select(pl.coalesce("high", "survival")).to_series())


def _before(counts: Column) -> Column:
    """Return for each interval how many left in the intervals before it."""
    return np.concatenate([[0.0], np.cumsum(counts)[:-1]])


def median_months(table: pl.DataFrame) -> int | None:
    """Return the first interval by whose end at least half have left, or None where the data end before that."""
    reached = table.filter(pl.col("survival") <= 0.5)["months"]
    return int(reached[0]) if reached.len() else None


def _refuse(lasts: Column, out: Column, lost: Column, gone: Column, begun: float) -> None:
    if np.isnan(lasts).any() or (np.diff(lasts) <= 0).any() or (lasts <= 0).any():
        raise StatisticsInputError("months", str(lasts.tolist()), "rising_months")
    for place in np.flatnonzero(gone[1:] > begun):
        found = f"{out[place]:g} + {lost[place]:g} > {begun - gone[place]:g}"
        raise StatisticsInputError(f"exits[{place}]", found, "within_at_risk")
