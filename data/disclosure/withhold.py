"""Withhold what would give a small count back: places, sexes, ages, indicators and editions that add up together.

A count under its source's threshold is hidden, and so is one that leaves as few of its residents. What one edition
hides is hidden in all. Then `protection` finds which other figures must go; a publisher's own star must stay all that
its legend allows, whatever is printed of it elsewhere.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import zip_longest
from typing import Any

import polars as pl

from data.disclosure.ages_and_places import RESIDENTS, SEXES, ages, families, places, whole_indicators
from data.disclosure.links import Key, Sum, sums
from data.disclosure.observed import CELL, with_differences, with_known_counts
from data.disclosure.protection import NOBODYS, LinkedFigure, withheld
from data.disclosure.remembered import hidden_of, nothing, shown_of
from data.settings import Disclosure, settings
from data.tables.slices import Ways

_ROOM = 2  # how far from its least a suppressed cell must reach where its publisher tells no most
_HOME = 10.0  # how much dearer a figure of the home municipality is
_ZERO = 1e4
_PLACE = "place"
_ROWS_AT_ONCE = 25_000
_KEY = ["region_code", "age_group", "sex", "indicator", "period"]
_OF_A_FIGURE = ["known", "threshold", "legend", "least", "among", "primary", "status", "small", "few_left", "open_star",
                "home", "price", "told"]  # fmt: skip


def withhold(
    rows: pl.DataFrame, rules: Mapping[str, Disclosure], wholes: Ways | None = None, earlier: pl.DataFrame | None = None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows with small counts and what gives them away hidden, and the cells that were withheld for it.

    rows: observation columns plus `source` (the folder whose rule applies), counts of several editions together;
    `price` where some figures are dearer than others (infinite: they stay), `open_star` where a publisher's star may be
    larger than its legend. wholes: which indicators are sums of others (default: as the indicators say). earlier: what
    earlier builds told (`REMEMBERED`): what they hid stays hidden, what they showed is the last to go. The second frame
    holds `indicator, period, region_code, age_group, sex`; small counts are not in it. Raises SolverGaveUp.
    """
    wholes = whole_indicators() if wholes is None else wholes
    earlier = nothing() if earlier is None else earlier
    found = [_in_question(part, rules, wholes) for part in _by_periods(rows.with_row_index(_PLACE))]
    primary = pl.concat([cells for cells, _ in found])
    own = pl.concat([own for _, own in found], how="diagonal_relaxed").sort(
        _PLACE, nulls_last=True, maintain_order=True
    )
    own = own.drop(_PLACE)
    own = own if "price" in rows.columns else own.with_columns(price=pl.lit(1.0))
    own = own.with_columns(home=pl.col("region_code") == settings().home_municipality)
    own = own.join(primary.with_columns(primary=True), on=CELL, how="left", maintain_order="left")
    before = hidden_of(rows, earlier).join(primary, on=CELL, how="anti", maintain_order="left")
    for cells, mark in (before, "gone"), (shown_of(own, earlier), "told"):
        own = own.join(cells.with_columns(pl.lit(value=True).alias(mark)), on=CELL, how="left", maintain_order="left")
    own = pl.concat([own, _residents(own, wholes)])
    keys = [(key[3], key[4], *key[:3]) for key in sorted(_withheld(own, wholes))]
    cells = pl.DataFrame(keys, schema=dict.fromkeys(CELL, pl.String), orient="row")
    cells = pl.concat([cells, before]).unique(maintain_order=True)
    return _hide(rows, pl.concat([primary.select(CELL), cells])), cells


