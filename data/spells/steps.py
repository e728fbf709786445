"""The steps from spells to counted cells: month by month, then cohort by cohort."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from data.spells.rules import LEFT, Rules
from data.spells.workplace import Workplace

Progress = Callable[[str, int, int], None]
_STEP = {"month": pl.Int32, "year": pl.Int32, "day": pl.Date, "months": pl.Int32, "without_spell": pl.Int32,
         "gone": pl.Int32, "youngest": pl.Int32, "followed_to": pl.Int32}  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """The files of counted cells: rates by month, and by cohort year what became of those who entered a state."""

    rates: Mapping[int, Path]
    starters: Mapping[int, Path]
    after: Mapping[tuple[int, int], Path]
    exits: Mapping[int, Path]
    quantiles: Mapping[int, Path]


@dataclass
class Steps:
    """One run. months: those that are told, as whole numbers (year * 12 + month - 1)."""

    place: Workplace
    by: Rules
    months: range
    progress: Progress
    _done: int = field(default=0, init=False)

    @property
    def years(self) -> tuple[int, ...]:
        """The years whose whole cohort is known: the month before January is, and so is December."""
        first, last = self.months[0], self.months[-1]
        return tuple(
            year for year in range(first // 12, last // 12 + 1) if first < year * 12 and year * 12 + 11 <= last
        )

    def run(self) -> Counted:
        """Do every step that is not done. Raises SpellsFailed."""
        rates = {month: self._month(month) for month in self.months}
        for month in self.months[1:]:
            self._entries(month)
        starters = {year: self._starters(year) for year in self.years}
        after = {(year, months): self._after(year, months) for year in self.years for months in self._horizons(year)}
        whole = [year for year in self.years if self._reach(year) >= self.by.exits_by[-1]]
        exits = {year: self._exits(year) for year in whole}
        return Counted(rates, starters, after, exits, {year: self.place.file("exit_quantiles", year) for year in whole})

    def _month(self, month: int) -> Path:
        self._tell("months")
        facts = {"month": month, "year": month // 12, "day": date(month // 12, month % 12 + 1, self.by.day),
                 "without_spell": self.by.code(self.by.without_spell), "gone": self.by.code(LEFT),
                 "youngest": self.by.youngest, "followed_to": self.by.followed_to}  # fmt: skip
        seen = self.place.step("person_months", self.place.file("person_months", month), _facts(**facts))
        return self.place.step("rates", self.place.file("rates", month), person_months=[seen])

    def _entries(self, month: int) -> None:
        self._tell("entries")
        now, before = (self.place.file("person_months", each) for each in (month, month - 1))
        self.place.step("entries", self.place.file("entries", month), this_month=[now], last_month=[before])

    def _starters(self, year: int) -> Path:
        self._tell("starters")
        entries = [self.place.file("entries", month) for month in _months_of(year)]
        target = self.place.step("starters", self.place.file("starters", year), entries=entries)
        return self.place.step("starters_count", self.place.file("starters_count", year), starters=[target])

    def _after(self, year: int, months: int) -> Path:
        self._tell("after")
        seen = [self.place.file("person_months", month + months) for month in _months_of(year)]
        bound = {"starters": [self.place.file("starters", year)], "person_months": seen}
        return self.place.step(
            "status_after", self.place.file("status_after", year, months), _facts(months=months), **bound
        )

    def _exits(self, year: int) -> Path:
        self._tell("exits")
        last = self.by.exits_by[-1]
        seen = [self.place.file("person_months", month) for month in range(year * 12 + 1, year * 12 + 12 + last)]
        bound = {"starters": [self.place.file("starters", year)], "person_months": seen}
        times = self.place.step("exit_times", self.place.file("exit_times", year), _facts(months=last), **bound)
        self.place.step("exit_quantiles", self.place.file("exit_quantiles", year), exit_times=[times])
        return self.place.step("first_exits", self.place.file("first_exits", year), exit_times=[times])

    def _tell(self, what: str) -> None:
        self._done += 1
        followed = [year for year in self.years if self._reach(year) >= self.by.exits_by[-1]]
        cohorts = sum(1 + len(self._horizons(year)) for year in self.years) + len(followed)
        self.progress(what, self._done, 2 * len(self.months) - 1 + cohorts)

    def _reach(self, year: int) -> int:
        """Return how many months after their start all those of a year's cohort are followed."""
        return self.months[-1] - (year * 12 + 11)

    def _horizons(self, year: int) -> list[int]:
        return [months for months in self.by.after_months if months <= self._reach(year)]


def _facts(**facts: object) -> pl.DataFrame:
    return pl.DataFrame([facts], schema={name: _STEP[name] for name in facts})


def _months_of(year: int) -> range:
    return range(year * 12, year * 12 + 12)
