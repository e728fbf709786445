"""The tables of a build, as the schema in `sql/create_*.sql` wants them."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping

import polars as pl

from data import catalogue, paths
from data.deliveries.read import Sidecar
from data.home import own_over_shipped

OWN_LAYOUTS = {"table": "canonical_table", "flows": "transition_table", "occupations": "occupation_table"}


def tables_of(found: list[Sidecar], loaded: Mapping[str, pl.DataFrame], built_at: str) -> dict[str, pl.DataFrame]:
    """Return the tables of a build by name; `loaded` holds those that come of deliveries and registrations."""
    counts = _rows_by_edition(loaded.values())
    return {
        **loaded,
        "region": region_table(),
        "indicator": _indicator_table(),
        "edition": _edition_table(found, counts, built_at),
    }


def region_table() -> pl.DataFrame:
    """Return the regions as a build holds them: by one name, and without what follows from their years."""
    return catalogue.regions().drop("current", "also")


def _rows_by_edition(tables: Iterable[pl.DataFrame]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for table in tables:
        counts.update(dict(table.group_by("edition").len().iter_rows()) if "edition" in table.columns else {})
    return counts


def _indicator_table() -> pl.DataFrame:
    texts = ("label", "unit", "numerator", "denominator", "rounding", "overlap")
    same = ("id", "family", "publisher", "frequency", "polarity", "licence")
    return pl.DataFrame(
        [
            {f"{text}_{lang}": getattr(indicator, text)[lang] for text in texts for lang in ("nb", "en")}
            | {name: getattr(indicator, name) for name in same}
            | {"table_id": indicator.table, "breaks": [point.at for point in indicator.breaks]}
            for indicator in catalogue.indicators().values()
        ],
        schema_overrides={"breaks": pl.List(pl.String)},
    )


def _edition_table(found: list[Sidecar], counts: Mapping[str, int], built_at: str) -> pl.DataFrame:
    same = (
        *("edition", "publisher", "title", "title_en", "url", "sha256", "published", "accessed", "licence"),
        *("note_nb", "note_en", "example", "adapter"),
    )
    return pl.DataFrame(
        [
            {name: getattr(sidecar, name) for name in same}
            | {
                "source": sidecar.folder_source, "table_id": sidecar.table, "citation": sidecar.source,
                "citation_en": sidecar.source_en,
                "file": sidecar.file.name, "adapter_version": adapter_version(sidecar.adapter),
                "loaded_at": built_at, "row_count": counts[sidecar.edition],
            }
            for sidecar in found
        ]
    )  # fmt: skip


def adapter_version(adapter: str) -> str:
    """Return the hash of the adapter's code: its version, which nobody has to remember to raise."""
    name = OWN_LAYOUTS.get(adapter, adapter)
    places = (f"{name}.*", f"{name}/*.*", "layouts/*.py", f"layouts/{name}.toml")
    files = sorted(path for place in places for path in paths.ADAPTERS.glob(place) if path.is_file())
    files += [*own_over_shipped("layouts").values(), *own_over_shipped("subjects").values()]
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]
