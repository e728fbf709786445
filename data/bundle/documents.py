"""What a bundle says of itself to people, in Markdown: what it is, what its columns mean, licences and changes."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from data.bundle.contents import meanings, purpose
from data.i18n import LANGUAGES, say
from data.warehouse.pointer import Build

SHORT = 12  # of a checksum, where a person compares it


def readme(build: Build, tables: Mapping[str, pl.DataFrame]) -> str:
    """Return the introduction, Norwegian first, English below."""
    facts = {"hash": build.hash, "built_at": build.built_at, "figures": tables["observation"].height}
    facts |= {"editions": tables["edition"].height}
    parts = [say("data", lang, "bundle.readme", **facts).strip() for lang in LANGUAGES]
    if tables["edition"]["example"].any():
        parts = [say("data", lang, "bundle.example") for lang in LANGUAGES] + parts
    return "\n\n".join(parts) + "\n"


def dictionary(tables: Mapping[str, pl.DataFrame]) -> str:
    """Return every table with its columns: type, unit, meaning; and every indicator."""
    parts = ["# Data dictionary", say("data", "en", "bundle.dictionary")]
    for name, frame in tables.items():
        rows = [
            (f"`{column}`", str(kind), meanings()[name][column].unit or "–", meanings()[name][column].says)
            for column, kind in frame.schema.items()
        ]
        parts += [f"## `{name}`", purpose(name), _markdown(("column", "type", "unit", "meaning"), rows)]
    told = ("id", "label_en", "numerator_en", "denominator_en", "frequency", "rounding_en", "overlap_en")
    heads = [column.removesuffix("_en") for column in told]
    return "\n\n".join([*parts, "## Indicators", _markdown(heads, tables["indicator"].select(told).iter_rows())]) + "\n"


def licence_list(tables: Mapping[str, pl.DataFrame]) -> str:
    """Return the licence of every delivery and study, as its publisher states it."""
    deliveries = tables["edition"].select("edition", "publisher", "title", "licence", "published", "url", "sha256")
    short = deliveries.with_columns(pl.col("sha256").str.head(SHORT))
    studies = tables["outcome_study"].select("id", "publisher", "title_en", "licence", "issued", "url")
    heads = ("id", "publisher", "title", "licence", "published", "address")
    parts = ["# Licences", say("data", "en", "bundle.licences"), "## Deliveries (`edition`)"]
    parts += [_markdown((*heads, "checksum"), short.iter_rows()), "## Studies (`outcome_study`)"]
    return "\n\n".join([*parts, _markdown(heads, studies.iter_rows())]) + "\n"


def changes(notice: pl.DataFrame) -> str:
    """Return how many published figures each new edition corrected, withdrew or made final."""
    parts = ["# Changes of figures", say("data", "en", "bundle.changes")]
    counted = notice.group_by("new_edition", "old_edition", "indicator", "code").len("figures").sort(pl.all())
    heads = ("new edition", "old edition", "indicator", "what", "figures")
    none = say("data", "en", "bundle.no_changes")
    return "\n\n".join([*parts, _markdown(heads, counted.iter_rows()) if counted.height else none]) + "\n"


def _markdown(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    told = [["–" if cell is None else str(cell).replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in [heads, ["---"] * len(heads), *told])
