"""A large workbook through the door against a bare reading of it (synthetic layout: the numbers are invented)."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from unittest.mock import patch

from tests.bench.ground import Ground
from tests.bench.registry import Sides
from tests.bench.report import Unavailable, Unproven

MONTHS, ROWS_A_MONTH = 80, 3 * 357  # about 3.5 MB
_MEMORY = """
import re, sys
from pathlib import Path
import data.__main__  # as the command begins
from data.deliveries import door
from data.deliveries.preview import preview
def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
before = peak()
found = preview(Path(sys.argv[1]), "nav", "nav")
print(peak() - before, found.contents.rows.height)
"""


def workbook(ground: Ground) -> Sides:
    """Ours: an order of NAV's of 3.5 MB is checked and loaded. Floor: openpyxl reads its cells."""
    file = order(ground.fresh("order") / "order.xlsx")
    return Sides(lambda: _loaded(ground, file), lambda: _bare(file), _rows_differ)


def workbook_memory(ground: Ground) -> float:
    """Peak memory of a check of that workbook above what is imported before it."""
    if not Path("/proc/self/status").exists():
        raise Unavailable("a process' peak memory is told by Linux alone")
    command = [sys.executable, "-c", _MEMORY, str(order(ground.fresh("order") / "order.xlsx"))]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    used, rows = answer.stdout.split()
    if int(rows) != MONTHS * ROWS_A_MONTH:
        raise Unproven(f"{rows} rows were read")
    return float(used)


def order(path: Path) -> Path:
    """Write an order of every municipality's men, women and both, a row each month."""
    import openpyxl
    import polars as pl

    from data.catalogue import regions
    from tests.data.layouts import ORDER_HEADS

    current = regions().filter("current")
    counties = dict(current.filter(pl.col("level") == "county").select("code", "name").rows())
    places = current.filter(pl.col("level") == "municipality").select("name", "county").rows()
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Nedsatt 18 - 29 år kommuner")
    sheet.append([])
    sheet.append(ORDER_HEADS)
    for number in range(MONTHS):
        year, month = 2018 + number // 12, number % 12 + 1
        for place, (name, county) in enumerate(places):
            for men, sex in enumerate(("Kvinner", "Menn", "Begge kjønn")):
                count = 40 + (place * 37 + number * 11 + men * 7) % 900
                share = round(count / (count * (9 + (place + men) % 11) + number), 4)
                row = [month, year, f"{counties[county]} kommuner", name, sex, "Under 30 år", count, share]
                sheet.append([*row, year * 100 + month])
    book.save(path)
    return path


def _loaded(ground: Ground, file: Path) -> int:
    """Return how many rows of the workbook are in the database once it is checked and loaded."""
    from data.deliveries import door, proposal
    from data.deliveries.preview import preview
    from data.warehouse.connection import query

    folder = ground.fresh("door")
    var = shutil.copytree(ground.var, folder / "var")
    with patch.dict(os.environ, INNENFOR_HOME=str(folder / "home"), INNENFOR_VAR=str(var)):
        found = preview(file, "nav", "nav")
        said = proposal.proposed(file, "nav", found, date(2026, 11, 29))
        sidecar = type(said)(**{**vars(said), "edition": "order"})
        door.add(sidecar, "nav", found=found)
        return int(query("editions").filter(edition="order")["row_count"].item())


def _bare(file: Path) -> int:
    import openpyxl

    book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    return sum(1 for sheet in book.worksheets for cells in sheet.iter_rows(values_only=True) if any(cells)) - 1


def _rows_differ(ours: int, floor: int) -> str:
    return "" if ours == floor == MONTHS * ROWS_A_MONTH else f"rows: ours {ours}, the floor's {floor}"
