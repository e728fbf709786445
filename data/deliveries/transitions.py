"""Transitions between states: checked so that every group adds up to its origin, hidden counts kept as bounds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from data.catalogue import regions
from data.deliveries.borders import in_force
from data.flow_states import states
from data.ingest.contract import Problem, raise_all
from data.settings import Disclosure
from data.sources import transition_table
from data.sources.own_layout import OwnTable

TOTAL = "total"
AFTER_MONTHS = (1, 3, 6, 12, 60)
EXIT_DESTINATIONS = ("inside", "elsewhere", "left")
"""Where a first exit leads: to work or education, to another state, or out of what is followed (censored)."""
TRANSITIONS = {
    **dict.fromkeys(("measure", "region_code", "cohort", "age_group", "sex", "origin", "destination"), pl.String),
    "interval_months": pl.Int32, "count": pl.Int64, "low": pl.Int64, "high": pl.Int64,
    "status": pl.String, "edition": pl.String,
}  # fmt: skip
GROUP = ("measure", "region_code", "cohort", "age_group", "sex", "origin")


@dataclass(frozen=True)
class UnknownRemainder:
    """What is unknown in one group that adds up to its origin: how many cells are hidden, the sum of all that is
    unknown, and how many cells are missing: nobody has counted them, so they may be zero."""

    cells: int
    rest: int
    missing: int = 0


def transitions(path: Path, rule: Disclosure) -> OwnTable:
    """Return a delivery, its rows those of the `transition` table.

    Columns: measure, region_code, cohort, age_group, sex, origin, destination, interval_months, count, low, high,
    status. `low` and `high` bound a hidden count by what the rest of its group and the publisher's own rule leave
    open. Raises `Problems` with everything that is wrong: unknown states and regions, groups that do not add up to
    their origin, hidden counts that the rest gives back.
    """
    table = transition_table.read(path)
    rows, renumbered = in_force(table.rows, path.name, "cohort")
    raise_all(path.name, transition_problems(rows, rule, path.name))
    rows = bounded(rows, rule).drop("line").rename({"months": "interval_months"})
    return OwnTable(rows, (*table.notes, *renumbered))


def transition_problems(rows: pl.DataFrame, rule: Disclosure, file: str = "") -> list[Problem]:
    """Return everything that keeps rows (`flows.COLUMNS` and `line`) out of the warehouse."""
    found = [*_unknown(rows, file), *_intervals(rows, file), *_small(rows, rule, file)]
    for group in _groups(rows):
        found += _group_problems(group, rule, file)
    return [*found, *sex_problems(rows, rule, file)]


def bounded(rows: pl.DataFrame, rule: Disclosure) -> pl.DataFrame:
    """Return the rows with `low` and `high`: the count itself where it is shown, bounds where it is hidden."""
    parts = []
    for group in _groups(rows):
        low, high = _group_bounds(group, rule)
        least, most = _missing_bounds(group, rule)
        parts.append(group.with_columns(_known_or(low, least).alias("low"), _known_or(high, most).alias("high")))
    return pl.concat(parts).sort("line")


def _known_or(hidden: int | None, missing: int | None) -> pl.Expr:
    """Return the count; where it is not shown, a bound of what is hidden or of what nobody has counted."""
    bound = pl.when(pl.col("status") == "missing").then(pl.lit(missing, pl.Int64)).otherwise(pl.lit(hidden, pl.Int64))
    return pl.coalesce("count", bound)


def gap_of(group: pl.DataFrame) -> UnknownRemainder | None:
    """Return what is hidden in one group, or None where the origin's total is not known."""
    total = group.filter(pl.col("destination") == TOTAL)["count"].drop_nulls()
    inner = group.filter(pl.col("destination") != TOTAL)
    if total.len() != 1:
        return None
    missing = int((inner["status"] == "missing").sum())
    return UnknownRemainder(inner["count"].null_count() - missing, int(total[0]) - int(inner["count"].sum()), missing)


def bounds(gap: UnknownRemainder, rule: Disclosure) -> tuple[int, int]:
    """Return the smallest and largest value a hidden cell can have, from the hidden sum alone.

    Each hidden cell is at least 1 where zeros are published, else 0; the largest is what is left when all others are
    smallest. The rule's maximum is no bound here: a cell may be hidden to protect another, and be larger.
    """
    least = 1 if rule.zeros_published else 0
    alone = gap.cells == 1 and not gap.missing
    return (gap.rest if alone else least), gap.rest - (gap.cells - 1) * least


def _group_bounds(group: pl.DataFrame, rule: Disclosure) -> tuple[int, int] | tuple[None, None]:
    gap = gap_of(group)
    if gap is None or not gap.cells:
        return None, None
    if group["measure"][0] == "first_exit":  # those still in the state have no row, so the sum tells nothing
        return (1 if rule.zeros_published else 0), min(rule.max_suppressed_count, gap.rest)
    return bounds(gap, rule)


def _missing_bounds(group: pl.DataFrame, rule: Disclosure) -> tuple[int, int] | tuple[None, None]:
    """Return what a missing count can be: from nobody to all that is left; what is missing is not known to be small."""
    gap = gap_of(group)
    if gap is None or not gap.missing or group["measure"][0] == "first_exit":
        return None, None
    most = gap.rest - gap.cells * (1 if rule.zeros_published else 0)
    return (most if gap.missing == 1 and not gap.cells else 0), most


