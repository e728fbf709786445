"""Numbers as people write them, turned into numbers as contracts want them, where only one reading is possible."""

import polars as pl

from data.ingest.contract import NUMERIC, Problem, TableContract
from data.ingest.open_file import Book

GROUPED = r"-?\d{1,3}( \d{3})+([.,]\d+)?"
FEW = r"(?i:(<|under|færre enn|mindre enn|less than|fewer than) ?\d{1,2})"
_END = r"( ?%)?\*?$"
_GROUPED, _POINT, _COMMA, _THOUSANDS = (
    rf"^{number}{_END}" for number in (GROUPED, r"-?\d+\.\d+", r"-?\d+,\d+", r"-?\d{1,3},\d{3}")
)
_APART = r"^-?[1-9]\d{0,2}( \d{3})+([.,]\d+)?$"
SIGN = r"\d ?%(\*?)$"
_ODD = r"[ ,.%<a-zæøå]"


def spelled(table: pl.DataFrame, contract: TableContract) -> pl.DataFrame:
    """Return a table of texts with its numbers written plainly.

    Thousands lose their spaces. A comma is a decimal sign where no number of its column has a point, and could not be
    one of thousands. A per cent sign goes where the unit is per cent, and stays, to be refused, where it is not.
    "Fewer than 4" is what the publisher's own sign for a hidden number says.
    """
    odd = [name for name in NUMERIC if name in table.columns and table[name].str.contains(_ODD).any()]
    return table.with_columns(_plain(table[name], name, contract) for name in odd)


def written_plainly(text: pl.Series) -> pl.Series:
    """Return numbers as texts with a point for a decimal comma, and without the spaces between thousands."""
    spaced = text.str.contains(_APART).fill_null(value=False)
    joined = text.to_frame("n").select(pl.when(spaced).then(pl.col("n").str.replace_all(" ", "")).otherwise("n"))["n"]
    return joined.alias(text.name).str.replace(",", ".", literal=True).str.replace("−", "-", literal=True)


def percentages(texts: pl.Series) -> pl.Series:
    """Return which texts are numbers with a per cent sign."""
    return texts.str.contains(SIGN).fill_null(value=False)


def unsigned(texts: pl.Series) -> pl.Series:
    """Return texts with no per cent sign after a number; what is said of the number after the sign stays."""
    return texts.str.replace(r"(\d) ?%(\*?)$", "${1}${2}")


def undecided(book: Book, table: pl.DataFrame) -> list[Problem]:
    """Name percentages of a workbook of which none is above 1: Excel keeps 9.9 % as 0.099, and nothing tells which."""
    shares = table["share"].str.replace(",", ".", literal=True).str.strip_suffix("*").cast(pl.Float64, strict=False)
    known = shares.drop_nulls()
    if book.kind != "workbook" or known.is_empty() or not (known > 0).any() or (known > 1).any():
        return []
    row = table.row((shares > 0).arg_max() or 0, named=True)
    place = {"file": book.file, "sheet": row["sheet"], "cell": row["share_cell"], "column": row["measure"]}
    return [Problem(code="percent_undecided", **place, expected="percent", found=row["share"])]


def _plain(texts: pl.Series, name: str, contract: TableContract) -> pl.Series:
    hidden = next((symbol for symbol, status in contract.symbols.items() if symbol and status == "suppressed"), "")
    spaced = texts.str.contains(_GROUPED).fill_null(value=False)
    plain = texts.to_frame().select(
        pl.when(spaced).then(pl.col(name).str.replace_all(r"(\d) (\d)", "${1}${2}")).otherwise(name)
    )[name]
    if hidden:
        plain = plain.str.replace(rf"^{FEW}$", hidden)
    if name == "count":  # a count with a comma and one or two noughts: of three noughts nobody knows
        plain = plain.str.replace(r"^(-?\d+),0{1,2}(\*?)$", "${1}${2}")
    if name != "count" and contract.decimal == "." and _has_decimal_commas(plain, name):
        plain = plain.str.replace(r"^(-?\d+),(\d+)", "${1}.${2}")
    if name == "share" and contract.decimal == "," and not plain.str.contains(_COMMA).any():
        plain = plain.str.replace(r"^(-?\d+)\.(\d+)", "${1},${2}")
    return unsigned(plain) if contract.kinds().get(name) == "percent" else plain


def _has_decimal_commas(texts: pl.Series, name: str) -> bool:
    """Tell whether commas are decimal signs: nothing has a point, and no number but a share could be of thousands."""
    mixed = texts.str.contains(_POINT).any()
    return not mixed and not (name == "value" and texts.str.contains(_THOUSANDS).any())
