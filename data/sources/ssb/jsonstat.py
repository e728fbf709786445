"""SSB's interface: JSON-stat2, with the status symbols other readers drop."""

import re
from math import prod
from typing import Any

import polars as pl

from data.ingest.contract import Note, Problem, TableContract, standard_columns
from data.ingest.open_file import Book, Number
from data.sources.adapter import AdapterReading, Layout
from data.sources.ssb.dimensions import Dimension, dimensions_of
from data.sources.ssb.vocabulary import (
    PRELIMINARY,
    SYMBOLS,
    ZERO,
    meaning,
    period_of,
    quantity_of,
    region_code,
)

CONTRACT = TableContract(
    "ssb_jsonstat",
    "SSB",
    standard_columns("percent", regions=False),
    SYMBOLS,
    preliminary_mark=PRELIMINARY,
    zero_symbols=ZERO,
    above_whole=True,
)
_MOST_CELLS = 2_000_000
_FIELDS = {"region": "region_code", "sex": "sex", "age": "age_group", "time": "period", "contents": "measure"}


def recognises(book: Book) -> bool:
    """Tell whether a file is a JSON-stat2 data set."""
    document = book.document
    return isinstance(document, dict) and document.get("class") == "dataset" and "dimension" in document


def read(book: Book) -> AdapterReading:
    """Return one record for each cell; `cell` is the flat index (last dimension fastest)."""
    document = book.document
    dimensions, found = dimensions_of(book.file, document)
    size = prod(len(dimension.codes) for dimension in dimensions)
    if not found and document.get("value") in (None, []):
        found = [Problem(code="no_values", file=book.file, column="value")]
    if not found and size > _MOST_CELLS:
        found = [Problem(code="too_many_rows", file=book.file, expected=str(_MOST_CELLS), found=str(size))]
    title = str(document.get("label", ""))
    if found:
        return AdapterReading(title, pl.DataFrame(), problems=tuple(found))
    texts, found = _texts(book.file, document, size)
    table, notes = _without_unknown_regions(_table(dimensions, texts, title), dimensions)
    return AdapterReading(
        title,
        table,
        (*notes, *_mandatory(document)),
        tuple(found),
        table_id=table_id(document, title),
        updated=str(document.get("updated", ""))[:10] or None,
        publisher=_publisher(document),
    )


def _texts(file: str, document: dict[str, Any], size: int) -> tuple[list[str], list[Problem]]:
    """Return each cell as its published text: the number, the symbol where there is none, `12*` where preliminary."""
    values, found = _cells(file, document.get("value"), size, "value")
    if found and not values:
        return [""] * size, found
    symbols, wrong = _cells(file, document.get("status") or {}, size, "status")
    texts = [""] * size
    for index, value in values.items():
        if value is not None and not isinstance(value, Number):
            found.append(Problem(code="bad_number", file=file, cell=str(index), expected="number", found=str(value)))
        texts[index] = str(value) if isinstance(value, Number) else ""
    for index, symbol in symbols.items():
        text = texts[index]
        if symbol not in (None, "", PRELIMINARY, *SYMBOLS) or (symbol == PRELIMINARY and not text):
            wrong.append(Problem(code="unknown_symbol", file=file, cell=str(index), found=str(symbol), column="status"))
        elif text and symbol in SYMBOLS and not (symbol in ZERO and float(text) == 0):
            wrong.append(Problem(code="status_conflict", file=file, cell=str(index), expected=str(symbol), found=text))
        elif symbol:
            texts[index] = text + symbol if symbol == PRELIMINARY else str(symbol)
    return texts, found + wrong


def _cells(file: str, given: object, size: int, column: str) -> tuple[dict[int, Any], list[Problem]]:
    """Return the cells by flat index, from a list, a sparse object or one text for all."""
    if isinstance(given, str) and column == "status":
        return dict.fromkeys(range(size), given), []
    if isinstance(given, list):
        if len(given) != size:
            return {}, [
                Problem(code="size_mismatch", file=file, expected=str(size), found=str(len(given)), column=column)
            ]
        return dict(enumerate(given)), []
    if not isinstance(given, dict):
        return {}, [Problem(code="no_values", file=file, column=column)]
    odd = [key for key in given if not key.isdecimal() or int(key) >= size]
    found = [
        Problem(code="size_mismatch", file=file, cell=key[:20], expected=f"0–{size - 1}", found=key, column=column)
        for key in odd
    ]
    return {int(key): value for key, value in given.items() if key not in odd}, found


