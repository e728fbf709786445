"""Made-up spells with a known truth: a Markov chain by month, of people who exist nowhere, in the contract's layout."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data.catalogue import regions
from data.spells.area import municipalities
from data.spells.rules import FOLDER, State, rules
from data.toml import read_toml, within

_TOGETHER = 50_000  # persons made at a time, and kept in one file
_MERGED = 2020  # from when today's numbers are written; those who moved in before have the old ones
_START = 15
_UNEMPLOYED, _ASSISTANCE = "registered_unemployed", "social_assistance"
Share = Annotated[float, within(0, 1)]
Chances = NDArray[np.float64]


@dataclass(frozen=True)
class _World:
    first: str
    months: int
    born_before: int
    cohort: float
    season: tuple[float, ...]
    hidden_beneath: Share
    moves_away: Share
    moves_within: Share
    size_spread: float


@dataclass(frozen=True)
class InventedWorld:
    """What `invented.toml` says: the chances to move, and what the world is like."""

    moves: dict[State, dict[State, Share]]
    world: _World

    @property
    def states(self) -> tuple[str, ...]:
        """The states of the chain, in the order of precedence."""
        return rules().states[:-1]

    @property
    def first_month(self) -> int:
        """The first month, as year * 12 + month - 1."""
        year, month = map(int, self.world.first.split("-"))
        return year * 12 + month - 1

    def chances(self, month: int, *, late: bool) -> Chances:
        """Return the matrix of moves into a month (rows: from, columns: to) of those born late or early."""
        names = self.states
        matrix = np.zeros((len(names), len(names)))
        for origin, ways in self.moves.items():
            for target, chance in ways.items():
                factor = self.world.season[month % 12] if target == _UNEMPLOYED else 1.0
                factor *= self.world.cohort if late and target == _UNEMPLOYED else 1.0
                matrix[names.index(origin), names.index(target)] = chance * factor
        np.fill_diagonal(matrix, 1 - matrix.sum(axis=1))
        return matrix


def world() -> InventedWorld:
    """Return the made-up world."""
    return read_toml(FOLDER / "invented.toml", InventedWorld)


def generate(persons: int, seed: int, out: Path, area: tuple[str, ...]) -> dict[str, Any]:
    """Write `spells/`, `persons/` and `truth.json` into a new folder; return what was written."""
    made, draw = world(), np.random.default_rng(seed)
    places = sorted(municipalities(area))
    sizes = draw.lognormal(0.0, made.world.size_spread, len(places))
    for name in ("spells", "persons"):
        (out / name).mkdir(parents=True)
    rows = 0
    for number, begin in enumerate(range(0, persons, _TOGETHER)):
        group = _Group(made, draw, begin, min(_TOGETHER, persons - begin))
        spells, homes = group.spells(), group.homes(places, sizes / sizes.sum())
        spells.write_parquet(out / "spells" / f"part-{number:04}.parquet")
        homes.write_parquet(out / "persons" / f"part-{number:04}.parquet")
        rows += spells.height
    truth = _truth(made) | {"persons": persons, "seed": seed}
    (out / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    return {"persons": persons, "spells": rows, "out": str(out)}


def _truth(made: InventedWorld) -> dict[str, Any]:
    """Return the chances that made the spells: a matrix for each calendar month and for those born early and late."""
    matrices = {
        name: [made.chances(month, late=late).round(12).tolist() for month in range(12)]
        for name, late in (("early", False), ("late", True))
    }
    return {"states": made.states, "born_before": made.world.born_before, "moves_into_month": matrices}


class _Group:
    """Some persons, drawn together: born, living somewhere, in one state a month."""

    def __init__(self, made: InventedWorld, draw: np.random.Generator, begin: int, number: int) -> None:
        first, months = made.first_month, made.world.months
        self.made, self.draw, self.number, self.first, self.months = made, draw, number, first, months
        last_year = (first + months - 1) // 12
        self.born = draw.integers(first // 12 - 29, last_year - _START + 1, number)
        self.sex = draw.integers(0, 2, number)
        self.keys = np.char.add("made-up-", np.char.zfill((np.arange(number) + begin).astype(str), 9))
        leaves = draw.geometric(max(made.world.moves_away, 1e-12), number)
        self.gone = np.where(leaves < months, leaves, months)

    def _paths(self) -> NDArray[np.int8]:
        """Return the state of each person (rows) in each month (columns); before 15 everybody is in education."""
        names, late = self.made.states, self.born >= self.made.world.born_before
        school = names.index("education")
        state = np.full(self.number, school)
        path = np.empty((self.number, self.months), np.int8)
        for step in range(self.months):
            month = self.first + step
            young = month // 12 - self.born < _START
            up_to = {own: self.made.chances(month, late=own).cumsum(axis=1) for own in (False, True)}
            drawn = self.draw.random((self.number, 1))
            moved = np.where(late, (drawn > up_to[True][state]).sum(1), (drawn > up_to[False][state]).sum(1))
            state = np.where(young, school, np.minimum(moved, len(names) - 1))
            path[:, step] = state
        return path

    def spells(self) -> pl.DataFrame:
        """Return the spells: runs of one state; the last is open. Who is outside without benefit has none."""
        path, names = self._paths(), self.made.states
        begins = np.ones_like(path, bool)
        begins[:, 1:] = path[:, 1:] != path[:, :-1]
        who, start = np.nonzero(begins)
        end = np.append(start[1:], self.months)
        end[np.append(who[1:] != who[:-1], True)] = self.months
        end, state = np.minimum(end, self.gone[who]), path[who, start]
        rows = pl.DataFrame(
            {
                "person": self.keys[who],
                "state": np.array(names)[state],
                "from": _days(self.first + start),
                "to": _days(self.first + end),
            }
        ).with_columns(pl.when(pl.Series(end < self.months)).then(pl.col("to").dt.offset_by("-1d")).alias("to"))
        rows = rows.filter(pl.Series(start < end) & (pl.col("state") != names[-1]))
        over = rows.filter(pl.Series(self.draw.random(rows.height) < self.made.world.hidden_beneath))
        beneath = over.filter(pl.col("state") != _ASSISTANCE).with_columns(state=pl.lit(_ASSISTANCE))
        return pl.concat([rows, beneath]).sort("person", "from", "state")

    def homes(self, places: list[str], shares: Chances) -> pl.DataFrame:
        """Return where they live: from the first day, after a move, and nowhere when they are gone."""
        old, world = _old_numbers(), self.made.world
        start = np.zeros(self.number, np.int64)
        moves = self.draw.geometric(max(world.moves_within, 1e-12), self.number)
        moved = np.flatnonzero((moves < self.months) & (moves < self.gone))
        gone = np.flatnonzero(self.gone < self.months)
        parts = []
        for who, when in ((np.arange(self.number), start), (moved, moves[moved])):
            lives = self.draw.choice(len(places), len(who), p=shares)
            codes = [
                old[places[place]][self.draw.integers(len(old[places[place]]))]
                if (self.first + month) // 12 < _MERGED and old.get(places[place])
                else places[place]
                for place, month in zip(lives, when, strict=True)
            ]
            parts.append(self._rows(who, when, codes))
        parts.append(self._rows(gone, self.gone[gone], [None] * len(gone)))
        return pl.concat(parts).sort("person", "from")

    def _rows(self, who: NDArray[np.intp], when: NDArray[np.int64], codes: list[str | None]) -> pl.DataFrame:
        sexes = np.array(["female", "male"])[self.sex[who]]
        columns = {"person": self.keys[who], "birth_year": self.born[who].astype(np.int32), "sex": sexes}
        own = pl.DataFrame(columns).with_columns(municipality=pl.Series(codes, dtype=pl.String))
        return own.with_columns(pl.Series("from", _days(self.first + when)))


def _days(months: NDArray[np.int64]) -> pl.Series:
    """Return the first day of each month."""
    return pl.Series([date(month // 12, month % 12 + 1, 1) for month in months.tolist()], dtype=pl.Date)


def _old_numbers() -> Mapping[str, list[str]]:
    """Return the numbers that each municipality which came of a merger had before, where no other came of them."""
    heirs: dict[str, list[str]] = {}
    rows = list(regions().filter("current", level="municipality").select("code", "predecessors").iter_rows())
    for code, predecessors in rows:
        for old in predecessors:
            heirs.setdefault(old, []).append(code)
    ended = dict(regions().filter(level="municipality").select("code", "valid_to").iter_rows())
    return {code: [p for p in old if heirs[p] == [code] and ended.get(p) == _MERGED - 1] for code, old in rows}
