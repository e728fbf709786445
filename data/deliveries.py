"""Deliveries in `data/raw/<source>/<edition>/`: a file and its sidecar, read into observations."""

import hashlib
import tomllib
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

import polars as pl

from data.catalogue import indicators
from data.contract import Delivery, Problem
from data.sources import parse, table

RAW = Path(__file__).resolve().parent / "raw"
DATA_FILES = (".csv", ".xlsx", ".json", ".parquet", ".dta", ".sav", ".px")


@dataclass(frozen=True)
class Sidecar:
    """What the sidecar `x.toml` says of the delivery `x.csv`: origin, dates, licence, checksum.

    adapter: `table` (Innenfor's own layout), a publisher's (`ssb`, `nav`, `county`, `uia`).
    source: the line that credits the publisher. example: made-up data, watermarked wherever they show.
    """

    file: Path
    adapter: str
    publisher: str
    table: str
    title: str
    source: str
    published: str
    accessed: str
    licence: str
    edition: str
    sha256: str
    title_en: str = ""
    url: str = ""
    note_nb: str = ""
    note_en: str = ""
    example: bool = False
    preliminary: tuple[str, ...] = ()

    @property
    def folder_source(self) -> str:
        """The source folder under `raw/`: whose disclosure rule applies."""
        return self.file.parent.parent.name


def sidecars(raw: Path | None = None) -> tuple[list[Sidecar], list[Problem]]:
    """Return every delivery's sidecar, and all problems with them: nothing in `raw/` is passed over in silence."""
    raw = raw or RAW
    found: list[Sidecar] = []
    problems: list[Problem] = []
    if not any(raw.glob("*/*/*.toml")):
        problems.append(_problem("raw_empty", raw, expected="raw/<source>/<edition>/*.toml", found="–"))
    for path in sorted(raw.glob("*/*/*")):
        if path.suffix == ".toml":
            result = _sidecar(path)
            found, problems = _sorted_in(result, found, problems)
        elif path.suffix in DATA_FILES and not path.with_suffix(".toml").exists():
            problems.append(_problem("sidecar_missing", path, expected=path.with_suffix(".toml").name, found="–"))
    problems += list(_repeated_editions(found))
    return found, problems


def observations(sidecar: Sidecar) -> pl.DataFrame:
    """Read a delivery into observation rows. Raises an ExceptionGroup of Problem where it is not fully understood."""
    delivery = table.parse(sidecar.file) if sidecar.adapter == "table" else parse(sidecar.file, sidecar.adapter)
    rows = _tied_to_indicators(delivery)
    if sidecar.preliminary:
        is_preliminary = pl.col("period").is_in(sidecar.preliminary) & (pl.col("status") == "final")
        rows = rows.with_columns(
            pl.when(is_preliminary).then(pl.lit("preliminary")).otherwise("status").alias("status")
        )
    return rows.with_columns(pl.lit(sidecar.edition).alias("edition"))


def problems_in(error: BaseException) -> list[Problem]:
    """Return the problems an error holds, however deeply grouped. Anything else is a defect and is raised again."""
    if isinstance(error, BaseExceptionGroup):
        return [problem for part in error.exceptions for problem in problems_in(part)]
    if isinstance(error, Problem):
        return [error]
    raise error


def _tied_to_indicators(delivery: Delivery) -> pl.DataFrame:
    """Name each row's indicator by its measure; a table no indicator names is a problem, not a silent nothing."""
    tied = {measure: indicator.id for indicator in indicators().values() for measure in indicator.measures}
    unknown = delivery.rows.filter(~pl.col("measure").is_in(list(tied)))
    if unknown.height:
        row = unknown.row(0, named=True)
        problem = Problem(
            code="no_indicator", file=delivery.title, sheet="", cell=row["cell"], expected=", ".join(sorted(tied)),
            found=row["measure"],
        )  # fmt: skip
        raise ExceptionGroup("not tied to an indicator", [problem])
    population = pl.col("population") if "population" in delivery.rows.columns else pl.lit(None, dtype=pl.Int64)
    parts = pl.col("parts_missing") if "parts_missing" in delivery.rows.columns else pl.lit(0, dtype=pl.Int64)
    return delivery.rows.select(
        pl.col("measure").replace_strict(tied).alias("indicator"),
        "region_code", "period", "age_group", pl.col("sex").fill_null("both"), "count",
        population.alias("population"), pl.col("share").alias("value"),
        pl.col("status").replace("not_applicable", "missing"),
        parts.alias("parts_missing"),
    )  # fmt: skip


def _sidecar(path: Path) -> Sidecar | Problem:
    try:
        raw: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return _problem("sidecar_unreadable", path, expected="TOML, UTF-8", found=str(error))
    known = {field.name: field for field in fields(Sidecar) if field.name != "file"}
    required = {name for name, field in known.items() if field.default is MISSING}
    if required - raw.keys() or raw.keys() - known.keys():
        odd = sorted(raw.keys() - known.keys())
        return _problem(
            "sidecar_keys", path, expected=", ".join(sorted(required)), found=_keys_found(required, raw, odd)
        )
    return _with_file(path, raw)


def _keys_found(required: set[str], raw: dict[str, Any], odd: list[str]) -> str:
    lacking = sorted(required - raw.keys())
    return "; ".join([f"− {key}" for key in lacking] + [f"+ {key}" for key in odd])


def _with_file(path: Path, raw: dict[str, Any]) -> Sidecar | Problem:
    data_file = next((file for suffix in DATA_FILES if (file := path.with_suffix(suffix)).exists()), None)
    if data_file is None:
        return _problem("delivery_missing", path, expected=f"{path.stem}.csv / .xlsx / .json", found="–")
    checksum = hashlib.sha256(data_file.read_bytes()).hexdigest()
    if checksum != raw["sha256"]:
        return _problem("checksum", data_file, expected=str(raw["sha256"]), found=checksum)
    return Sidecar(file=data_file, **{**raw, "preliminary": tuple(raw.get("preliminary", ()))})


def _sorted_in(
    result: Sidecar | Problem, found: list[Sidecar], problems: list[Problem]
) -> tuple[list[Sidecar], list[Problem]]:
    return (found, [*problems, result]) if isinstance(result, Problem) else ([*found, result], problems)


def _repeated_editions(found: list[Sidecar]) -> Iterator[Problem]:
    seen: dict[str, Sidecar] = {}
    for sidecar in found:
        if sidecar.edition in seen:
            other = seen[sidecar.edition].file.with_suffix(".toml").name
            yield _problem("edition_repeated", sidecar.file, expected=sidecar.edition, found=other)
        seen[sidecar.edition] = sidecar


def _problem(code: str, path: Path, *, expected: str, found: str) -> Problem:
    return Problem(code=code, file=path.name, sheet="", cell="", expected=expected, found=found)
