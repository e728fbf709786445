"""Files written for the tests in the publishers' layouts (synthetic layout: the numbers are invented)."""

import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl

from data.ingest.contract import Problem, Problems

Table = Sequence[Sequence[object]]


def workbook(path: Path, sheets: dict[str, Table]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row, cells in enumerate(rows, start=1):
            for column, value in enumerate(cells, start=1):
                if value is not None:
                    sheet.cell(row, column, value)
    book.save(path)
    return path


def hl060(
    unit: str, blocks: dict[str, tuple[list[str], Table]], line: str = "Januar - mars 2019"
) -> list[list[object]]:
    """A municipal sheet of NAV's monthly workbook: a title, the period, and a block for each county."""
    rows: list[list[object]] = [
        [],
        [None, "Kilde: NAV", "Helt ledige. Fylke og kommune. Tidsserie måned"],
        [None, None, f"Kommune¹. {unit}²"],
        [],
        [None, line],
    ]
    for county, (months, body) in blocks.items():
        rows += [[None, county], [None, None, *months], *([None, *row] for row in body), []]
    return rows


ORDER_HEADS = [
    "Månednummer",
    None,
    "Nivå",
    "Region",
    "Kjønn",
    "Alder",
    "Beh personer i mnd",
    "V_Prosent_av_befolkningen",
    "D_År-Måned",
]


def order(left: Table, right: Table = (), heads: Sequence[object] = ORDER_HEADS, above: int = 1) -> list[list[object]]:
    """A sheet of a custom order: one or two tables side by side under a row of headings."""
    width = len(heads)
    rows: list[list[object]] = [[] for _ in range(above)]
    rows.append([*heads, None, *heads] if right else [*heads])
    for i in range(max(len(left), len(right))):
        first = list(left[i]) if i < len(left) else [None] * width
        rows.append([*first, None, *right[i]] if i < len(right) else first)
    return rows


def person(
    region: str, sex: str, count: object, share: object, level: str = "Fylker", age: str = "Under 30 år"
) -> list[object]:
    return [3, 2024, level, region, sex, age, count, share, 202403]


def jsonstat(path: Path, **changes: object) -> Path:
    """A JSON-stat2 answer: two regions × two contents (persons, percent) × three years."""
    body: dict[str, object] = {
        "version": "2.0",
        "class": "dataset",
        "label": "99999: Bosatte, etter region, statistikkvariabel og år",
        "source": "Statistisk sentralbyrå",
        "updated": "2031-02-03T07:00:00Z",
        "id": ["Region", "ContentsCode", "Tid"],
        "size": [2, 2, 3],
        "role": {"time": ["Tid"], "metric": ["ContentsCode"], "geo": ["Region"]},
        "dimension": {
            "Region": {
                "label": "region",
                "category": {"index": ["K-4204", "0"], "label": {"K-4204": "Kristiansand", "0": "Hele landet"}},
            },
            "ContentsCode": {
                "label": "statistikkvariabel",
                "category": {
                    "index": {"Andel": 1, "Personer": 0},
                    "label": {"Personer": "Personer", "Andel": "Andel"},
                    "unit": {"Personer": {"base": "personer"}, "Andel": {"base": "prosent"}},
                },
            },
            "Tid": {"label": "år", "category": {"index": {"2029": 0, "2030": 1, "2031": 2}, "label": {}}},
        },
        "value": [0, 12, None, 1.5, 2, None, 900, 901, 902, 50, None, 52],
        "status": {"2": ":", "5": ":", "8": "*", "10": "..", "0": ""},
        "extension": {"noteMandatory": {"0": True}, "px": {"tableid": "99999"}},
        "note": ["Tallene er avrundet.", "Les mer."],
    }
    path.write_text(json.dumps(body | changes), encoding="utf-8")
    return path


def udir(path: Path, rows: Table, heads: Sequence[str] = (), encoding: str = "utf-16-le") -> Path:
    heads = heads or [
        "EnhetNivaa",
        "Nasjonaltkode",
        "Fylkekode",
        "Organisasjonsnummer",
        "Nasjonalt",
        "Fylke",
        "EnhetNavn",
        "2031-32.Alle eierformer.Alle trinn.Begge kjønn.Andel sluttet.Brudd",
        "2031-32.Alle eierformer.Alle trinn.Begge kjønn.Andel sluttet",
        "2032-33.Alle eierformer.Alle trinn.Begge kjønn.Andel sluttet",
    ]
    lines = ["sep=\t", *("\t".join(map(str, row)) for row in (heads, *rows))]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    return path


def found(group: Problems) -> list[tuple[str, str, str]]:
    return sorted((p.code, p.sheet, p.cell) for p in group.exceptions if isinstance(p, Problem))
