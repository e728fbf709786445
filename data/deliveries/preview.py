"""What a delivered file holds, and what would be otherwise if it were loaded beside what is loaded now."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import polars as pl

from data import paths
from data.deliveries import revisions
from data.deliveries.contents import Contents, contents
from data.deliveries.load import load, rows_of
from data.deliveries.observation_rules import observation_notes
from data.deliveries.read import sidecars
from data.disclosure.withhold import withhold
from data.settings import Disclosure, settings
from data.sources import source_of
from data.warehouse.connection import QueryFailed, listed
from data.warehouse.earlier import earlier
from data.warehouse.pointer import WarehouseMissing

_NEW = ""  # the edition of rows that have none yet
_APART = {"count": 0, "population": 0, "value": 0.00051}  # shares are printed as percent with a decimal at least
_CELL = [*revisions.KEY, "edition"]


@dataclass(frozen=True)
class Consequences:
    """What a file would bring that no loaded delivery of its indicators has, and what it would say otherwise.

    differing: edition → how many of its figures this file corrects, makes final or withdraws.
    """

    indicators: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    differing: Mapping[str, dict[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Preview:
    """What a file holds, how many figures the protection would hide because of it, and what it would change.

    hidden: figures of this file and of loaded editions that are shown now and would not be. notices: what it says
    otherwise, figure by figure (see `revisions.SCHEMA`), its own edition as yet without a name.
    """

    contents: Contents
    indicators: tuple[str, ...]
    regions: tuple[str, ...]
    periods: tuple[str, ...]
    hidden: int = 0
    changes: Consequences = Consequences()
    notices: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=revisions.SCHEMA))


def preview(file: Path, adapter: str | None, source: str | None = None, read: Contents | None = None) -> Preview:
    """Return what a file holds and would change; see `contents` for the arguments. Raises `Problems` as it does.

    read: what the file holds, where it has been read before.

    source: whose rule of protection applies, else the adapter's own, else that of the publisher in whose layout the
    file is; where there is none, the strictest.
    """
    found = read or _told(contents(file, adapter, source))
    source, held = source or adapter or source_of(found.layout), _names(found.rows)
    if found.kind != "observations":
        return Preview(found, *held)
    rows = found.rows.with_columns(edition=pl.lit(_NEW), source=pl.lit(source))
    beside = pl.concat([rows.clear(), *_beside(held[0])])
    return Preview(found, *held, *_compared(rows, beside))


def _told(found: Contents) -> Contents:
    """Return what a file holds, with what its figures say of each other."""
    said = observation_notes(found.rows) if found.kind == "observations" else []
    return replace(found, notes=(*found.notes, *said))


def _compared(new: pl.DataFrame, beside: pl.DataFrame) -> tuple[int, Consequences, pl.DataFrame]:
    """Return how many figures would be hidden, what would change, and every figure that does; frames as delivered.

    Loaded figures take part as they are published: what is said of a guess must not hang on what is hidden.
    """
    rules = {source: settings().rule(source) for source in pl.concat([beside, new])["source"].unique()}
    told = earlier(paths.var(), {each.edition for each in sidecars()[0]}).cells
    before = _published(beside, rules, told) if beside.height else beside
    after, _ = withhold(pl.concat([before, new], how="diagonal"), rules, earlier=told)
    shown = pl.concat([before, new], how="diagonal").filter(pl.col("status").is_in(revisions.SHOWN)).select(_CELL)
    hidden = shown.join(after.filter(status="suppressed"), on=_CELL, how="semi").height
    return hidden, *_changes(after.filter(edition=_NEW), before)


def _published(rows: pl.DataFrame, rules: Mapping[str, Disclosure], told: pl.DataFrame) -> pl.DataFrame:
    """Return loaded rows as readers have them; what is hidden here may be larger than a publisher's star."""
    hidden = (pl.col("status") == "suppressed") & (rows["status"] != "suppressed")
    return withhold(rows, rules, earlier=told)[0].with_columns(open_star=hidden)


def _changes(new: pl.DataFrame, loaded: pl.DataFrame) -> tuple[Consequences, pl.DataFrame]:
    pairs = zip(_names(new), _names(loaded), strict=True)
    indicators, regions, periods = (tuple(sorted(set(brought) - set(there))) for brought, there in pairs)
    editions = _in_the_same_digits(loaded, new).partition_by("edition", maintain_order=True)
    notices = pl.concat([pl.DataFrame(schema=revisions.SCHEMA), *(revisions.compare(old, new) for old in editions)])
    told = notices.partition_by("old_edition", as_dict=True, maintain_order=True)
    differing = {str(edition): revisions.counts(each) for (edition,), each in told.items()}
    return Consequences(indicators, regions, periods, differing), notices


def _in_the_same_digits(loaded: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Return the loaded rows that the new ones tell of, with their numbers where the two do not contradict each other.

    A number that one of them lacks is no contradiction, nor is a share that one of them has rounded.
    """
    brought = new.select(*revisions.KEY, *(pl.col(name).alias(f"new_{name}") for name in _APART))
    both = loaded.join(brought, on=revisions.KEY, how="inner", maintain_order="left")
    return both.with_columns(
        pl.when((pl.col(name) - pl.col(f"new_{name}")).abs() > apart).then(name).otherwise(f"new_{name}").alias(name)
        for name, apart in _APART.items()
    )


def _beside(names: Collection[str]) -> Iterator[pl.DataFrame]:
    """Yield the rows of the deliveries that are loaded for some indicators, as they were delivered."""
    editions = _editions_of(names)
    chosen = [each for each in sidecars()[0] if each.edition in editions]
    for rows in rows_of(load(chosen, [], lambda *_: None), "observations"):
        yield rows.filter(pl.col("indicator").is_in(list(names)))


def _editions_of(names: Collection[str]) -> set[str]:
    """Return the editions that hold figures of some indicators in the current build; none where there is no build."""
    try:
        return set(listed("editions_of_indicators", indicators=list(names)))
    except (WarehouseMissing, QueryFailed):
        return set()


def _names(rows: pl.DataFrame) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the indicators, regions and periods of rows; none of what they have no column for."""
    return _distinct(rows, "indicator"), _distinct(rows, "region_code"), _distinct(rows, "period")


def _distinct(rows: pl.DataFrame, column: str) -> tuple[str, ...]:
    return tuple(str(each) for each in sorted(set(rows[column]))) if column in rows.columns else ()
