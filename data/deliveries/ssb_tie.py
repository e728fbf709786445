"""SSB's files under the indicators: tied by table, category and unit, by the same mapping that fetches the table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from data.deliveries.ssb_codes import NAMELESS, coded
from data.ingest.contract import Delivery, Note, Problem, raise_all
from data.pxweb.convert import figures, joined
from data.pxweb.mapping import Mapping as TableMapping
from data.pxweb.mapping import mappings
from data.sources.ssb.statbank_headings import split
from data.sources.ssb.vocabulary import age_of, role_of, sex_by_code, sex_of

TITLE = r"^\d{5}: \S"


@dataclass(frozen=True)
class TableRows:
    """The rows of a file in the codes of one mapping: its own measures, dimensions and categories where it has them."""

    rows: pl.DataFrame
    mapping: TableMapping

    @cached_property
    def taken(self) -> pl.DataFrame:
        """The rows whose region, age and sex the mapping takes."""
        gone = pl.col("region_code").map_elements(self._is_left_out, return_dtype=pl.Boolean, skip_nulls=True)
        kept = self.rows.filter(~gone.fill_null(value=False)).with_columns(pl.col("sex").fill_null("both"))
        for field, reader in (("age_group", age_of), ("sex", sex_of)):
            if codes := self._codes(field, reader):
                kept = kept.filter(pl.col(field).is_in(codes))
        return kept

    @cached_property
    def parts(self) -> dict[str, pl.DataFrame]:
        """The cells of each quantity; only those that are in the file."""
        found = {name: figures(self.taken, self.mapping, name) for name in self.mapping.quantities}
        return {name: rows for name, rows in found.items() if not rows.is_empty()}

    @property
    def fits(self) -> bool:
        """Whether the file has the figures of the indicator."""
        return self.mapping.main in self.parts

    def _is_left_out(self, code: str) -> bool:
        return any(self.mapping.reason_left_out(prefix + code) for prefix in ("", "K-", "F-"))

    def _codes(self, field: str, reader: object) -> list[str]:
        """Return what the mapping takes of ages or sexes, as rows write it; nothing where it has no such dimension."""
        role = {"age_group": "age", "sex": "sex"}[field]
        name = next((name for name in self.mapping.take if role_of(name) == role), "")
        read = reader if callable(reader) else str
        return [read(code) or sex_by_code(name, code) or code for code in self.mapping.take.get(name, ())]


def tied_by_table(delivery: Delivery, file: str) -> tuple[pl.DataFrame, Sequence[Note]]:
    """Return the rows of every indicator that takes cells of the table, and what was left out.

    Raises `Problems` where nobody has catalogued the table, or where the file lacks what its indicators take.
    """
    table = delivery.table_id
    chosen = [each for each in mappings() if table in (None, each.table)]
    if not chosen:
        raise_all(file, [Problem(code="ssb_uncatalogued", file=file, expected=_tables(), found=delivery.title)])
    rows = _nameless_as_counts(_nameless(delivery))
    if table is None:  # what a dimension left out holds is known only of a known table
        chosen = [replace(each, eliminated={}) for each in chosen]
    read = [TableRows(coded(rows, mapping), mapping) for mapping in chosen]
    fitting = [each for each in read if each.fits]
    if table is None and len({each.mapping.table for each in fitting}) != 1:
        raise_all(file, [Problem(code="ssb_no_table", file=file, expected=_tables(), found=_found(delivery.rows))])
    if not fitting:
        raise_all(file, _alike(_nearest([problem for each in read for problem in _lacking(each, delivery, file)])))
    year = int(delivery.updated[:4]) if delivery.updated else None
    rows = pl.concat([_with_share(joined(each.parts, each.mapping, year)) for each in fitting])
    return rows, [*_notes(delivery, fitting)]


def _with_share(rows: pl.DataFrame) -> pl.DataFrame:
    """Put in count ÷ population where the table has no share of its own."""
    rate = pl.when(pl.col("population") > 0).then(pl.col("count") / pl.col("population"))
    shown = pl.col("status").is_in(["final", "preliminary"])
    return rows.with_columns(value=pl.when(shown).then(pl.coalesce("value", rate)))


def _nameless(delivery: Delivery) -> pl.DataFrame:
    """A table without contents is headed by its title, or by what that says before the dimensions: by no name."""
    measure, titles = pl.col("measure"), [delivery.title, split(delivery.title)[0]]
    headed = measure.is_in(titles) | measure.str.contains(TITLE)
    return delivery.rows.with_columns(measure=pl.when(headed).then(pl.lit(NAMELESS)).otherwise(measure))


def _nameless_as_counts(rows: pl.DataFrame) -> pl.DataFrame:
    """A table of one content has no name for it: whole numbers, some above 100, are persons and no percentages."""
    nameless = pl.col("measure") == NAMELESS
    numbers = rows.filter(nameless)["value"].drop_nulls()
    if numbers.is_empty() or (numbers % 1 != 0).any() or not (numbers > 100).any():
        return rows
    persons = pl.when(nameless).then(pl.col("value").cast(pl.Int64, strict=False)).otherwise("count")
    return rows.with_columns(count=persons, value=pl.when(~nameless).then("value"))


def _lacking(table: TableRows, delivery: Delivery, file: str) -> Iterator[Problem]:
    """Yield why a file of a table that an indicator takes has none of its figures."""
    mapping, rows = table.mapping, table.rows
    facts = {"file": file, "sheet": mapping.table, "column": mapping.indicator}
    measure, dimensions = mapping.cells(mapping.main)
    mine = rows.filter(pl.col("measure") == measure, pl.col("dimensions") == dimensions)
    if mine.is_empty():
        expected = " ".join((measure, dimensions)).strip()
        yield Problem(code="ssb_category", **facts, expected=expected, found=_found(delivery.rows))
    elif table.taken.filter(pl.col("measure") == measure, pl.col("dimensions") == dimensions).is_empty():
        expected = ", ".join(code for name in mapping.take for code in mapping.take[name] if role_of(name) == "age")
        found = ", ".join(sorted(mine["age_group"].unique()))
        yield Problem(code="ssb_ages", **facts, expected=expected, found=found)
    else:
        yield Problem(code="ssb_unit", **facts, expected=mapping.main, found=measure)


def _nearest(problems: Sequence[Problem]) -> list[Problem]:
    """Return the problems of the indicators that lack least: an age or a unit, before a whole category."""
    categories = [problem for problem in problems if problem.code == "ssb_category"]
    return [problem for problem in problems if problem not in categories] or categories


def _alike(problems: Sequence[Problem]) -> list[Problem]:
    """Return what several indicators lack alike as one problem that names them, and so of categories of their own."""
    told: dict[tuple[str, ...], list[Problem]] = {}
    for each in problems:
        alike = () if each.code == "ssb_category" else (each.expected,)
        told.setdefault((each.code, each.sheet, each.found, *alike), []).append(each)
    return [_as_one(same) for same in told.values()]


def _as_one(same: Sequence[Problem]) -> Problem:
    """Return problems that are alike as one, with their indicators, and their categories where they differ."""
    wanted, names = (list(dict.fromkeys(each)) for each in zip(*((p.expected, p.column) for p in same), strict=True))
    code = "ssb_categories" if len(wanted) > 1 else same[0].code
    return replace(same[0], code=code, column=", ".join(names), expected="; ".join(wanted))


def _found(rows: pl.DataFrame) -> str:
    """Return the first categories of a file, as they stand in it."""
    facts = rows.select("measure", pl.col("dimensions").fill_null("")).unique(maintain_order=True)
    return "; ".join(" ".join(each).strip() for each in facts.head(4).iter_rows())


def _tables() -> str:
    known: dict[str, list[str]] = {}
    for each in mappings():
        known.setdefault(each.table, []).append(each.indicator)
    return "; ".join(f"{table} ({', '.join(names)})" for table, names in known.items())


def _notes(delivery: Delivery, fitting: Sequence[TableRows]) -> Iterator[Note]:
    """Yield what was taken for granted and what of the file no indicator takes."""
    mapping = fitting[0].mapping
    if delivery.table_id is None:
        yield Note("ssb_by_columns", what=mapping.table)
    if mapping.main == "count" and "population" not in fitting[0].parts:
        yield Note(
            "ssb_no_population",
            what=" ".join(mapping.cells("population")) if "population" in mapping.quantities else "",
        )
    taken = sum(rows.height for each in fitting for rows in each.parts.values())
    if taken < delivery.rows.height:
        yield Note("ssb_not_taken", what=mapping.table, number=delivery.rows.height - taken)
