"""Notices: which published figures a new edition changed, withdrew or made final. Kept beside the edition."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import polars as pl

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
