"""Numbers of regions in years after they went out of use: read as the new number where only that changed, else told."""

from collections.abc import Iterator, Mapping
from functools import cache

import polars as pl

from data.ingest.contract import Note, Problem, raise_all
from data.region import Region, every_region

_WITHOUT_FIGURE = ("missing", "not_applicable")


def in_force(rows: pl.DataFrame, file: str, time: str = "period") -> tuple[pl.DataFrame, tuple[Note, ...]]:
    """Return rows under the numbers that were in force in their years, and which numbers were read as which.

    time: the column that begins with the year. A region that only got a new number is the same region; of one that was
    merged or divided nobody knows whether a later figure is of the old area or of the new: `Problems` are raised.
    """
    if not _last_years().keys() & set(rows["region_code"].unique()):
        return rows, ()
    year = pl.col(time).str.head(4).cast(pl.Int32, strict=False)
    ended = pl.DataFrame(list(_last_years().items()), schema={"region_code": pl.String, "last": pl.Int32}, orient="row")
    figure = ~pl.col("status").is_in(_WITHOUT_FIGURE) if "status" in rows.columns else pl.lit(value=True)
    late = rows.filter(figure).join(ended, on="region_code").filter(year > pl.col("last"))
    pairs = late.group_by("region_code", year.alias("year")).len().sort("region_code", "year").rows()
    heirs = {(code, when): _heir(code, when) for code, when, _ in pairs}
    raise_all(file, [*_unclear(heirs, file)])
    known = [(code, when, heir) for (code, when), heir in heirs.items() if heir]
    table = pl.DataFrame(known, schema={"region_code": pl.String, "_year": pl.Int32, "_heir": pl.String}, orient="row")
    joined = rows.with_columns(_year=year).join(table, on=["region_code", "_year"], how="left", maintain_order="left")
    renamed = joined.with_columns(region_code=pl.when(figure).then(pl.coalesce("_heir", "region_code"))
                                  .otherwise("region_code"))  # fmt: skip
    return renamed.select(rows.columns), (*_told(heirs, pairs),)


def _told(heirs: Mapping[tuple[str, int], str], pairs: list[tuple[str, int, int]]) -> Iterator[Note]:
    """Yield a note for each number that was read as another, with how many rows it stood in."""
    counted: dict[tuple[str, str], int] = {}
    for code, when, rows in pairs:
        key = code, heirs[code, when]
        counted[key] = counted.get(key, 0) + rows
    for (old, new), rows in counted.items():
        yield Note("renumbered", cell=str(Region.of(old).valid_to), what=f"{_named(old)} → {_named(new)}", number=rows)


def _unclear(heirs: Mapping[tuple[str, int], str], file: str) -> Iterator[Problem]:
    """Yield a problem for each number of which nobody knows what it stands for, with the first year it should not."""
    for code in dict.fromkeys(code for (code, _), heir in heirs.items() if not heir):
        first = min(when for (old, when), heir in heirs.items() if old == code and not heir)
        today = next((each.code for each in _groups().get(code, ()) if each.is_current), "")
        yield Problem(
            code="region_merged" if today else "region_divided", file=file, cell=str(first),
            expected=_named(today) if today else str(Region.of(code).valid_to), found=_named(code),
        )  # fmt: skip


def _heir(code: str, year: int) -> str:
    """Return the number the same region had in a later year, "" where there is none or its area was another."""
    last, group = _last_years()[code], _groups().get(code, ())
    then = [each.code for each in group if each.valid_to == last or _holds(each, last)]
    later = [each.code for each in group if _holds(each, year)]
    return later[0] if then == [code] and len(later) == 1 and not _held_another(code) else ""


def _held_another(code: str) -> bool:
    """Tell whether a region held another of its county while it was there: that had no number of its own just then."""
    region = Region.of(code)
    apart = (each for each in every_region().values() if each.is_current and each.county == region.county)
    return any(
        (region.valid_from, region.valid_to) == (max(ends) + 1, (each.valid_from or 0) - 1)
        for each in apart
        if (ends := [_last_years()[before] for before in each.predecessors])
    )


def _holds(region: Region, year: int) -> bool:
    return (region.valid_from or 0) <= year <= (region.valid_to or 9999)


@cache
def _groups() -> Mapping[str, tuple[Region, ...]]:
    """Return each number of earlier borders with all numbers its region of today has had, today's first."""
    known = every_region()
    groups = [(each, *(known[code] for code in each.predecessors)) for each in known.values() if each.is_current]
    return {each.code: group for group in groups for each in group[1:]}


@cache
def _last_years() -> Mapping[str, int]:
    return {code: each.valid_to for code, each in every_region().items() if each.valid_to is not None}


def _named(code: str) -> str:
    return f"{code} {Region.of(code).short_name}"
