"""NAV's custom orders: tables side by side under a header row, one row a region, sex and month."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import polars as pl

from data.ingest.contract import MONTH, Note, Problem, TableContract, standard_columns
from data.ingest.open_file import Book
from data.ingest.sheet import Sheet, cell_name, trim
from data.sources.adapter import AdapterReading, Layout, text_table
from data.sources.nav.share_scale import Population, scaled
from data.sources.nav.vocabulary import age_of, is_no_region, measure_of, words
from data.sources.region_names import Level, codes, level_of

CONTRACT = TableContract("nav_order", "NAV", standard_columns("share", MONTH), {"*": "suppressed"})
SEXES = {
    "kvinner": "female",
    "kvinne": "female",
    "menn": "male",
    "mann": "male",
    "begge kjønn": "both",
    "begge": "both",
    "totalt": "both",
}
_ROLES = (
    ("year_month", r"årmåned|årmnd|yearmonth"),
    ("month", r"månednummer|månednr|^måned$|^mnd$"),
    ("year", r"^år$"),
    ("level", r"^nivå"),
    ("region", r"^region|^område"),
    ("sex", r"^kjønn"),
    ("age", r"^alder"),
    ("share", r"prosent|andel"),
    ("count", r"^beh|^antall|personer"),
)
_NEEDED = ("level", "region", "count")
_YEAR_MONTH = re.compile(r"^(\d{4})-?(\d{2})(?:-01T00:00:00)?$")
_TOP_ROWS = 25
Record = dict[str, str]


@dataclass(frozen=True)
class OrderTable:
    """One of the tables that lie side by side on a sheet: its header row and the column of each role."""

    sheet: Sheet
    header: int
    columns: dict[str, int]
    measure: str = ""


def recognises(book: Book) -> bool:
    """Tell whether some sheet has a header row of a custom order (level, region and a count among its headings)."""
    return book.kind == "workbook" and any(_header(sheet) is not None for sheet in book.sheets)


def read(book: Book, regions: pl.DataFrame | None = None, population: Population | None = None) -> AdapterReading:
    """Return one record for each row of each table; shares brought to fractions by `nav_scale`."""
    notes = [Note("foreign_sheet", sheet.name) for sheet in book.sheets if _header(sheet) is None]
    ours = [sheet for sheet in book.sheets if _header(sheet) is not None]
    found: list[Problem] = []
    records: list[Record] = []
    for sheet in ours:
        measure = _measure(book, sheet, notes)
        for part in _parts(sheet):
            found += _headings(book.file, part, notes)
            if set(_NEEDED) <= set(part.columns):
                mine = _one_sex(book.file, part, [*_records(replace(part, measure=measure), notes)], found)
                found += _resolve(book.file, mine, regions)
                found += scaled(book.file, mine, population)
                records += mine
    title = ours[0].name if ours else ""
    return AdapterReading(title, text_table(records), tuple(notes), tuple(found))


def _one_sex(file: str, part: OrderTable, records: list[Record], found: list[Problem]) -> list[Record]:
    """Return the records; where rows repeat for want of a column of sexes, that column is the problem, once."""
    first = {(each["region_name"], each["level"], each["period"], each["age_label"]): each for each in records[::-1]}
    if "sex" in part.columns or len(first) == len(records):
        return records
    cell = cell_name(part.header, min(part.columns.values()))
    place = {"file": file, "sheet": part.sheet.name, "cell": cell}
    found.append(Problem(code="missing_column", **place, expected="Kjønn", column="sex"))
    return list(first.values())[::-1]


def layout(regions: pl.DataFrame | None = None, population: Population | None = None) -> Layout:
    """Return the layout with given regions and known residents."""
    reader: Callable[[Book], AdapterReading] = lambda book: read(book, regions, population)  # noqa: E731
    return Layout(CONTRACT, recognises, reader)


def _role(heading: str) -> str:
    plain = re.sub(r"[^a-zæøå]", "", heading.lower().removeprefix("d_").removeprefix("v_"))
    return next((role for role, pattern in _ROLES if re.search(pattern, plain)), "")


def _header(sheet: Sheet) -> int | None:
    for row in range(min(_TOP_ROWS, len(sheet.rows))):
        roles = {_role(text) for _, text in sheet.filled(row)} - {""}
        if len(roles) >= 4 and {"level", "region"} & roles:
            return row
    return None


def _parts(sheet: Sheet) -> list[OrderTable]:
    """Split a header row into tables: where a heading comes again, or an empty column follows a whole table."""
    header = _header(sheet)
    assert header is not None  # noqa: S101 — only sheets with a header come here
    width = max(len(row) for row in sheet.rows)
    found: list[dict[str, int]] = [{}]
    for column in range(width):
        heading = sheet.text(header, column)
        empty = not heading and not any(sheet.text(row, column) for row in range(header, len(sheet.rows)))
        role = _role(heading) or (_nameless(sheet, header, column) if not heading else f"? {column}")
        if (empty and set(_NEEDED) <= set(found[-1])) or (role in found[-1]):
            found.append({})
        if not empty:
            found[-1][role or f"! {column}"] = column
    return [OrderTable(sheet, header, columns) for columns in found if columns]


def _nameless(sheet: Sheet, header: int, column: int) -> str:
    texts = [text for row in range(header + 1, len(sheet.rows)) if (text := sheet.text(row, column))]
    return "year" if texts and all(re.fullmatch(r"(19|20)\d{2}", text) for text in texts) else ""


def _headings(file: str, part: OrderTable, notes: list[Note]) -> Iterator[Problem]:
    place = {"file": file, "sheet": part.sheet.name}
    for role in _NEEDED:
        if role not in part.columns:
            yield Problem(
                code="missing_column",
                **place,
                cell=cell_name(part.header, min(part.columns.values())),
                expected=role,
                column=role,
            )
    if "year_month" not in part.columns and not {"year", "month"} <= set(part.columns):
        cell = cell_name(part.header, min(part.columns.values()))
        yield Problem(code="missing_column", **place, cell=cell, expected="year_month", column="year_month")
    for role, column in part.columns.items():
        name = cell_name(part.header, column)
        if role.startswith("!"):
            yield Problem(code="value_without_heading", **place, cell=name)
        elif role.startswith("?"):
            notes.append(Note("unknown_column", part.sheet.name, name, part.sheet.text(part.header, column)))


def _measure(book: Book, sheet: Sheet, notes: list[Note]) -> str:
    above = [text for row in range(_header(sheet) or 0) for _, text in sheet.filled(row)]
    measure = (
        measure_of([sheet.name, *above]) or measure_of(other.name for other in book.sheets) or measure_of([book.file])
    )
    if not measure:
        measure = str(words()["orders"]["measure_by_layout"])
        notes.append(Note("measure_by_layout", sheet.name, what=measure))
    return measure


def _records(part: OrderTable, notes: list[Note]) -> Iterator[Record]:
    for row in range(part.header + 1, len(part.sheet.rows)):
        cells = {role: part.sheet.text(row, column) for role, column in part.columns.items()}
        if not any(cells.values()):
            continue
        first = next(cell_name(row, column) for role, column in part.columns.items() if cells[role])
        if not cells["region"] and not cells["count"]:
            notes.append(Note("footnote", part.sheet.name, first, next(text for text in cells.values() if text)))
        elif is_no_region(cells["region"]):
            notes.append(Note("unknown_region", part.sheet.name, first, cells["region"]))
        else:
            yield _record(part, row, cells)


def _record(part: OrderTable, row: int, cells: dict[str, str]) -> Record:
    sex = cells.get("sex", "")
    return {
        "measure": part.measure,
        "region_name": cells["region"],
        "level": cells["level"],
        "period": _period(cells),
        "agrees": str(_agrees(cells)),
        "age_label": cells.get("age", ""),
        "age_group": _age(part, cells.get("age", "")),
        "sex": SEXES.get(sex.lower(), sex),
        "count": cells["count"],
        "share": cells.get("share", ""),
        "heading": part.sheet.text(part.header, part.columns["share"]) if "share" in part.columns else "",
        "sheet": part.sheet.name,
        "count_cell": cell_name(row, part.columns["count"]),
        "share_cell": cell_name(row, part.columns["share"]) if "share" in part.columns else "",
        "region_cell": cell_name(row, part.columns["region"]),
    }


def _age(part: OrderTable, label: str) -> str:
    """Return the age group: the sheet's title says which ages, the column whether the young or all are meant."""
    title = age_of(part.measure, part.sheet.name) if re.search(r"\d", part.sheet.name) else ""
    column = age_of(part.measure, label)
    if title and column and title.split("-")[1] != column.split("-")[-1] and column != "all":
        return f"{title} ≠ {label}"
    return title or column or ("" if label else "all")


