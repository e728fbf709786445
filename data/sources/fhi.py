"""FHI: `csv2` files of the statistics bank, one row a figure, labels instead of codes, `:` for what is hidden."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from data import paths
from data.ingest.contract import Delivery, Problem, TableContract, standard_columns
from data.ingest.open_file import Book
from data.ingest.sheet import Sheet, cell_name
from data.sources.adapter import AdapterReading, Layout, admitted, read_as, text_table
from data.sources.region_names import Level, codes
from data.toml import toml_table

SYMBOLS = {":": "suppressed", "..": "missing", ".": "not_applicable", "": "missing"}
CONTRACT = TableContract("fhi_csv2", "FHI", standard_columns("percent", r"^\d{4}$"), SYMBOLS)
_LEVELS = ("nation", "county", "municipality")


@cache
def words() -> dict[str, Any]:
    """Return the words of `fhi.toml`."""
    return toml_table(paths.ADAPTERS / "fhi.toml")


def layouts() -> tuple[Layout, ...]:
    """Return FHI's layouts."""
    return (Layout(CONTRACT, _is_csv2, read),)


def recognises(path: Path) -> bool:
    """Tell whether a file is in FHI's layout, by its content."""
    return _is_csv2(admitted(path))


def parse(path: Path) -> Delivery:
    """Return an FHI file as a delivery; raise all its problems at once (`Problems`)."""
    return read_as(path, layouts(), "fhi")


def read(book: Book) -> AdapterReading:
    """Return one record for each row; every column and value the reader does not know is a problem.

    Regions stand by name only: a name must belong to one region in the borders of the file's newest year, and
    municipalities are looked for within the county the file names where it names one.
    """
    sheet = book.sheets[0]
    names = {text: column for column, text in sheet.filled(0)}
    if not any(sheet.filled(row) for row in range(1, len(sheet.rows))):
        return AdapterReading("", text_table([]), (), ())
    measures = _subject(names, sheet)
    unknown = [*_unknown_columns(book.file, sheet, names)]
    found = unknown if measures else [_other_subject(book.file, names)]
    if found:
        return AdapterReading("", text_table([]), (), tuple(found))
    regions = _regions(sheet, names)
    records = []
    for row in range(1, len(sheet.rows)):
        if sheet.filled(row):
            record, wrong = _record(book.file, _FhiRow(sheet, row, names), regions)
            records.append(record)
            found += wrong
    return AdapterReading(", ".join(sorted(measures)), text_table(records), (), tuple(found))


class _FhiRow:
    """One row of the file by column name."""

    def __init__(self, sheet: Sheet, row: int, names: dict[str, int]) -> None:
        self.sheet, self.row, self.names = sheet, row, names

    def text(self, name: str) -> str:
        return self.sheet.text(self.row, self.names[name])

    def cell(self, name: str) -> str:
        return cell_name(self.row, self.names[name])


def _is_csv2(book: Book) -> bool:
    if book.kind != "text" or not book.sheets[0].rows:
        return False
    header = {text for _, text in book.sheets[0].filled(0)}
    return set(words()["columns"].values()) <= header


def _unknown_columns(file: str, sheet: Sheet, names: dict[str, int]) -> Iterator[Problem]:
    known = {*words()["columns"].values(), *words()["subjects"], *words()["fixed"]}
    for name, column in names.items():
        if name not in known:
            value = sheet.text(1, column)
            yield Problem(
                code="fhi_dimension", file=file, cell=cell_name(0, column), column=name, expected="–", found=value
            )


def _other_subject(file: str, names: dict[str, int]) -> Problem:
    """Name the columns that say what a table is about, where they are none of those that are read."""
    others = [name for name in names if name not in (*words()["columns"].values(), *words()["fixed"])]
    expected = ", ".join(f"{name} = {value}" for name, values in words()["subjects"].items() for value in values)
    return Problem(code="fhi_subject", file=file, cell="A1", expected=expected, found=", ".join(others) or "–")


def _subject(names: dict[str, int], sheet: Sheet) -> set[str]:
    """Return the measures that the file's subject column names."""
    found = set()
    for name, measures in words()["subjects"].items():
        if name in names:
            values = {sheet.text(row, names[name]) for row in range(1, len(sheet.rows))}
            found |= {measures[value] for value in values if value in measures}
    return found


def _regions(sheet: Sheet, names: dict[str, int]) -> dict[str, list[str]]:
    """Return the codes each region name may stand for: one where the name is clear."""
    place, when = names[words()["columns"]["region"]], names[words()["columns"]["period"]]
    found = {sheet.text(row, place) for row in range(1, len(sheet.rows))} - {""}
    newest = max((sheet.text(row, when) for row in range(1, len(sheet.rows))), default="")
    counties = [name for name in found if len(codes(name, Level("county"), newest)) == 1]
    county = counties[0] if len(counties) == 1 else ""
    return {name: _codes(name, county, newest) for name in found}


def _codes(name: str, county: str, year: str) -> list[str]:
    if name.casefold() in ("hele landet", "landet", "norge"):
        return ["0"]
    own = codes(name, Level("county"), year)
    return own or codes(name, Level("municipality", "" if name == county else county), year)


def _record(file: str, row: _FhiRow, regions: dict[str, list[str]]) -> tuple[dict[str, str], list[Problem]]:
    column = words()["columns"]
    region = regions.get(row.text(column["region"]), [])
    quantity = next(
        (kind for start, kind in words()["quantities"].items() if row.text(column["measure"]).startswith(start)), ""
    )
    looked_up = {
        column["region"]: region[0] if len(region) == 1 else "",
        column["sex"]: words()["sexes"].get(row.text(column["sex"]), ""),
        column["age"]: words()["ages"].get(row.text(column["age"]), ""),
        column["measure"]: quantity,
    }
    subjects = {
        name: words()["subjects"][name].get(row.text(name), "") for name in words()["subjects"] if name in row.names
    }
    fixed = {
        name: row.text(name) if row.text(name) == value else ""
        for name, value in words()["fixed"].items()
        if name in row.names
    }
    wrong = [
        _unknown(file, row, name, region) for name, value in {**looked_up, **subjects, **fixed}.items() if not value
    ]
    record = {
        "measure": "".join(subjects.values()), "region_code": looked_up[column["region"]],
        "region_name": row.text(column["region"]), "period": row.text(column["period"]),
        "age_group": looked_up[column["age"]], "sex": looked_up[column["sex"]],
        quantity or "share": row.text(column["value"]), f"{quantity or 'share'}_cell": row.cell(column["value"]),
    }  # fmt: skip
    return record, wrong


def _unknown(file: str, row: _FhiRow, name: str, region: list[str]) -> Problem:
    place = {"file": file, "cell": row.cell(name), "column": name, "found": row.text(name)}
    if name == words()["columns"]["region"]:
        return Problem(code="ambiguous_region" if region else "unknown_region", expected=", ".join(region), **place)
    known = {
        words()["columns"]["sex"]: words()["sexes"],
        words()["columns"]["age"]: words()["ages"],
        **words()["subjects"],
    }
    expected = words()["fixed"].get(name) or ", ".join(known.get(name, words()["quantities"]))
    return Problem(code="fhi_dimension", expected=expected, **place)
