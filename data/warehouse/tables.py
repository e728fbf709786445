"""The tables of a build, as the schema in `sql/create_*.sql` wants them."""

import hashlib

import polars as pl

from data import catalogue, paths
from data.deliveries.read import Sidecar

OWN_LAYOUTS = {"table": "canonical_table", "flows": "transition_table"}


def tables_of(
    found: list[Sidecar], rows: pl.DataFrame, moves: pl.DataFrame, changed: pl.DataFrame, built_at: str
) -> dict[str, pl.DataFrame]:
    """Return the tables of a build by name: observations `rows`, cohort flows `moves`, notices `changed`."""
    return {
        "region": catalogue.regions().drop("current"),
        "indicator": _indicator_table(),
        "edition": _edition_table(found, pl.concat([rows.select("edition"), moves.select("edition")]), built_at),
        "transition": moves,
        "notice": changed,
        "observation": rows.sort("indicator", "region_code", "age_group", "sex", "period"),
    }


def _indicator_table() -> pl.DataFrame:
    texts = ("label", "unit", "numerator", "denominator", "rounding", "overlap")
    return pl.DataFrame(
        [
            {f"{text}_{lang}": getattr(indicator, text)[lang] for text in texts for lang in ("nb", "en")}
            | {
                name: getattr(indicator, name)
                for name in ("id", "family", "publisher", "frequency", "polarity", "licence")
            }
            | {"table_id": indicator.table, "breaks": [point.at for point in indicator.breaks]}
            for indicator in catalogue.indicators().values()
        ],
        schema_overrides={"breaks": pl.List(pl.String)},
    )


def _edition_table(found: list[Sidecar], rows: pl.DataFrame, built_at: str) -> pl.DataFrame:
    counts = dict(rows.group_by("edition").len().iter_rows())
    same = (
        "edition",
        "publisher",
        "title",
        "title_en",
        "url",
        "sha256",
        "published",
        "accessed",
        "licence",
        "note_nb",
        "note_en",
    )
    return pl.DataFrame(
        [
            {name: getattr(sidecar, name) for name in (*same, "example", "adapter")}
            | {
                "source": sidecar.folder_source, "table_id": sidecar.table, "citation": sidecar.source,
                "file": sidecar.file.name, "adapter_version": adapter_version(sidecar.adapter),
                "loaded_at": built_at, "row_count": counts.get(sidecar.edition, 0),
            }
            for sidecar in found
        ]
    )  # fmt: skip


def adapter_version(adapter: str) -> str:
    """Return the hash of the adapter's code: its version, which nobody has to remember to raise."""
    name = OWN_LAYOUTS.get(adapter, adapter)
    files = sorted([*paths.ADAPTERS.glob(f"{name}.py"), *paths.ADAPTERS.glob(f"{name}/*.py")])
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]
