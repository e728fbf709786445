"""The rules by which spells become months: which day, which ages, which state goes first. Read from `rules.toml`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Annotated

import polars as pl

from data import paths
from data.age_group import AgeGroup
from data.catalogue import regions
from data.flow_states import states
from data.toml import Different, OneOf, Text, read_toml, within

FOLDER = paths.DATA / "spells"
LEFT = "left"
REMAIN = "remain"
BOTH, SEXES = "both", ("female", "male")
NATION = "0"

State = Annotated[str, OneOf(states)]


@dataclass(frozen=True)
class Rules:
    """What `rules.toml` says; each key is explained there."""

    day: Annotated[int, within(1, 28)]
    youngest: Annotated[int, within(0, 120)]
    oldest: Annotated[int, within(0, 120)]
    followed_to: Annotated[int, within(0, 120)]
    ages: tuple[Text, ...]
    after_months: tuple[int, ...]
    exits_by: tuple[int, ...]
    threshold: Annotated[int, within(2, 1000)]
    detailed_from: int
    flows_from: int
    quantiles_from: int
    precedence: Annotated[tuple[State, ...], Different]
    without_spell: State
    needed: tuple[State, ...]
    successors: dict[str, Text]

    @property
    def states(self) -> tuple[str, ...]:
        """Every state a person may be in, in the order of precedence; last those who are no longer followed."""
        return (*self.precedence, self.without_spell, LEFT)

    @property
    def whole_age(self) -> str:
        """The age group that holds all others."""
        return f"{self.youngest}-{self.oldest}"

    def code(self, state: str) -> int:
        """Return a state's number: its place in the order of precedence, from 1."""
        return self.states.index(state) + 1


def rules() -> Rules:
    """Return the rules in force."""
    return read_toml(FOLDER / "rules.toml", Rules)


def lookups(by: Rules) -> dict[str, pl.DataFrame]:
    """Return the small tables the queries look things up in, by name."""
    side = {name: states()[name].side for name in by.states}
    ages = [(age, group) for group in by.ages for age in AgeGroup.of(group).ages]
    spans = [(month, last) for first, last in pairwise((0, *by.exits_by)) for month in range(first + 1, last + 1)]
    return {
        "state_order": _table("state rank", [(name, by.code(name)) for name in by.precedence]),
        "origin": _table("state", [(by.code(name),) for name in by.states if side[name] in ("outside", "between")]),
        "way": _table("state way", [(by.code(name), _way(side[name])) for name in by.states]),
        "age_group": _table("age age_group", ages),
        "age_margin": _table(
            "age_group told", [(each, each) for each in by.ages] + [(e, by.whole_age) for e in by.ages]
        ),
        "sex_margin": _table("sex told", [(sex, told) for sex in SEXES for told in (sex, BOTH)]),
        "exit_span": _table("months told", spans),
        "border": borders(),
    }


def _way(side: str) -> str:
    return {"inside": "inside", "left": LEFT}.get(side, "elsewhere")


def _table(names: str, rows: Iterable[tuple[object, ...]]) -> pl.DataFrame:
    schema = names.split()
    whole = {"rank", "age", "months"} | ({"state"} if "rank" not in schema else set())
    own = {name: pl.Int32 if name in whole else pl.String for name in schema}
    if schema == ["months", "told"]:
        own["told"] = pl.Int32
    return pl.DataFrame(list(rows), schema=own, orient="row")


@cache
def borders() -> pl.DataFrame:
    """Return where each `kommunenummer` lies today: `code, place`, of every municipality there is or was.

    place: today's municipality; of one that was divided between several, its county (two digits).
    """
    return pl.DataFrame(sorted(_places().items()), schema={"code": pl.String, "place": pl.String}, orient="row")


def county_of() -> Mapping[str, str]:
    """Return the county of each municipality of today."""
    own = regions().filter("current", level="municipality")
    return dict(own.select("code", "county").iter_rows())


def _places() -> dict[str, str]:
    known = regions().filter(level="municipality")
    heir = {old: code for code, olds in known.select("code", "predecessors").iter_rows() for old in olds}
    heir |= rules().successors
    return {code: _end(code, heir) for code in known["code"]}


def _end(code: str, heir: Mapping[str, str]) -> str:
    while code in heir:
        code = heir[code]
    return code
