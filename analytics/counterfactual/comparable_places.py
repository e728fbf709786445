"""The places a municipality is compared with: those most like it before the start, outside its own county."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from analytics import regions
from analytics.counterfactual.synthetic_control import Shares
from analytics.exclusion import rates, subject
from analytics.exclusion.rates import View
from analytics.exclusion.similar_municipalities import DEFAULT_RULE, similar_municipalities
from analytics.results import NotEstimable
from data.catalogue import indicators
from data.settings import settings

DONORS = 40
FEWEST_DONORS = 19  # fewer can never show a change that is rarer than one in twenty
FEWEST_BEFORE = 5
_EVERY = 1_000


@dataclass(frozen=True, eq=False)
class DonorPanel:
    """Known shares of a municipality (first) and its donors in the same years.

    preliminary: the years whose figures may change; population: residents of the group in the newest year; editions:
    where the figures stand.
    """

    codes: tuple[str, ...]
    years: tuple[int, ...]
    shares: Shares
    preliminary: tuple[int, ...]
    population: int
    editions: tuple[str, ...]

    def until(self, year: int) -> "DonorPanel":
        """Return the panel of the years before one."""
        kept = tuple(each for each in self.years if each < year)
        return replace(self, years=kept, shares=self.shares[: len(kept)])

    def before(self, year: int) -> int:
        """Return how many of its years lie before one."""
        return sum(each < year for each in self.years)


def panel(view: View, region: str, start: int) -> DonorPanel | NotEstimable:
    """Return a municipality and its donors: the 40 most like it in the year before `start` with every figure known.

    Its own county is left out: what begins in a municipality may reach its neighbours. NotEstimable: the region is no
    municipality, the figures are no yearly counts of everybody, a year of the region's own is unknown, or too few
    years or places remain.
    """
    definition = indicators()[view.indicator]
    if regions.level_of(region) != "municipality" or definition.frequency != "year" or definition.sampled:
        return NotEstimable("counterfactual_not_for")
    outside = [code for code in _likest(region, start - 1) if regions.county_of(code) != regions.county_of(region)]
    rows = rates.series(view, (region, *outside)).filter(~pl.col("lower_bound"), pl.col("population") > 0)
    own = rows.filter(pl.col("region_code") == region, pl.col("value").is_not_null()).sort("period")
    periods = own["period"].to_list()
    wide = rows.filter(pl.col("period").is_in(periods)).pivot(on="region_code", index="period", values="value")
    donors = [code for code in outside if code in wide.columns and wide[code].null_count() == 0][:DONORS]
    if fault := _lacking([int(period) for period in periods], len(donors), start):
        return fault
    codes = (region, *donors)
    marked = own.filter(pl.col("status") == "preliminary")["period"]
    return DonorPanel(
        codes, tuple(map(int, periods)), np.asarray(wide.sort("period").select(codes).to_numpy(), dtype=np.float64),
        tuple(map(int, marked)), int(own["population"][-1]),
        tuple(own["edition"].unique(maintain_order=True)),
    )  # fmt: skip


def _likest(region: str, year: int) -> tuple[str, ...]:
    """Return every other municipality, the likest first by how many young residents it has and how old they are."""
    main = settings().main_indicator
    found = subject.subject(main.id, region, main.age_group, "both")
    view = rates.at(found.view, region, str(year)) if found else None
    return similar_municipalities(view, region, str(year), replace(DEFAULT_RULE, number=_EVERY)) if view else ()


def _lacking(years: list[int], donors: int, start: int) -> NotEstimable | None:
    """Return what is too little to answer with, None where all is there."""
    before = sum(year < start for year in years)
    if before < FEWEST_BEFORE:
        return NotEstimable("counterfactual_before", (("years", before), ("minimum", FEWEST_BEFORE), ("start", start)))
    if before == len(years):
        return NotEstimable("counterfactual_after", (("start", start),))
    if years != list(range(years[0], years[-1] + 1)):
        return NotEstimable("counterfactual_gap")
    if donors < FEWEST_DONORS:
        return NotEstimable("counterfactual_places", (("places", donors), ("minimum", FEWEST_DONORS)))
    return None
