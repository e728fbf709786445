"""A table of texts against its contract: the problems it has, and its numbers once there are none."""

from collections.abc import Mapping

import polars as pl

from data.ingest.contract import DECIMAL, NUMERIC, ROWS, WHOLE, Column, Note, Problem, TableContract
from data.ingest.spelling import SIGN

_EXPECTED = {"count": "count", "share": "share", "percent": "percent", "number": "number"}
_CODES = {"count": "bad_count", "share": "bad_share", "percent": "bad_share", "number": "bad_number"}
_TOP = {"share": 1.0, "percent": 100.0}
_MONTHS = "jan|feb|mar|apr|ma[iy]|jun|jul|aug|sep|o[kc]t|nov|de[sc]"
_DATE = rf"^\d{{4}}-\d{{2}}-\d{{2}}|^(\d{{1,2}}[. -]+)?({_MONTHS})[a-z]*\.?[. -]*\d{{0,4}}$"
"""What Excel makes of an age such as 10-14: a date, in words or as it is stored."""


def problems(frame: pl.DataFrame, contract: TableContract, file: str = "") -> list[Problem]:
    """Return everything that is wrong with a table of texts.

    The frame holds the contract's columns as text and may hold `sheet` and, for a column `x`, `x_cell`: the
    place named in each problem.
    """
    absent = [column.name for column in contract.columns if column.name not in frame.columns]
    if absent:
        return [Problem(code="missing_column", file=file, expected=name, column=name) for name in absent]
    found: list[Problem] = []
    for column in contract.columns:
        if column.kind == "text":
            found += _text_problems(frame, column, file)
        else:
            found += _number_problems(frame, column, contract, file)
    for part, whole in contract.at_most:
        found += _above(frame, part, whole, contract, file)
    return found + _duplicates(frame, contract, file)


def notes(frame: pl.DataFrame, contract: TableContract) -> list[Note]:
    """Return what a reader must know of a table without problems: shares above 100 percent, as published."""
    if not contract.above_whole:
        return []
    share = _plain("share", contract).cast(pl.Float64, strict=False)
    rows = frame.filter((share > _TOP[contract.kinds()["share"]]).fill_null(value=False))
    places = rows.select(_sheet(frame, "share").alias("s"), _place(frame, "share").alias("c"), "share").head(1)
    return [Note("share_above_whole", sheet, cell, text, rows.height) for sheet, cell, text in places.iter_rows()]


def settle(frame: pl.DataFrame, contract: TableContract) -> pl.DataFrame:
    """Return the rows of a delivery from a table of texts without problems (columns and types: `ROWS`).

    A row whose count is hidden hides its share and value as well: together they would give the count back.
    """
    kinds = contract.kinds()
    main = pl.coalesce(*[_filled(name) for name in NUMERIC])
    state = _status(main, contract)
    cell = pl.coalesce(*[pl.when(_filled(name).is_not_null()).then(_column(frame, f"{name}_cell")) for name in NUMERIC])
    cell = pl.coalesce(cell, *[_nonempty(_column(frame, f"{name}_cell")) for name in NUMERIC], pl.lit(""))
    sheet = pl.coalesce(*[pl.when(_filled(n).is_not_null()).then(_sheet(frame, n)) for n in NUMERIC], _sheet(frame))
    numbers = [
        pl.when(pl.col("status").is_in(["final", "preliminary"])).then(_number(name, kinds, contract)).alias(name)
        for name in NUMERIC
    ]
    settled = frame.with_columns(
        status=state, cell=pl.when(sheet != "").then(sheet + "!" + cell).otherwise(cell)
    ).with_columns(numbers)
    return settled.with_columns(_nonempty(pl.col(n)).alias(n) for n in ("region_code", "region_name", "sex")).select(
        pl.col(name).cast(dtype) for name, dtype in ROWS.items()
    )


def _column(frame: pl.DataFrame, name: str) -> pl.Expr:
    return pl.col(name).fill_null("") if name in frame.columns else pl.lit("")


def _nonempty(text: pl.Expr) -> pl.Expr:
    return pl.when(text != "").then(text)


def _filled(name: str) -> pl.Expr:
    return _nonempty(pl.col(name))


def _status(text: pl.Expr, contract: TableContract) -> pl.Expr:
    symbols = {symbol: status for symbol, status in contract.symbols.items() if symbol}
    mark = contract.preliminary_mark
    marked = text.str.ends_with(mark) & (text != mark) if mark else pl.lit(value=False)
    number = pl.when(marked).then(pl.lit("preliminary")).otherwise(pl.lit("final"))
    return (
        pl.when(text.is_null())
        .then(pl.lit("missing"))
        .when(text.is_in(list(symbols)))
        .then(text.replace_strict(symbols, default=None, return_dtype=pl.String))
        .otherwise(number)
    )


def _plain(name: str, contract: TableContract) -> pl.Expr:
    """The text of a number with a point as decimal sign; symbols are null, the symbols of zero are 0."""
    text = _filled(name)
    if contract.preliminary_mark:
        text = text.str.strip_suffix(contract.preliminary_mark)
    text = pl.when(text.is_in(list(contract.zero_symbols))).then(pl.lit("0")).otherwise(text)
    text = pl.when(text.is_in([s for s in contract.symbols if s])).then(None).otherwise(text)
    if contract.decimal == ",":
        text = pl.when(text.str.contains(".", literal=True)).then(pl.lit("?")).otherwise(text.str.replace(",", "."))
    return _nonempty(text)


