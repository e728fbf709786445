"""The demand side: which occupations have vacancies, and how many look for work in them, all ages."""

from dataclasses import dataclass

import polars as pl

from analytics import regions
from analytics.results import NotEstimable
from data.warehouse.connection import query


@dataclass(frozen=True)
class LabourDemand:
    """Job seekers and vacancies by occupation in a region and month.

    rows: `occupation, job_seekers, vacancies, per_vacancy` (job seekers per vacancy, null without any vacancy), the
    fewest job seekers per vacancy first.
    """

    asked: str
    region: str
    period: str
    edition: str
    rows: pl.DataFrame


def labour_demand(region: str, period: str | None = None) -> LabourDemand | NotEstimable:
    """Return the demand side where a region's young look for work: a municipality's county, else the region itself.

    period: a month, default the newest. NotEstimable where nobody has delivered it. Source: NAV.
    """
    place = regions.county_of(region) or region
    found = query("labour_demand_rows", region=place, period=period)
    if found.is_empty():
        return NotEstimable("demand_unknown", (("region", regions.name_of(place)),))
    newest = found.filter(pl.col("period") == pl.col("period").max())
    per_vacancy = pl.when(pl.col("vacancies") > 0).then(pl.col("job_seekers") / pl.col("vacancies"))
    rows = newest.with_columns(per_vacancy=per_vacancy).sort("per_vacancy", "occupation", nulls_last=True)
    numbers = rows.select("occupation", "job_seekers", "vacancies", "per_vacancy")
    return LabourDemand(region, place, newest["period"][0], newest["edition"][0], numbers)
