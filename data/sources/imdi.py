"""IMDi: a CSV with four heading rows (background, sex, unit, year) and a row for each region (`F09`, `K1001`)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from data import paths
from data.ingest.contract import Delivery, Problem, TableContract, standard_columns
from data.ingest.open_file import Book
from data.ingest.sheet import Sheet, cell_name
from data.sources.adapter import AdapterReading, Layout, admitted, read_as, text_table
from data.toml import toml_table

SYMBOLS = {".": "not_applicable", "..": "missing", ":": "suppressed", "*": "suppressed", "": "missing"}
CONTRACT = TableContract("imdi_four_headings", "IMDi", standard_columns("percent", r"^\d{4}$"), SYMBOLS)
MEASURE = "upper_secondary_completed"
HEADINGS, LABELS = 4, 2
_REGION = re.compile(r"^(?:F(\d{2})|K?(\d{4}))$")
_NATION = ("0", "00", "L00", "Norge")


@dataclass(frozen=True)
class ImdiHeading:
    """What one column holds: its place and the four values above it."""

    column: int
    background: str
    sex: str
    unit: str
    period: str


@cache
def words() -> dict[str, Any]:
    """Return the words of `imdi.toml`."""
    return toml_table(paths.ADAPTERS / "imdi.toml")


def layouts() -> tuple[Layout, ...]:
    """Return IMDi's layouts."""
    return (Layout(CONTRACT, _is_imdi, read),)


def recognises(path: Path) -> bool:
    """Tell whether a file is in IMDi's layout, by its content."""
    return _is_imdi(admitted(path))


def parse(path: Path) -> Delivery:
    """Return an IMDi file as a delivery; raise all its problems at once (`Problems`)."""
    return read_as(path, layouts(), "imdi")


def read(book: Book) -> AdapterReading:
    """Return one record for region, background, sex and year, its count and percent side by side.

    Records of the whole population have no `dimensions`; those of one background carry it. An empty cell (a county that
    no longer is, or not yet) is missing, never zero.
    """
    sheet = book.sheets[0]
    headings, found = _headings(book.file, sheet)
    found += _repeated(book.file, headings)
    records: dict[tuple[str, ...], dict[str, str]] = {}
    for row in range(HEADINGS, len(sheet.rows)):
        if sheet.filled(row):
            found += _ragged(book.file, sheet, row)
            found += _collect(book.file, sheet, row, headings, records)
    title = f"Fullført videregående opplæring, {words()['background']['everybody'].lower()} og etter bakgrunn"
    return AdapterReading(title, text_table([*records.values()]), (), tuple(found))


def _ragged(file: str, sheet: Sheet, row: int) -> list[Problem]:
    """A row cut off or moved: what is not there must not be taken for a figure nobody has."""
    wide, found = len(sheet.rows[0]), len(sheet.rows[row])
    if found == wide:
        return []
    return [Problem(code="ragged_row", file=file, cell=f"A{row + 1}", expected=str(wide), found=str(found))]


def _is_imdi(book: Book) -> bool:
    if book.kind != "text" or len(book.sheets[0].rows) <= HEADINGS:
        return False
    named = words()["headings"]
    first = [book.sheets[0].text(row, LABELS).split(":")[0] for row in range(HEADINGS)]
    return first == [named["background"], named["sex"], named["unit"], named["period"]]


def _headings(file: str, sheet: Sheet) -> tuple[list[ImdiHeading], list[Problem]]:
    names = list(words()["headings"].values())
    found: list[Problem] = []
    headings: list[ImdiHeading] = []
    for column in range(LABELS, max(len(row) for row in sheet.rows)):
        texts = [sheet.text(row, column) for row in range(HEADINGS)]
        parts = [text.partition(":") for text in texts]
        values = [value.strip() for _, _, value in parts]
        sex, unit = words()["sexes"].get(values[1]), words()["units"].get(values[2])
        wrong = [row for row, (name, _, _) in enumerate(parts) if name.strip() != names[row] or not values[row]]
        wrong += [row for row, known in ((1, sex), (2, unit)) if known is None and row not in wrong]
        if wrong:
            place = cell_name(wrong[0], column)
            found.append(_wrong_heading(file, place, texts[wrong[0]], names))
        else:
            headings.append(ImdiHeading(column, values[0], str(sex), str(unit), values[3]))
    return headings, found


def _wrong_heading(file: str, place: str, text: str, names: list[str]) -> Problem:
    return Problem(code="header_rows", file=file, cell=place, expected=", ".join(names), found=text)


def _repeated(file: str, headings: list[ImdiHeading]) -> Iterator[Problem]:
    """Two columns under one heading: nobody can tell which is right."""
    seen: dict[tuple[str, ...], ImdiHeading] = {}
    for heading in headings:
        key = (heading.background, heading.sex, heading.unit, heading.period)
        if key in seen:
            place, first = cell_name(3, heading.column), cell_name(3, seen[key].column)
            yield Problem(code="duplicate_row", file=file, cell=place, expected=first, found=" ".join(key))
        seen.setdefault(key, heading)


def _collect(
    file: str, sheet: Sheet, row: int, headings: list[ImdiHeading], records: dict[tuple[str, ...], dict[str, str]]
) -> Iterator[Problem]:
    label = sheet.text(row, 0)
    code = "0" if label in _NATION else "".join(part or "" for part in _match(label))
    if not code:
        yield Problem(
            code="bad_text", file=file, cell=cell_name(row, 0), expected="region_code", found=label, column="Region"
        )
        return
    for heading in headings:
        key = (str(row), heading.background, heading.sex, heading.period)
        record = records.setdefault(key, _record(code, sheet.text(row, 1), heading))
        record[heading.unit] = sheet.text(row, heading.column)
        record[f"{heading.unit}_cell"] = cell_name(row, heading.column)


def _match(label: str) -> tuple[str | None, ...]:
    found = _REGION.match(label)
    return found.groups() if found else ()


def _record(code: str, name: str, heading: ImdiHeading) -> dict[str, str]:
    everybody = heading.background == words()["background"]["everybody"]
    return {
        "measure": MEASURE, "region_code": code, "region_name": name, "period": heading.period, "age_group": "all",
        "sex": heading.sex, "dimensions": "" if everybody else f"background={heading.background}",
    }  # fmt: skip
