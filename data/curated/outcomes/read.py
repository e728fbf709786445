"""Reads the published studies of what became of some people: a TOML file of words and a CSV file of numbers each."""

from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

import polars as pl

from data import paths
from data.catalogue import regions
from data.curated.outcomes.study import OutcomeStudy
from data.problems import Problem, raise_all
from data.toml import gathered, read_toml, told

KEY = ("region_code", "period", "later", "age_group", "subgroup")
"""What tells the groups of a study apart; a region is empty where the place is no single region."""
NUMBERS = ("persons", "count", "share")
COLUMNS = (*KEY, "destination", *NUMBERS)
ROUNDING = 0.0005
"""How far each share of one group may be from the truth: exhaustive groups are published in tenths of a per cent."""


def studies() -> dict[str, OutcomeStudy]:
    """Return every study by id, in the order they are listed.

    Raises `Problems` with every fault of every file, words and numbers.
    """
    return {study.id: study for study, _ in published()}


@cache
def published() -> tuple[tuple[OutcomeStudy, pl.DataFrame], ...]:
    """Return every study with its rows, in the order they are listed; each file is read once. Raises as `studies`."""
    problems: list[Problem] = []
    found = [study for path in _files() if (study := gathered(problems, partial(_study, path)))]
    ordered = sorted(found, key=lambda each: each.order)
    numbers = [gathered(problems, partial(rows, each)) for each in ordered]
    raise_all("outcomes", problems)
    return tuple((study, table) for study, table in zip(ordered, numbers, strict=True) if table is not None)


def rows(study: OutcomeStudy, folder: Path | None = None) -> pl.DataFrame:
    """Return the rows of a study in the file's order: `COLUMNS` with `study` before and `line` after.

    A share is filled in where its count is known; a number the publisher does not show is null, never zero.
    Raises `Problems`: a row nobody knows the words of, a number that cannot be, a group that does not sum to all.
    """
    path = (folder or paths.shipped("outcomes")) / f"{study.id}.csv"
    text = pl.read_csv(path, infer_schema=False).fill_null("")
    if tuple(text.columns) != COLUMNS:
        found = ", ".join(text.columns)
        raise_all(
            path.name, [Problem(code="outcome_columns", file=told(path), expected=", ".join(COLUMNS), found=found)]
        )
    table = _typed(text.with_columns(line=pl.int_range(2, text.height + 2, dtype=pl.Int32)))
    raise_all(path.name, list(_problems(text, table, study, told(path))))
    return table.select(pl.lit(study.id).alias("study"), *COLUMNS, "line")


def _files() -> list[Path]:
    return sorted(paths.shipped("outcomes").glob("*.toml"))


def _study(path: Path) -> OutcomeStudy:
    return read_toml(path, OutcomeStudy, id=path.stem)


def _typed(text: pl.DataFrame) -> pl.DataFrame:
    """Return the texts as numbers; what cannot be read is null, and told by `_problems`."""
    table = text.with_columns(
        pl.col("persons", "count").cast(pl.Int64, strict=False), pl.col("share").cast(pl.Float64, strict=False)
    )
    return table.with_columns(share=pl.coalesce("share", pl.col("count") / pl.col("persons")))


def _problems(text: pl.DataFrame, table: pl.DataFrame, study: OutcomeStudy, file: str) -> Iterator[Problem]:
    codes = regions()["code"].to_list()
    for column, known in (
        ("region_code", [*codes, ""]), ("destination", [*study.destinations]), ("subgroup", [*study.subgroups, ""]),
    ):  # fmt: skip
        for line, value in table.filter(~pl.col(column).is_in(known)).select("line", column).iter_rows():
            place = {"file": file, "cell": f"A{line}", "column": column}
            yield Problem(code="outcome_unknown", found=value, expected=", ".join(known[:8]), **place)
    for line in table.filter(table.select(*KEY, "destination").is_duplicated())["line"]:
        yield Problem(code="outcome_twice", file=file, cell=f"A{line}")
    yield from _numbers(text, table, file)
    yield from _sums(table, study, file)


def _numbers(text: pl.DataFrame, table: pl.DataFrame, file: str) -> Iterator[Problem]:
    """Yield every number that cannot be read, and every share that is none."""
    for name in NUMBERS:
        unread = (text[name] != "") & table[name].is_null()
        for line, value in zip(table["line"].filter(unread), text[name].filter(unread), strict=True):
            yield Problem(code="outcome_number", file=file, cell=f"A{line}", column=name, found=value)
    wrong = table.filter(~pl.col("share").is_between(0, 1) | (pl.col("count") < 0) | (pl.col("persons") <= 0))
    for line, value in wrong.select("line", "share").iter_rows():
        yield Problem(code="outcome_share", file=file, cell=f"A{line}", column="share", found=str(value))


def _sums(table: pl.DataFrame, study: OutcomeStudy, file: str) -> Iterator[Problem]:
    """Yield every group whose shares sum to more than all, or, where they are all there are and all known, to less."""
    for group in table.partition_by(*KEY, maintain_order=True):
        total, slack = float(group["share"].sum()), ROUNDING * group.height + 1e-9
        whole = study.exhaustive and not group["share"].null_count()
        if total > 1 + slack or (whole and total < 1 - slack):
            place = {"file": file, "cell": f"A{group['line'][0]}", "column": "share"}
            yield Problem(code="outcome_sum", found=str(round(total, 4)), **place)
