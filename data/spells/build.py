"""From person spells to protected files: checked, counted month by month, rounded, put in place whole or not at all."""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from data import paths
from data.ingest.contract import Problem
from data.settings import settings
from data.spells import area, checks, files, kept_rounding
from data.spells.engine import Engine
from data.spells.published import Publication, month_code
from data.spells.rules import FOLDER, Rules, lookups, rules
from data.spells.steps import Progress, Steps
from data.spells.workplace import Workplace
from data.warehouse.build import BuildRunning

OpenEngine = Callable[[Path], Engine]
LOOK = ("residence", "spell")
KEPT = "cubes.rounding"
NOTE = "run.json"  # of a run that can go on: what it rests on, and the day it began


@dataclass(frozen=True)
class SpellsOrder:
    """What is asked for: the files, where to, whose records they are, which places they hold everybody of.

    first, last: months as `2019-01`; empty: from the first day a spell begins to the last. kept: the file of what small
    cells were told as before; None: the one beside the folder that is made.
    """

    spells: Path
    persons: Path
    out: Path
    source: str
    area: tuple[str, ...]
    first: str = ""
    last: str = ""
    example: bool = False
    kept: Path | None = None

    @property
    def kept_file(self) -> Path:
        """The file of what small cells were told as."""
        return self.kept or self.out.with_name(KEPT)


@dataclass(frozen=True)
class SpellsReport:
    """What was made: the deliveries, the file of quarters, and how many rows were handled by each rule.

    kept: where what small cells were told as is kept; again: how many months and cohorts of it were told before.
    """

    deliveries: tuple[Path, ...]
    quarters: Path
    handled: Mapping[str, int]
    months: tuple[str, str]
    places: int
    kept: Path
    again: int


def build_cube(
    order: SpellsOrder, name: str, engine: OpenEngine, progress: Progress, by: Rules | None = None
) -> SpellsReport:
    """Build and return what was made. name: the engine's. A run that was stopped goes on where it stood.

    Raises Problem and Problems with everything that is wrong, SpellsFailed, BuildRunning.
    """
    members, by = area.municipalities(order.area), by or rules()
    work = order.out.with_name(f"{order.out.name}.work")
    kept_rounding.require_apart(order.kept_file, (paths.home(), paths.var(), order.out, work))
    kept_rounding.require_sound(order.kept_file, _mark_of(order, by))
    if order.out.exists() and not work.exists():
        raise Problem(code="spells_out_exists", file=order.out.name)
    work.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        with FileLock(work / "lock", timeout=0):
            if order.out.exists():  # a run that was cut off when all was done but the last of its cleaning up
                _without(work, keep=("lock",))
                raise Problem(code="spells_out_exists", file=order.out.name)
            report = _built(order, work, name, engine, (members, by, progress))
    except Timeout as error:
        raise BuildRunning(where=work.name, found="lock") from error
    except BaseException:
        _cleared(work)
        raise
    _cleared(work)
    return report


def _cleared(work: Path) -> None:
    """Remove the folder of a run that is whole or was refused: a next run has nothing there to go on from."""
    if not (work / NOTE).exists():
        shutil.rmtree(work)


def _without(work: Path, keep: Collection[str]) -> None:
    """Remove all that lies in the folder of a run but what is to be kept."""
    for left in work.iterdir():
        if left.name not in keep:
            shutil.rmtree(left) if left.is_dir() else left.unlink()


def _built(
    order: SpellsOrder, work: Path, name: str, opened: OpenEngine, rest: tuple[frozenset[str], Rules, Progress]
) -> SpellsReport:
    members, by, progress = rest
    spill = work / "spill"
    shutil.rmtree(spill, ignore_errors=True)
    spill.mkdir()
    engine = opened(spill)
    try:
        checks.open_contracts(engine, order.spells, order.persons)
        day = _begun(work, _mark(order, name, by))
        place = Workplace(engine, work)
        try:
            _prepared(place, order, by)
            months = _months(order, engine)
            handled = dict(engine.frame("handled").sort("rule").iter_rows())
            margin = area.place_margin(engine.frame("places")["place"].to_list(), members)
            if margin.is_empty():
                raise Problem(code="spells_area_empty", column="--area", found=", ".join(order.area))
        except (Problem, ExceptionGroup):
            (work / NOTE).unlink()
            raise
        place.tables({"place_margin": margin})
        counted = Steps(place, by, months, progress).run()
    finally:
        engine.close()
        shutil.rmtree(spill, ignore_errors=True)
    with kept_rounding.opened(order.kept_file, _mark_of(order, by)) as kept:
        deliveries, quarters = _published(order, work, Publication(counted, margin, by, kept), day)
    span = (month_code(months[0]), month_code(months[-1]))
    return SpellsReport(deliveries, quarters, handled, span, margin["told"].n_unique(), kept.file, kept.again)


