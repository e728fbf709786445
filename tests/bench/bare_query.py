"""What DuckDB alone takes for a table of one's own, asked as the page asks it: the floor beneath the page `pivot`."""

import time

from tests.bench.report import Unproven

PLACES = ("1103", "4601", "5001", "3301", "3107", "4203", "1108", "3203", "5501", "0301")
"""A place for each repetition: what is kept of an answer is of no use to the next."""
PERIOD = "2024"
LINK = f"part=pivot&place={{place}}&place=0&sex=female&sex=male&period={PERIOD}&columns=sex"
"""The page before its columns are turned from sex to time: then the two sexes are added."""


def place_at(repetition: int) -> str:
    """Return the place of a repetition (-1 is the one that warms up)."""
    return PLACES[repetition % len(PLACES)]


def pivot_seconds(place: str) -> float:
    """Return the seconds DuckDB takes, without the page, to answer what the page is asked once it is turned."""
    from analytics.exclusion.subject import default_age
    from analytics.pivot.answer import pivot
    from analytics.pivot.counted import countable
    from analytics.pivot.question import PivotQuestion
    from data.warehouse.connection import run_filled

    counted = countable()[0]
    told = {"place": (place, "0"), "period": (PERIOD,), "age": (default_age(counted),), "sex": ("female", "male")}
    statement = pivot(PivotQuestion((counted,), "place", "period", tuple(told.items()))).statement
    begun = time.perf_counter()
    rows = run_filled(statement)
    seconds = time.perf_counter() - begun
    if rows.height != len(told["place"]) or rows["value"].null_count():
        raise Unproven(f"the bare query of {place} gave {rows.rows()}")
    return seconds