def _period(cells: dict[str, str]) -> str:
    joined = _YEAR_MONTH.match(cells.get("year_month", ""))
    if joined:
        return f"{joined.group(1)}-{joined.group(2)}"
    if cells.get("year_month"):
        return cells["year_month"]
    year, month = cells.get("year", ""), cells.get("month", "")
    return f"{year}-{month.zfill(2)}" if year and month else ""


def _agrees(cells: dict[str, str]) -> bool:
    joined = _YEAR_MONTH.match(cells.get("year_month", ""))
    if joined is None:
        return True
    year, month = cells.get("year", ""), cells.get("month", "")
    return year in ("", joined.group(1)) and month.zfill(2) in ("00", joined.group(2))


def _resolve(file: str, records: list[Record], regions: pl.DataFrame | None) -> Iterator[Problem]:
    """Put in the region codes, and name what cannot be resolved: regions, levels, ages, months that disagree."""
    known: dict[tuple[str, str, str], list[str]] = {}
    for record in records:
        place = {"file": file, "sheet": record["sheet"], "cell": record["region_cell"]}
        level = level_of(record["level"])
        if level is None:
            yield Problem(code="unknown_level", **place, expected="level", found=record["level"])
            level = Level("?")
        key = (record["level"], record["region_name"], record["period"][:4])
        if key not in known:
            known[key] = codes(record["region_name"], level, key[2], regions)
        if len(known[key]) == 1:
            record["region_code"] = known[key][0]
        elif level.name != "?":
            code = "ambiguous_region" if known[key] else "unknown_region"
            yield Problem(code=code, **place, expected=record["level"], found=trim(record["region_name"]))
        if record["agrees"] == "False":
            yield Problem(code="period_conflict", **place, expected="year_month", found=record["period"])
        if "≠" in record["age_group"] or not record["age_group"]:
            yield Problem(code="age_conflict", **place, expected=record["sheet"], found=record["age_label"])
        record["level"] = level.name


LAYOUT = layout()
