"""What a delivered file holds, read in one way by `check` and by the build: what one calls fine, the other loads."""

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

import polars as pl

from data.curated.experiment.read import records
from data.deliveries.borders import in_force
from data.deliveries.observation_rules import observation_problems
from data.deliveries.occupations import occupations
from data.deliveries.tie import tied_to_indicators
from data.deliveries.transitions import transitions
from data.ingest.contract import Note, Problem, raise_all
from data.ingest.foreign_kind import foreign_kind
from data.ingest.open_file import limits
from data.ingest.refusal import refuse_text
from data.records import place
from data.records.in_use import experiments_ever
from data.settings import Disclosure, settings
from data.source_names import DATA_FILES, DELIVER_RAW, EXPERIMENTS, FLOWS, OCCUPATIONS, PUBLISHERS, TABLE
from data.sources import canonical_table, occupation_table, parse, transition_table, uia

Kind = Literal["observations", "transitions", "occupations", "results", "durations", "flow"]


@dataclass(frozen=True)
class Contents:
    """A file that was read whole: what its rows are, its layout, title, what was left out, and the rows.

    table, updated: the publisher's number of the table and the day it was updated, where the file says so.
    rows: of observations `indicator, region_code, …`, of transitions the columns of their table, of the rest those of
    `uia.ExperimentDelivery`.
    """

    kind: Kind
    layout: str
    rows: pl.DataFrame
    title: str = ""
    notes: tuple[Note, ...] = ()
    table: str = ""
    updated: str = ""


def contents(file: Path, adapter: str | None, source: str | None = None) -> Contents:
    """Return what a file holds.

    adapter: as a sidecar names it; None where nobody has said whose file it is. source: whose rule of protection
    applies, else the adapter's own. Raises `Problems` with everything that keeps the file out of the warehouse.
    """
    refuse_text(file.name, file.name)
    if file.suffix.lower() not in DATA_FILES:
        _refuse_foreign(file)
        code, expected = "not_a_data_file" if file.suffix else "no_ending", ", ".join(DATA_FILES)
        raise_all(file.name, [Problem(code=code, file=file.name, expected=expected, found=file.suffix)])
    if adapter == FLOWS or (adapter in (None, *DELIVER_RAW) and transition_table.recognises(file)):
        moves = transitions(file, _rule(source or adapter))
        return Contents("transitions", FLOWS, moves.rows, notes=moves.notes)
    if adapter == OCCUPATIONS or (adapter in (None, *PUBLISHERS) and occupation_table.recognises(file)):
        demand = occupations(file, _rule(source or adapter))
        return Contents("occupations", OCCUPATIONS, demand.rows, notes=demand.notes)
    if adapter == EXPERIMENTS or (adapter is None and uia.recognises(file)):
        return _of_experiments(file)
    return _observations(file, adapter)


def _refuse_foreign(file: Path) -> None:
    """Raise a problem that says what a file of a kind that is not read is, where that can be told."""
    known = {".geojson": "geojson_file"}.get(file.suffix.lower(), "")
    code = known or (
        foreign_kind(file.read_bytes()) if file.is_file() and file.stat().st_size <= limits()["bytes"] else ""
    )
    raise_all(file.name, [Problem(code=code, file=file.name)] if code else [])


def is_flows(file: Path, adapter: str) -> bool:
    """Return whether a file is read as transitions between states, which need a rule of protection."""
    return adapter == FLOWS or (adapter in DELIVER_RAW and file.is_file() and transition_table.recognises(file))


def _observations(file: Path, adapter: str | None) -> Contents:
    own = adapter == TABLE or (adapter in (None, *PUBLISHERS) and canonical_table.recognises(file))
    delivery = canonical_table.parse(file) if own else parse(file, adapter)
    tied = tied_to_indicators(delivery, file.name)
    rows, renumbered = in_force(tied.rows, file.name)
    raise_all(file.name, observation_problems(rows, file.name))
    told = (
        delivery.title,
        (*tied.notes, *renumbered),
        delivery.table_id or "",
        delivery.updated or "",
    )
    return Contents("observations", delivery.layout, rows, *told)


def _of_experiments(file: Path) -> Contents:
    """Return a delivery of experiments, each of which must have been registered before."""
    delivery = uia.parse(file)
    named = list(delivery.rows["experiment"].unique(maintain_order=True))
    known = [each.key for each in records()]
    if not set(named) <= set(known):  # only then: a database that cannot be reached stops no file that does without
        known += [each.key for each in experiments_ever(place.as_they_stand()) if each.key not in known]
    strangers = [each for each in named if each not in known]
    raise_all(file.name, [_unregistered(file, name, known) for name in strangers])
    return Contents(delivery.table, f"{EXPERIMENTS}_{delivery.table}", delivery.rows, notes=delivery.notes)


def _unregistered(file: Path, name: str, known: Collection[str]) -> Problem:
    near = get_close_matches(name, known, n=1)
    return Problem(code="experiment_not_registered", file=file.name, column="experiment", found=name,
                   expected=", ".join([*near, *(each for each in known if each not in near)]) or "–")  # fmt: skip


def _rule(source: str | None) -> Disclosure:
    """Return a source's rule of protection; of a file whose source is not named, the strictest of them."""
    return settings().rule(source or "")
