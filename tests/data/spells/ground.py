"""A dozen made-up people whose months were worked out by hand, and a short run over them."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl

from data.spells.area import municipalities, place_margin
from data.spells.duckdb_engine import DuckDbEngine
from data.spells.engine import Engine
from data.spells.kept_rounding import CubeMark, KeptRounding, opened
from data.spells.rules import Rules, lookups, rules
from data.spells.steps import Counted, Steps
from data.spells.workplace import Workplace

SPELLS = {"person": pl.String, "state": pl.String, "from": pl.Date, "to": pl.Date}
PERSONS = {
    "person": pl.String, "birth_year": pl.Int32, "sex": pl.String, "municipality": pl.String, "from": pl.Date,
}  # fmt: skip
HORIZONS = (1, 3)
Row = Sequence[object]


def day(text: str) -> date:
    return date.fromisoformat(text)


def person(
    key: str, born: int = 2000, sex: str = "female", place: str | None = "4204", since: str = "2010-01-01"
) -> Row:
    return key, born, sex, place, day(since)


def spell(key: str, state: str, begin: str, end: str | None = None) -> Row:
    return key, state, day(begin), day(end) if end else None


DOZEN: list[Row] = [
    person("a"), person("b"), person("c", sex="male"), person("d", born=1990), person("e", born=2004),
    person("f", place="1001"), person("g", place="1507"), person("h"), person("h", place="4203", since="2019-03-01"),
    person("i"), person("i", place=None, since="2019-03-10"), person("j"), person("k", sex="male"), person("l"),
]  # fmt: skip
LIVES: list[Row] = [
    spell("a", "work", "2018-01-01"),  # open: works throughout
    spell("b", "registered_unemployed", "2019-02-01", "2019-03-31"), spell("b", "work", "2019-04-01"),
    spell("c", "social_assistance", "2018-06-01"), spell("c", "aap", "2019-02-10"),  # both: aap goes first
    spell("d", "education", "2018-01-01"),  # 29 in 2019
    spell("e", "education", "2018-01-01"),  # 15 in 2019
    spell("f", "on_measures", "2019-02-16"),  # begins the day after February's day: is on it from March
    spell("g", "work", "2018-01-01"),
    spell("h", "registered_unemployed", "2019-02-01"),
    spell("i", "registered_unemployed", "2019-02-15", "2019-02-15"),  # one day, the day of the month
    spell("j", "registered_unemployed", "2019-02-01", "2019-02-14"),  # over the day before the day of the month
    spell("k", "work", "2018-01-01", "2019-01-31"), spell("k", "work", "2019-01-10", "2019-02-28"),
    spell("l", "disability_benefit", "2018-01-01"),
]  # fmt: skip


def short_rules() -> Rules:
    """Return the rules with short times to follow."""
    return replace(rules(), after_months=HORIZONS, exits_by=HORIZONS)


def write_records(folder: Path, lives: Iterable[Row] = LIVES, people: Iterable[Row] = DOZEN) -> tuple[Path, Path]:
    folder.mkdir(parents=True, exist_ok=True)
    spells, persons = folder / "spells.parquet", folder / "persons.parquet"
    pl.DataFrame(list(lives), schema=SPELLS, orient="row").write_parquet(spells)
    pl.DataFrame(list(people), schema=PERSONS, orient="row").write_parquet(persons)
    return spells, persons


def duckdb(folder: Path) -> Engine:
    folder.mkdir(exist_ok=True, parents=True)
    return DuckDbEngine("500MB", folder)


def laid_out(engine: Engine, folder: Path, records: tuple[Path, Path], by: Rules) -> Workplace:
    """Return a workplace with everything bound that the steps need."""
    place = Workplace(engine, folder)
    for name, file in zip(("spells", "persons"), records, strict=True):
        engine.bind(name, [file])
    place.tables(lookups(by))
    for query in ("person", "residence", "spell"):
        engine.bind(query, [place.step(query, place.file(query))])
    places = engine.frame("places")["place"].to_list()
    place.tables({"place_margin": place_margin(places, municipalities(("0",)))})
    return place


def counted(engine: Engine, folder: Path, records: tuple[Path, Path], months: range, by: Rules) -> Counted:
    return Steps(laid_out(engine, folder, records, by), by, months, lambda *_: None).run()


def month(code: str) -> int:
    year, number = code.split("-")
    return int(year) * 12 + int(number) - 1


def kept_in(folder: Path, base: int) -> AbstractContextManager[KeptRounding]:
    """Open the file that keeps what small cells were told as."""
    return opened(folder / "cubes.rounding", CubeMark(base, "nav", example=False))


span = partial(lambda first, last: range(month(first), month(last) + 1))