def _mark_of(order: SpellsOrder, by: Rules) -> kept_rounding.CubeMark:
    threshold = max(by.threshold, settings().rule(order.source).threshold)
    return kept_rounding.CubeMark(threshold, order.source, order.example)


def _published(order: SpellsOrder, work: Path, cube: Publication, day: str) -> tuple[tuple[Path, ...], Path]:
    """Put the cube in its place, whole, and return where its deliveries and its quarters lie."""
    made = work / "out"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    deliveries, quarters = cube.write(made, files.DeliveryOrigin(order.source, day, order.example))
    if not deliveries:
        (work / NOTE).unlink()
        raise Problem(code="spells_nobody", file=order.persons.name, found=cube.by.whole_age, column="birth_year")
    _without(work, keep=("lock", NOTE, made.name))  # no person's row is left where the cube has its name
    cube.kept.save()  # before the cube has its name: what is told is never without it
    os.replace(made, order.out)
    (work / NOTE).unlink()
    return tuple(order.out / each.name for each in deliveries), order.out / quarters.relative_to(made)


def _prepared(place: Workplace, order: SpellsOrder, by: Rules) -> None:
    """Number the persons, check every row, and lay spells and places of residence ready under those numbers."""
    checks.require_pseudonyms(place.engine, order.persons)
    place.tables(lookups(by))
    place.engine.bind("person", [place.step("person", place.file("person"))])
    checks.require_sound(place.engine, order.spells, order.persons, by)
    for query in LOOK:
        place.engine.bind(query, [place.step(query, place.file(query))])


def _mark(order: SpellsOrder, name: str, by: Rules) -> str:
    """Return what a run rests on: its files, the rules, the queries and the engine. Another one starts anew."""
    found = [*checks.parquet_files(order.spells), *checks.parquet_files(order.persons)]
    told = [(str(each), each.stat().st_size, each.stat().st_mtime_ns) for each in found]
    queries = [each.read_text(encoding="utf-8") for each in sorted((FOLDER / "sql").glob("*.sql"))]
    asked = (order.area, order.source, order.first, order.last, order.example, name, repr(by))
    return hashlib.sha256(repr((told, queries, asked)).encode()).hexdigest()


def _begun(work: Path, mark: str) -> str:
    """Return the day a run began on; what another run left is removed."""
    note = work / NOTE
    if note.is_file():
        said = json.loads(note.read_text(encoding="utf-8"))
        if said["mark"] == mark:
            return str(said["day"])
    _without(work, keep=("lock", "spill"))
    day = datetime.now(UTC).date().isoformat()
    note.with_suffix(".part").write_text(json.dumps({"mark": mark, "day": day}), encoding="utf-8")
    os.replace(note.with_suffix(".part"), note)
    return day


def _months(order: SpellsOrder, engine: Engine) -> range:
    first, last = engine.frame("months").row(0)
    begin = _number(order.first) if order.first else first.year * 12 + first.month - 1
    end = _number(order.last) if order.last else last.year * 12 + last.month - 1
    if begin >= end:
        raise Problem(code="spells_months", column="period", found=f"{month_code(begin)} – {month_code(end)}")
    now = datetime.now(UTC).date()
    if end > (this := now.year * 12 + now.month - 1):
        raise Problem(code="spells_later", column="period", found=month_code(end), expected=month_code(this))
    return range(begin, end + 1)


def _number(month: str) -> int:
    try:
        day = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise Problem(code="spells_month", column="period", found=month, expected="2019-01") from None
    return day.year * 12 + day.month - 1