def _by_periods(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield the rows some periods at a time: nothing adds up across periods, and joins of all take the more memory."""
    sizes = rows.group_by("period", maintain_order=True).len()
    parts = sizes.with_columns(part=pl.col("len").cum_sum() // _ROWS_AT_ONCE)
    for _, own in parts.group_by("part", maintain_order=True):
        yield rows.filter(pl.col("period").is_in(own["period"].implode()))
    if rows.is_empty():
        yield rows


def _in_question(
    rows: pl.DataFrame, rules: Mapping[str, Disclosure], wholes: Ways
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the cells that are hidden of themselves, and every row of their families and periods, with its family."""
    known = with_differences(with_known_counts(rows, rules), wholes)
    hidden = pl.col("small") | pl.col("few_left") | (pl.col("status") == "suppressed")
    family = pl.col("indicator").replace(families(wholes)).alias("family")
    primary = known.filter(hidden).select(CELL).unique()
    wanted = primary.select(family, "period").unique()
    near = known.filter(pl.col("period").is_in(wanted["period"].unique().implode())).with_columns(family)
    return primary, near.join(wanted, on=["family", "period"], how="semi", maintain_order="left")


def _residents(rows: pl.DataFrame, wholes: Ways) -> pl.DataFrame:
    """Return residents as an indicator of its own, where states make them up: everybody knows how many they are."""
    of_residents = families(wholes).get(RESIDENTS)
    told = rows.filter(pl.col("family") == (of_residents or ""), pl.col("among").is_not_null())
    return told.unique(["period", *_KEY[:3]], keep="last", maintain_order=True).with_columns(
        indicator=pl.lit(RESIDENTS), known="among", primary=None, gone=None, small=False, few_left=False,
        status=pl.lit("final"), price=pl.lit(math.inf),
    )  # fmt: skip


def _withheld(rows: pl.DataFrame, wholes: Ways) -> set[Key]:
    """Return what to withhold, for each edition with the others' figures beside its own; all periods at once."""
    readings = [
        list(_readings(own))
        for _, own in rows.group_by("family", "period", maintain_order=True)
        if own["known"].null_count() < own.height
    ]
    hidden: set[Key] = {*rows.filter("gone").select(_KEY).iter_rows()}
    alike: dict[tuple[frozenset[Key], tuple[Ways, ...]], list[Sum]] = {}
    for together in zip_longest(*readings, fillvalue={}):
        figures: dict[Key, LinkedFigure] = {}
        bound: list[Sum] = []
        for reading in together:
            own = reading | {key: replace(reading[key], shown=False) for key in hidden & reading.keys()}
            figures |= own
            bound += _bound(own, wholes, alike) if own else []
        hidden |= withheld(figures, bound)
    return hidden


def _bound(
    figures: Mapping[Key, LinkedFigure], wholes: Ways, alike: dict[tuple[frozenset[Key], tuple[Ways, ...]], list[Sum]]
) -> list[Sum]:
    """Return the sums of one period. alike: those of periods so far, which have mostly the same cells."""
    plain, ways = frozenset(key[:-1] for key in figures), _ways(figures, wholes)
    if (plain, ways) not in alike:
        alike[plain, ways] = sums(plain, ways, 0)
    period = next(iter(figures))[-1:]
    return [(whole + period, tuple(part + period for part in parts)) for whole, parts in alike[plain, ways]]


def _readings(own: pl.DataFrame) -> Iterator[dict[Key, LinkedFigure]]:
    """Yield the rows as each edition gives them, completed by the other editions; alike readings once."""
    seen: list[pl.DataFrame] = []
    by_star = own.sort(pl.col("known").is_not_null(), maintain_order=True)
    for edition in own["edition"].unique(maintain_order=True):
        last = by_star.sort((pl.col("edition") == edition) & pl.col("known").is_not_null(), maintain_order=True)
        last = last.unique(_KEY, keep="last", maintain_order=True)
        counts = last.select(*_KEY, "known").sort(_KEY)
        if not any(counts.equals(other) for other in seen):
            seen.append(counts)
            rows = last.select(name for name in _OF_A_FIGURE if name in last.columns).iter_rows(named=True)
            yield {key: _figure(row) for key, row in zip(last.select(_KEY).iter_rows(), rows, strict=True)}


def _figure(row: Mapping[str, Any]) -> LinkedFigure:
    """Return a cell as it is printed, with what it must be able to be where it is small."""
    count, threshold, legend, least = row["known"], int(row["threshold"]), int(row["legend"]), float(row["least"])
    most = math.inf if row["among"] is None else float(row["among"])
    if row["primary"] and (row["status"] == "suppressed" or not (row["small"] or row["few_left"])):
        reach = float(legend or least + _ROOM)
        targets = (1, min(reach, most)), (-1, least)
        told = legend and not row.get("open_star")
        ceiling, sure = (legend, math.inf) if told else (math.inf, float(threshold) or math.inf)
        return LinkedFigure(low=least, high=min(most, ceiling), targets=targets, small_below=sure)
    if count is None:
        return LinkedFigure()
    value = float(count)
    if row["few_left"]:
        away = max(threshold, most - value + threshold - 2)
        return LinkedFigure(value, low=least, high=most, targets=((-1, max(most - away, least)),))
    if row["primary"]:
        return LinkedFigure(
            value, low=least, high=most, targets=((1, min(max(threshold, value + threshold - 2), most)),)
        )
    low, weight = min(least, value), _weight(row, value)
    return LinkedFigure(value, shown=True, low=low, high=most, weight=weight, told=bool(row["told"]))


def _weight(row: Mapping[str, Any], count: float) -> float:
    """Return what a reader loses with a figure: its persons, most of all at home; a zero is the last to go."""
    price = float(row.get("price") or 1)
    if count == 0:
        return _ZERO * price
    return (math.sqrt(count) + 1) * (_HOME if row["home"] else 1) * price


def _ways(figures: Mapping[Key, LinkedFigure], wholes: Ways) -> tuple[Ways, ...]:
    regions, groups, _, names, _ = (set(codes) for codes in zip(*figures, strict=True))
    plain = places(frozenset(regions)), ages(groups), SEXES, tuple(way for way in wholes if way[0] in names)
    return tuple(_with_rest(figures, ways, dim) if dim < 2 else ways for dim, ways in enumerate(plain))


def _with_rest(figures: Mapping[Key, LinkedFigure], ways: Ways, dim: int) -> Ways:
    """Return the sums, with a part for people of none of the parts where a whole is more than these can be."""
    told: dict[str, list[Key]] = {}
    for key, figure in figures.items():
        if figure.value is not None:
            told.setdefault(key[dim], []).append(key)
    short = {
        (whole, parts)
        for whole, parts in ways
        if any((figures[key].value or 0) > _most(figures, key, dim, parts) for key in told.get(whole, ()))
    }
    return tuple((whole, (*parts, f"{whole}+")) if (whole, parts) in short else (whole, parts) for whole, parts in ways)


def _most(figures: Mapping[Key, LinkedFigure], key: Key, dim: int, parts: tuple[str, ...]) -> float:
    own = [figures.get((*key[:dim], part, *key[dim + 1 :]), NOBODYS) for part in parts]
    return sum(each.high if each.value is None else each.value for each in own)


def _hide(rows: pl.DataFrame, cells: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with count and value gone and the status `suppressed` in these cells."""
    near = [pl.col(name).is_in(cells[name].unique().implode()) for name in CELL]
    some = rows.select(CELL).with_row_index(_PLACE).filter(near)  # few: the join of all rows costs several times
    at = some.join(cells, on=CELL, how="semi")[_PLACE]
    return rows.with_columns(
        rows["count"].scatter(at, None), rows["value"].scatter(at, None), rows["status"].scatter(at, "suppressed")
    )
