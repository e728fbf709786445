"""What the build counts of made-up people is what the chances that made them give, near in time and five years on."""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from numpy.typing import NDArray

from data.__main__ import main
from data.spells.invented import world
from data.spells.published import read
from data.spells.rules import rules
from tests.data.spells import ground

YEAR, HORIZONS, FOLLOWED = 2017, (1, 3, 12, 60), (1, 3, 6, 12, 24)
FARTHEST, FEWEST = 4.0, 5  # standard deviations; of fewer expected, any number would do
pytestmark = pytest.mark.long


class _Chain:
    """The chances by month of those born early or late; to be gone is a state of its own, the last."""

    def __init__(self, folder: Path) -> None:
        told = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        self.size, self.born_before, self._moves = len(told["states"]), told["born_before"], told["moves_into_month"]

    @cached_property
    def matrices(self) -> dict[bool, list[NDArray[np.float64]]]:
        """By whether born late, the moves into each calendar month."""
        return {late: [self._with_gone(each) for each in self._moves[name]]
                for late, name in ((False, "early"), (True, "late"))}  # fmt: skip

    def _with_gone(self, moves: list[list[float]]) -> NDArray[np.float64]:
        away, whole = world().world.moves_away, np.eye(self.size + 1)
        whole[:-1, :-1], whole[:-1, -1] = (1 - away) * np.array(moves), away
        return whole

    def shares(self, origin: int, month: int, born: int, months: int) -> NDArray[np.float64]:
        """Where one who came into a state in a month is so many months later: a chance for each state."""
        share = np.eye(self.size + 1)[origin - 1]
        for step in range(1, months + 1):
            share = share @ self.matrices[born >= self.born_before][(month + step) % 12]
        return share

    def left_by(self, origin: int, month: int, born: int, months: int) -> NDArray[np.float64]:
        """The chance to have left the state by each month up to `months`."""
        into = [(month + step) % 12 for step in range(1, months + 1)]
        stays = [self.matrices[born >= self.born_before][each][origin - 1, origin - 1] for each in into]
        return 1 - np.cumprod(stays)


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> _Chain:
    folder = tmp_path_factory.mktemp("truth") / "records"
    assert main(["spells", "generate", "--persons", "5000", "--seed", "5", "--area", "42", "--out", str(folder)]) == 0
    return _Chain(folder)


@pytest.fixture(scope="module")
def counted(truth: _Chain, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what is counted of six years, and `starters.parquet`: a year's cohort with the years of birth."""
    folder = tmp_path_factory.mktemp("counted")
    records = next(path for path in folder.parent.glob("truth*/records"))
    parts = {name: pl.read_parquet(records / name / "*.parquet") for name in ("spells", "persons")}
    files = (folder / "spells.parquet", folder / "persons.parquet")
    for part, file in zip(parts.values(), files, strict=True):
        part.write_parquet(file)
    engine, by = ground.duckdb(folder / "spill"), replace(rules(), after_months=HORIZONS, exits_by=FOLLOWED)
    ground.counted(engine, folder, files, ground.span("2016-12", "2022-12"), by)
    engine.close()
    born = read(folder / "person.parquet").join(parts["persons"].unique("person"), on="person")
    read(folder / f"starters-{YEAR}.parquet").join(born, on="id").write_parquet(folder / "starters.parquet")
    return folder


def _each(counted: Path, chance: Callable[[int, int, int], NDArray[np.float64]], **only: int) -> NDArray[np.float64]:
    """Return the chances of every person of the cohort, a row each."""
    people = pl.read_parquet(counted / "starters.parquet").filter(**only).select("origin", "month", "birth_year")
    known = {facts: chance(*facts) for facts in people.unique().iter_rows()}
    return np.array([known[facts] for facts in people.iter_rows()])


@pytest.mark.parametrize("months", HORIZONS)
def test_where_people_are_is_where_the_chances_bring_them(truth: _Chain, counted: Path, months: int) -> None:
    cells = read(counted / f"status_after-{YEAR}-{months}.parquet")
    assert cells["persons"].sum() == pl.read_parquet(counted / "starters.parquet").height > 500  # nobody is lost
    compared = 0
    for origin in sorted(set(cells["origin"])):  # each by itself: who came into two states in the year stands in both
        after = dict(cells.filter(origin=origin).group_by("destination").agg(pl.sum("persons")).iter_rows())
        chances = _each(counted, lambda *who: truth.shares(*who, months), origin=origin)
        found = np.array([after.get(state, 0) for state in range(1, truth.size + 2)])
        expected, deviation = chances.sum(axis=0), np.sqrt((chances * (1 - chances)).sum(axis=0))
        told = expected >= FEWEST
        assert (np.abs(found - expected) <= FARTHEST * deviation)[told].all(), origin
        compared += told.sum()
    assert compared >= 10


@pytest.mark.parametrize(("quarter", "name"), [(0.25, "first_quarter"), (0.5, "half"), (0.75, "third_quarter")])
def test_a_quarter_has_left_when_the_chances_say_so(truth: _Chain, counted: Path, quarter: float, name: str) -> None:
    told = read(counted / f"exit_quantiles-{YEAR}.parquet").filter(place="0", age_group="15-29", sex="both")
    told = told.filter(pl.col("starters") >= rules().flows_from)
    assert told.height >= 4
    for origin, starters, month in told.select("origin", "starters", name).iter_rows():
        left = _each(counted, lambda *who: truth.left_by(*who, FOLLOWED[-1]), origin=origin)
        assert len(left) == starters
        spread = FARTHEST * np.sqrt(quarter * (1 - quarter) / starters)
        early, late = (_month(left.mean(axis=0), quarter + side) for side in (-spread, spread))
        assert early <= (month or FOLLOWED[-1] + 1) <= late


def _month(left: NDArray[np.float64], share: float) -> int:
    """Return the first month by which a share has left; one more than are followed where it has not."""
    return int(np.argmax(left >= share)) + 1 if (left >= share).any() else FOLLOWED[-1] + 1
