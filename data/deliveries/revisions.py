"""Notices: which published figures a new edition changed, withdrew or made final. Kept beside the edition."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

import polars as pl

from data import paths
from data.toml import read_toml

KEY = ("indicator", "region_code", "period", "age_group", "sex")
SUFFIX = ".notices.tsv"  # neither a delivery nor a sidecar to the reader of `raw/`
SHOWN = ("final", "preliminary")
SCHEMA: Mapping[str, pl.DataType] = MappingProxyType(
    {"code": pl.String()}
    | {name: pl.String() for name in KEY}
    | {
        "old_count": pl.Int64(), "new_count": pl.Int64(), "old_population": pl.Int64(), "new_population": pl.Int64(),
        "old_value": pl.Float64(), "new_value": pl.Float64(), "old_status": pl.String(), "new_status": pl.String(),
        "old_edition": pl.String(), "new_edition": pl.String(),
    }
)  # fmt: skip
_NUMBERS = ("count", "population", "value")


def compare(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Return one notice for each figure of the old edition that the new one does not simply repeat (see `SCHEMA`).

    old, new: observation rows of one indicator. code: `withdrawn` where a figure that stood is hidden, missing or gone,
    `finalised` where a preliminary figure became final (whether the number changed or not), `corrected` where a number
    changed otherwise. A figure that was unknown before and stands now is new, not a correction: no notice.
    """
    columns = [*KEY, *_NUMBERS, "status", "edition"]
    both = (
        old.select(columns)
        .rename({name: f"old_{name}" for name in columns if name not in KEY})
        .join(
            new.select(columns).rename({name: f"new_{name}" for name in columns if name not in KEY}), on=KEY, how="left"
        )
    )
    edition = new["edition"][0] if new.height else None
    known = both.filter(pl.col("old_status").is_in(SHOWN)).with_columns(_code(), pl.lit(edition).alias("new_edition"))
    return known.drop_nulls("code").select(*SCHEMA).cast(pl.Schema(SCHEMA)).sort("code", *KEY)


def counts(notices: pl.DataFrame) -> dict[str, int]:
    """Return how many notices of each code there are."""
    return dict(notices.group_by("code").len().sort("code").iter_rows())


@dataclass(frozen=True)
class CountBound:
    """Of so many `persons` or more, one figure may be this many `times` the other."""

    persons: int
    times: float


@dataclass(frozen=True)
class ShareBound:
    """Shares (0–1) that lie this far `apart` may be this many `times` each other."""

    apart: float
    times: float


@dataclass(frozen=True)
class Doubt:
    """From what a change is so large that a fault is likelier than a correction; see `revisions.toml`."""

    withdrawn: float
    counts: tuple[CountBound, ...]
    shares: ShareBound


@cache
def bounds() -> Doubt:
    """Return from what a change is asked about."""
    return read_toml(paths.DATA / "deliveries" / "revisions.toml", Doubt)


def doubtful(notices: pl.DataFrame, shown: int | None = None) -> pl.DataFrame:
    """Return the notices of changes that are rather faults than corrections, the largest first.

    shown: how many figures the old edition shows, where figures it has and the new one lacks are withdrawn.
    """
    many = shown is not None and notices.filter(code="withdrawn").height > bounds().withdrawn * shown
    odd = _apart("count") | _apart("population") | _shares_apart()
    gone = (pl.col("code") == "withdrawn") & many
    times = pl.max_horizontal(_times("count"), _times("population"), _times("value"))
    return notices.filter(odd.fill_null(value=False) | gone).sort(times, descending=True, nulls_last=True)


def example(notices: pl.DataFrame) -> str:
    """Return the first notice as `4204 2024 15-29 both: 2465 → 246`, the new figure `–` where there is none."""
    row = notices.row(0, named=True)
    of = " ".join(str(row[name]) for name in KEY[1:])
    name = next((each for each in _NUMBERS if _changed(row, each)), "count")
    old, new = ("–" if row[side] is None else str(row[side]) for side in (f"old_{name}", f"new_{name}"))
    return f"{of}: {old} → {new}"


def _changed(row: Mapping[str, object], name: str) -> bool:
    """Tell whether a number of a notice changed, and not only went."""
    return row[f"new_{name}"] is not None and row[f"old_{name}"] not in (None, row[f"new_{name}"])


def _times(name: str) -> pl.Expr:
    return _larger(name) / pl.min_horizontal(f"old_{name}", f"new_{name}")


def _larger(name: str) -> pl.Expr:
    both = pl.col(f"old_{name}").is_not_null() & pl.col(f"new_{name}").is_not_null()
    return pl.when(both).then(pl.max_horizontal(f"old_{name}", f"new_{name}"))


def _apart(name: str) -> pl.Expr:
    """Return where numbers of persons are further apart than a correction of so many."""
    far = [(_larger(name) >= each.persons) & (_times(name) > each.times) for each in bounds().counts]
    return pl.any_horizontal(far).fill_null(value=False)


def _shares_apart() -> pl.Expr:
    """Return where shares are, of which nobody tells the persons."""
    bare = pl.any_horizontal(pl.col("old_count", "new_count").is_null())
    far = (pl.col("old_value") - pl.col("new_value")).abs() >= bounds().shares.apart
    return (bare & far & (_times("value") > bounds().shares.times)).fill_null(value=False)


def write(path: Path, notices: pl.DataFrame) -> None:
    """Write notices beside an edition, tab-separated; `path` ends in `SUFFIX`."""
    notices.write_csv(path, separator="\t", line_terminator="\n")


def read(*raw: Path) -> pl.DataFrame:
    """Return all notices in `raw/<source>/<edition>/`, in the order of folders; an empty frame where there are none."""
    files = [file for folder in raw for file in sorted(folder.glob(f"*/*/*{SUFFIX}"))]
    empty = pl.DataFrame(schema=SCHEMA)
    return pl.concat([empty, *(pl.read_csv(file, separator="\t", schema=dict(SCHEMA)) for file in files)])


def _code() -> pl.Expr:
    withdrawn = ~pl.col("new_status").is_in(SHOWN).fill_null(value=False)
    changed = pl.any_horizontal(pl.col(f"old_{name}").ne_missing(pl.col(f"new_{name}")) for name in _NUMBERS)
    final_now = (pl.col("old_status") == "preliminary") & (pl.col("new_status") == "final")
    return (
        pl.when(withdrawn).then(pl.lit("withdrawn"))
        .when(final_now).then(pl.lit("finalised"))
        .when(changed).then(pl.lit("corrected"))
        .alias("code")
    )  # fmt: skip
