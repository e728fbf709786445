"""The benefit realisation plan (gevinstrealiseringsplan), read from a workbook, a text table or TOML."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data import paths
from data.curated.fingerprint import stamp
from data.curated.ownership import Places, of_the_municipality
from data.curated.plan.cells import Cells, from_book, from_toml
from data.curated.plan.form import plan_form
from data.curated.plan.rows import PlanRow, rows_of
from data.ingest.contract import Problem, Problems, raise_all
from data.ingest.open_file import open_file
from data.ingest.personal_data import refuse
from data.ingest.sheet import Sheet

__all__ = ["InUse", "Plan", "PlanRow", "plan_in_use", "read_plan"]


@dataclass(frozen=True)
class Plan:
    """A plan without problems: the file it came from, the version of its template, and its rows in their order.

    place: the file as a reader may type it. event: the event of the records it stands by, 0 where files alone say it.
    """

    file: str
    version: int
    example: bool
    rows: tuple[PlanRow, ...]
    place: str = ""
    event: int = 0


@dataclass(frozen=True)
class InUse:
    """The newest plan without problems, and why newer files were passed over."""

    plan: Plan | None
    refused: Mapping[str, tuple[Problem, ...]]


def read_plan(path: Path) -> Plan:
    """Return a plan. Raises `Problems` with every fault and its cell; nothing that belongs to a person comes in.

    The file may be the template filled in (.xlsx), the same table as text, or TOML (`data/plan/plan-*.toml`).
    """
    form, problems = plan_form(), list[Problem]()
    cells = plan_cells(path, problems)
    if cells.version != form.version:
        found = "–" if cells.version is None else str(cells.version)
        place = "template" if path.suffix == ".toml" else "A1"
        facts = {"sheet": cells.sheet, "cell": place, "expected": str(form.version), "found": found}
        raise_all(path.name, [Problem(code="plan_version", file=path.name, **facts)])
    rows = rows_of(cells, path.name, problems)
    if not cells.rows and not problems:
        problems.append(Problem(code="plan_no_rows", file=path.name, sheet=cells.sheet, cell="A1"))
    raise_all(path.name, _once(problems))
    return Plan(path.name, form.version, cells.example, rows, paths.told(path))


def plan_in_use(folder: Path | None = None) -> InUse:
    """Return the plan in use: of the files `plan-*.toml` and `plan-*.xlsx`, the last by name that has no problem.

    Those of one folder, else of the home's, then of the shipped ones where they are the home municipality's. A newer
    file with problems is passed over and told about: the old plan stays. The files are read again when one of them, or
    an indicator, has changed. Raises HomeUnusable.
    """
    places = (folder,) if folder else of_the_municipality("plan")
    return _in_use(places, stamp(*places, *paths.layers("indicators")))


@lru_cache(maxsize=4)
def _in_use(places: Places, _stamp: str) -> InUse:
    refused: dict[str, tuple[Problem, ...]] = {}
    for path in (file for place in places for file in _plans_in(place)):
        try:
            return InUse(read_plan(path), refused)
        except Problems as group:
            refused[path.name] = tuple(each for each in group.exceptions if isinstance(each, Problem))
    return InUse(None, refused)


def _plans_in(folder: Path) -> list[Path]:
    return sorted((*folder.glob("plan-*.toml"), *folder.glob("plan-*.xlsx")), reverse=True)


def plan_cells(path: Path, problems: list[Problem] | None = None) -> Cells:
    """Return the cells of a plan's file as they stand; what they cannot be is added to the problems."""
    form, problems = plan_form(), [] if problems is None else problems
    if path.suffix.lower() == ".toml" and path.is_file():
        cells = from_toml(path, form, problems)
        said = [word for row in cells.rows for cell in row.values() for word in dict.fromkeys(cell.words.values())]
        refuse([Sheet("", tuple((word, ".") for word in said))])
        return cells
    book = open_file(path)
    refuse(book)
    if not book.sheets:
        raise_all(path.name, [Problem(code="plan_no_header", file=path.name, cell="A1")])
    return from_book(book, path.read_bytes(), form, problems)


def _once(problems: list[Problem]) -> list[Problem]:
    """Return the problems without those that only follow from a formula in the same cell."""
    formulas = {each.cell for each in problems if each.code == "plan_formula"}
    return [each for each in problems if each.code == "plan_formula" or each.cell not in formulas]


def today() -> dt.date:
    """Return the day on which the statuses of a plan are told."""
    return dt.datetime.now(dt.UTC).date()