def _number(name: str, kinds: Mapping[str, str], contract: TableContract) -> pl.Expr:
    number = _plain(name, contract).cast(pl.Float64, strict=False)
    if kinds.get(name) == "count":
        return number.round(0).cast(pl.Int64)
    return number / 100 if kinds.get(name) == "percent" else number


def _text_problems(frame: pl.DataFrame, column: Column, file: str) -> list[Problem]:
    text = pl.col(column.name).fill_null("")
    found: list[Problem] = []
    if column.name == "age_group":
        found += _named(frame, text.str.to_lowercase().str.contains(_DATE), column, "age_is_date", file, "age_group")
    if column.pattern:
        bad = (text != "") & ~text.str.contains(column.pattern)
        found += _named(frame, bad, column, "bad_text", file, column.expected)
    if column.filled:
        found += _named(frame, text == "", column, "missing_value", file, column.expected or column.name)
    return found


def _number_problems(frame: pl.DataFrame, column: Column, contract: TableContract, file: str) -> list[Problem]:
    text = _plain(column.name, contract)
    pattern = WHOLE if column.kind == "count" else DECIMAL
    expected = _EXPECTED[column.kind]
    formula, percentage = text.str.starts_with("="), text.str.contains(SIGN)
    wrong = ~formula & ~percentage & ~text.str.contains(pattern)
    number = text.cast(pl.Float64, strict=False)
    right = text.str.contains(pattern)
    found = _named(frame, formula, column, "formula_without_value", file, expected)
    found += _named(frame, percentage, column, "percent_sign", file, expected)
    found += _named(frame, wrong, column, _CODES[column.kind], file, expected)
    if column.kind != "number":
        found += _named(
            frame,
            right & (number < 0),
            column,
            f"negative_{'count' if expected == 'count' else 'share'}",
            file,
            expected,
        )
    if column.kind in _TOP and not contract.above_whole:
        found += _named(frame, right & (number > _TOP[column.kind]), column, "share_above_one", file, expected)
    return found


def _named(frame: pl.DataFrame, bad: pl.Expr, column: Column, code: str, file: str, expected: str) -> list[Problem]:
    rows = frame.filter(bad.fill_null(value=False)).select(
        sheet=_sheet(frame, column.name), cell=_place(frame, column.name), found=pl.col(column.name).fill_null("")
    )
    return [
        Problem(code=code, file=file, sheet=sheet, cell=cell, expected=expected, found=found, column=column.name)
        for sheet, cell, found in rows.iter_rows()
    ]


def _sheet(frame: pl.DataFrame, name: str = "") -> pl.Expr:
    """The sheet of a figure: its own where count and share stand on two, else the row's."""
    return pl.coalesce(_nonempty(_column(frame, f"{name}_sheet")), _column(frame, "sheet"))


def _place(frame: pl.DataFrame, name: str) -> pl.Expr:
    own = [f"{name}_cell", *(() if name in NUMERIC else (f"{n}_cell" for n in NUMERIC))]
    return pl.coalesce(*[_nonempty(_column(frame, item)) for item in own], pl.lit(""))


def _above(frame: pl.DataFrame, part: str, whole: str, contract: TableContract, file: str) -> list[Problem]:
    if whole not in frame.columns:
        return []
    top = pl.col(whole).cast(pl.Float64, strict=False)
    bad = _plain(part, contract).cast(pl.Float64, strict=False) > top
    rows = frame.filter(bad.fill_null(value=False))
    places = rows.select(_column(frame, "sheet").alias("s"), _place(frame, part).alias("c"), part, whole).iter_rows()
    return [
        Problem(code="count_above_population", file=file, sheet=s, cell=c, expected=str(most), found=text, column=part)
        for s, c, text, most in places
    ]


def _duplicates(frame: pl.DataFrame, contract: TableContract, file: str) -> list[Problem]:
    key = list(contract.key)
    twice = frame.select(key).is_duplicated()
    if not twice.any():
        return []
    frame = frame.filter(twice)
    marked = frame.with_columns(
        _sheet=_column(frame, "sheet"),
        _cell=_place(frame, "measure"),
        _label=pl.concat_str([pl.col(n).fill_null("") for n in key], separator=" "),
    ).with_columns(
        _first=pl.col("_cell").first().over(key),
        _sheet1=pl.col("_sheet").first().over(key),
        _turn=pl.int_range(pl.len()).over(key),
    )
    rows = marked.filter(pl.col("_turn") > 0).select("_sheet", "_cell", "_sheet1", "_first", "_label")
    return [
        Problem(
            code="duplicate_row",
            file=file,
            sheet=sheet,
            cell=cell,
            found=" ".join(label.split()),
            expected="!".join(part for part in (sheet1, first) if part),
            column=key[0],
        )
        for sheet, cell, sheet1, first, label in rows.iter_rows()
    ]