def _groups(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Yield the sets of rows that add up to one total: an origin after an interval, or all its first exits."""
    after = rows.filter(pl.col("measure") == "state_after")
    exits = rows.filter(pl.col("measure") != "state_after")
    yield from after.partition_by(*GROUP, "months", maintain_order=True)
    yield from exits.partition_by(*GROUP, maintain_order=True)


def _group_problems(group: pl.DataFrame, rule: Disclosure, file: str) -> Iterator[Problem]:
    first = group.row(0, named=True)
    place = {"file": file, "cell": f"A{first['line']}", "column": "count"}
    label = " ".join(str(first[name]) for name in (*GROUP, "months"))
    gap = gap_of(group)
    yield from _incomplete(group, file)
    if gap is None:
        yield Problem(code="flow_without_total", expected=TOTAL, found=label, **place)
        return
    followed_on = first["measure"] == "first_exit"  # those still in the state at the end are the rest: no row for them
    least = gap.cells if rule.zeros_published else 0
    if gap.rest < least or (gap.rest and not (gap.cells or gap.missing or followed_on)):
        total = int(group.filter(pl.col("destination") == TOTAL)["count"][0])
        yield Problem(code="flow_does_not_add_up", expected=str(total), found=f"{label}: {total - gap.rest}", **place)
    elif gap.cells and not followed_on:
        low, high = bounds(gap, rule)
        if high - low < rule.max_suppressed_count - 1:
            yield Problem(code="flow_gives_hidden_back", expected=str(rule.max_suppressed_count), found=label, **place)


def sex_problems(rows: pl.DataFrame, rule: Disclosure, file: str = "") -> Iterator[Problem]:
    """Yield where women and men do not add up to both, or where two of the three give a small hidden count back."""
    keys = [name for name in (*GROUP, "destination", "months") if name != "sex"]
    wide = rows.unique([*keys, "sex"], maintain_order=True).pivot(on="sex", index=keys, values="count")
    firsts = rows.group_by(keys).agg(pl.col("line").min())
    if not {"both", "female", "male"} <= set(wide.columns):
        return
    for row in wide.join(firsts, on=keys, maintain_order="left").iter_rows(named=True):
        parts, whole = [row["female"], row["male"]], row["both"]
        known = [count for count in parts if count is not None]
        place = {"file": file, "cell": f"A{row['line']}", "column": "count"}
        label = " ".join(str(row[name]) for name in keys)
        if whole is None:
            continue
        if whole < sum(known) or (len(known) == 2 and whole != sum(known)):
            yield Problem(code="flow_sexes", expected=str(whole), found=f"{label}: {sum(known)}", **place)
        elif len(known) == 1 and 0 < whole - known[0] < rule.threshold and _hidden_for_one(rows, row, keys):
            yield Problem(code="flow_sexes_give_back", expected=str(rule.max_suppressed_count), found=label, **place)


def _hidden_for_one(rows: pl.DataFrame, row: dict[str, object], keys: Sequence[str]) -> bool:
    """Return whether the sex without a count is there and hidden, not left out."""
    same = rows.filter(pl.all_horizontal(pl.col(name) == row[name] for name in keys))
    return bool((same.filter(pl.col("sex") != "both")["status"] == "suppressed").any())


def _incomplete(group: pl.DataFrame, file: str) -> Iterator[Problem]:
    """Each interval of first exits names every way out: a row left out is unknown, not zero."""
    exits = group.filter((pl.col("measure") == "first_exit") & (pl.col("destination") != TOTAL))
    for (months,), rows in exits.group_by("months", maintain_order=True):
        lacking = [way for way in EXIT_DESTINATIONS if way not in rows["destination"].to_list()]
        if lacking:
            cell, found = f"A{rows['line'][0]}", f"{months}"
            yield Problem(code="flow_incomplete", file=file, cell=cell, expected=", ".join(lacking), found=found)


def _unknown(rows: pl.DataFrame, file: str) -> Iterator[Problem]:
    after = rows.filter(pl.col("measure") == "state_after")
    exits = rows.filter(pl.col("measure") == "first_exit")
    for part, column, allowed in (
        (rows, "origin", [*states()]),
        (after, "destination", [*states(), TOTAL]),
        (exits, "destination", [*EXIT_DESTINATIONS, TOTAL]),
        (rows, "region_code", regions()["code"].to_list()),
    ):
        region = column == "region_code"
        code, expected = ("unknown_region", "regions.csv") if region else ("unknown_state", ", ".join(allowed))
        wrong = part.filter(~pl.col(column).is_in(allowed)).unique(subset=[column], maintain_order=True)
        for line, value in wrong.select("line", column).iter_rows():
            yield Problem(code=code, file=file, cell=f"A{line}", expected=expected, found=value, column=column)


def _intervals(rows: pl.DataFrame, file: str) -> Iterator[Problem]:
    after, total = pl.col("measure") == "state_after", pl.col("destination") == TOTAL
    at_start = ~after & (total != (pl.col("months") == 0))
    wrong = rows.filter((after & ~pl.col("months").is_in(AFTER_MONTHS)) | at_start)
    for line, months in (
        wrong.unique(subset=["measure", "months"], maintain_order=True).select("line", "months").iter_rows()
    ):
        yield Problem(code="flow_interval", file=file, cell=f"A{line}", expected="flow_interval", found=str(months))


def _small(rows: pl.DataFrame, rule: Disclosure, file: str) -> Iterator[Problem]:
    """A count under the source's threshold must be hidden before it comes here."""
    shown = rows.filter(pl.col("count").is_between(1, rule.threshold - 1)).select("line", "count")
    for line, count in shown.iter_rows():
        place = {"file": file, "cell": f"A{line}", "column": "count"}
        yield Problem(code="flow_small_shown", expected=str(rule.threshold), found=str(count), **place)
