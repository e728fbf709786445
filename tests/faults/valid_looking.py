"""Inputs that look as they should, with little amiss: workbooks as they are filled in, and questions in SQL."""

import os
import random
from functools import cache
from pathlib import Path

from openpyxl import Workbook, load_workbook

from data import paths
from data.curated.plan.form import plan_form
from data.curated.plan.read import read_plan
from data.deliveries.preview import preview
from data.warehouse.question import QuestionLimits, ask
from tests import own_home
from tests.data import layouts
from tests.faults.broken_ground import Ground
from tests.faults.odd import ODD, spoiled

_CELLS = (*(each for each in ODD if each != "\0"), None, 10**300, -5, 0.1, True, "*", ":", "<4", "..", "12 345", 7)
_QUICK = QuestionLimits(seconds=2.0, rows=1000)
_PLACES = ("4204 Kristiansand", "4203 Arendal", "4202 Grimstad")
_RIGHT = (
    "SELECT max(count) FROM figures WHERE region_code = '4204'",
    "WITH k AS (SELECT * FROM figures) SELECT count FROM k WHERE region_name LIKE 'Kristian%'",
    "SELECT f.count FROM figures f JOIN regions r ON r.code = f.region_code WHERE r.level = 'municipality'",
    "SELECT sum(count) FROM (SELECT count FROM figures WHERE region_code = '4204' GROUP BY ALL)",
)
"""Questions whose answer is the one figure of Kristiansand."""
_HOSTILE = (
    "; DROP VIEW figures", " UNION ALL SELECT 1", "FROM read_csv('/etc/passwd')", "FROM duckdb_settings()",
    "getenv('HOME')", "FROM range(100000000000)", "ATTACH 'x'", "COPY figures TO 'x'", "FROM observation",
    "PRAGMA database_list", "(((((", "repeat('x', 1000000000)", "FROM glob('*')",
    "WITH RECURSIVE r AS (SELECT 1 a UNION ALL SELECT a FROM r) FROM r",
)  # fmt: skip


def plan(chance: random.Random, folder: Path) -> str:
    """Read a plan somebody has filled in, with some cells odd; a target that is read is one that stands there."""
    keys = [column.key for column in plan_form().columns]
    book = load_workbook(paths.shipped("plan") / "template.nb.xlsx")
    given = own_home.PLAN | {"type": "gevinst for andre", "unit": "prosent", "frequency": "årlig", "indicator": None}
    for key, value in given.items():
        book["Plan"].cell(4, keys.index(key) + 1, value)
    for _ in range(chance.choice([0, 1, 1, 1, 2, 5])):
        row, column = chance.choice([3, 4, 4, 4, 4, 5]), chance.randint(1, len(keys))
        book["Plan"].cell(row, column).value = chance.choice(_CELLS)
    target = book["Plan"].cell(4, keys.index("target") + 1).value
    (read, *_) = read_plan(_saved(book, folder)).rows
    return "" if _is(target, 100 * read.target) else f"{target!r} was read as {read.target}"


def delivery(chance: random.Random, folder: Path) -> str:
    """Read a monthly workbook in NAV's layout with some cells odd; each count that is read stands at its place."""
    months = ["Januar", "Februar", "Mars"]
    rows = [[place, *(chance.randint(30, 900) for _ in months)] for place in _PLACES]
    table = layouts.hl060("Antall", {"Agder": (months, rows)})
    for _ in range(chance.choice([0, 1, 1, 2, 4])):
        row = chance.choice(table[-len(rows) - 3 :])
        if row:
            row[chance.randrange(len(row))] = chance.choice(_CELLS)
    book = Workbook()
    for row in table:
        book.active.append(row)
    counts = preview(_saved(book, folder), "nav").contents.rows
    stands = {str(row[1]).split(" ")[0]: row[2:] for row in table if row}
    for place, period, count in counts.select("region_code", "period", "count").drop_nulls().iter_rows():
        if not _is(found := stands.get(place, [None] * 3)[int(period[-2:]) - 1], count):
            return f"{place} {period}: {found!r} was read as {count}"
    return ""


def question(chance: random.Random, folder: Path) -> str:
    """Ask in SQL: what is only written otherwise has the right answer, what is hostile tells nothing of the machine."""
    right, home = _asked_of(folder), os.environ.get("HOME", "/root")
    text = chance.choice(_RIGHT)
    if chance.random() < 0.3:
        text = text.replace(" FROM ", chance.choice([" from ", "\nFROM\t", " /* ; */ FROM ", " -- x\n FROM "]))
        return "" if {*ask(text, _QUICK).row(0)} == {right} else f"another answer than {right}: {text}"
    if chance.random() < 0.6:
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(_HOSTILE) + text[chance.choice([at, len(text)]) :]
    else:
        text = spoiled(text, chance)
    answer = str(ask(text, _QUICK).rows())
    told = [each for each in (str(paths.ROOT), str(folder), f"{home}/", "root:") if each in answer]
    return f"{text} tells {told}" if told else ""


@cache
def _asked_of(folder: Path) -> int:
    """Build a small delivery to ask, and return its one figure of Kristiansand."""
    return Ground(folder).right


def _saved(book: Workbook, folder: Path) -> Path:
    file = folder / "looks-right.xlsx"
    book.save(file)
    return file


def _is(cell: object, number: float) -> bool:
    """Return whether a cell says a number, as a number or in digits with Norwegian marks."""
    text = str(cell).replace(" ", "").replace("\u00a0", "").replace(",", ".").removesuffix("%")
    try:
        return abs(float(text) - number) < 1e-9 * max(1.0, abs(number))
    except ValueError:
        return False