def _table(dimensions: list[Dimension], texts: list[str], title: str) -> pl.DataFrame:
    size, step = len(texts), len(texts)
    flat = pl.int_range(0, size, eager=True)
    columns: dict[str, pl.Series] = {}
    quantity = pl.repeat(_quantity([""], [title])[0], size, eager=True)
    others: list[pl.Series] = []
    early = pl.repeat(value=False, n=size, eager=True)
    for dimension in dimensions:
        step //= len(dimension.codes)
        place = (flat // step) % len(dimension.codes)
        field = _FIELDS.get(dimension.role, "")
        if not field or field in columns:
            others.append(pl.Series([f"{dimension.id}={code}" for code in dimension.codes]).gather(place))
            continue
        columns[field] = pl.Series(_codes(dimension)).gather(place)
        if field == "region_code":
            columns["region_name"] = pl.Series(dimension.labels).gather(place)
        if field == "period":
            early = pl.Series([label.endswith(PRELIMINARY) for label in dimension.labels]).gather(place)
        if field == "measure":
            quantity = pl.Series(_quantity(dimension.units, dimension.labels)).gather(place)
    defaults = {"measure": title, "region_code": "", "region_name": "", "period": "", "age_group": "all", "sex": ""}
    number = pl.Series("text", texts, dtype=pl.String)
    marked = pl.select(
        pl.when(early & number.str.contains(r"\d$")).then(number + PRELIMINARY).otherwise(number)
    ).to_series()
    frame = pl.DataFrame({"text": marked, "quantity": quantity, "index": flat.cast(pl.String)} | columns)
    frame = frame.with_columns(pl.lit(text).alias(name) for name, text in defaults.items() if name not in columns)
    joined = pl.concat_str(others, separator=";") if others else pl.lit("")
    for name in ("count", "share", "value"):
        mine = pl.col("quantity") == name
        frame = frame.with_columns(
            pl.when(mine).then("text").otherwise(pl.lit("")).alias(name),
            pl.when(mine).then("index").otherwise(pl.lit("")).alias(f"{name}_cell"),
        )
    return frame.with_columns(joined.alias("dimensions"), pl.lit("").alias("sheet")).drop("text", "quantity", "index")


def _quantity(units: list[str], labels: list[str]) -> list[str]:
    return [quantity_of(unit, label) for unit, label in zip(units, labels, strict=True)]


def _codes(dimension: Dimension) -> list[str]:
    pairs = list(zip(dimension.codes, dimension.labels, strict=True))
    if dimension.role == "region":
        return [region_code(code) or f"?{code}" for code, _ in pairs]
    if dimension.role == "time":
        return [period_of(label) or period_of(code) or code for code, label in pairs]
    if dimension.role not in ("age", "sex"):
        return [code for code, _ in pairs]
    return [meaning(dimension.role, label) or meaning(dimension.role, code) or code for code, label in pairs]


def _without_unknown_regions(table: pl.DataFrame, dimensions: list[Dimension]) -> tuple[pl.DataFrame, list[Note]]:
    regions = [dimension for dimension in dimensions if dimension.role == "region"][:1]
    notes = [
        Note("unknown_region", what=f"{code} {label}")
        for dimension in regions
        for code, label in zip(dimension.codes, dimension.labels, strict=True)
        if not region_code(code)
    ]
    return table.filter(~pl.col("region_code").str.starts_with("?")), notes


def _mandatory(document: dict[str, Any]) -> list[Note]:
    owners = [document, *(body for body in document["dimension"].values() if isinstance(body, dict))]
    return [Note("mandatory_note", what=" ".join(text.split())) for owner in owners for text in _marked(owner)]


def _marked(owner: dict[str, Any]) -> list[str]:
    """Return the notes of a data set or dimension that its publisher demands be shown."""
    extension, texts = owner.get("extension"), owner.get("note")
    marks: Any = extension.get("noteMandatory") if isinstance(extension, dict) else None
    if not isinstance(marks, dict) or not isinstance(texts, list):
        return []
    return [str(text) for place, text in enumerate(texts) if marks.get(str(place))]


def _publisher(document: dict[str, Any]) -> str:
    source = str(document.get("source", ""))
    return "SSB" if re.search(r"statistisk sentralbyr|statistics norway|^ssb$|^$", source.lower()) else source


def table_id(document: dict[str, Any], title: str) -> str | None:
    """Return the number of the table a dataset is of, as it says itself, or as its title begins with five digits."""
    extension = document.get("extension")
    px: Any = extension.get("px") if isinstance(extension, dict) else None
    given = px.get("tableid") if isinstance(px, dict) else None
    return str(given) if given else (title[:5] if title[:5].isdecimal() else None)


LAYOUT = Layout(CONTRACT, recognises, read)
