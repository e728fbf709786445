"""The numbers behind a picture as a real table: worded cells, a caption, headers that say what they head."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl
import streamlit as st

from pages.format import marking, numbers
from pages.format.html import Html, tag
from pages.format.texts import text

Kind = Literal[
    "text", "prose", "period", "school_year", "count", "share", "share_whole", "points", "rate", "ratio", "nok",
    "nok_million", "nok_million_detail", "p", "status",
]  # fmt: skip
MOST_ROWS = 100
_TEXTUAL = ("text", "prose", "period", "school_year", "status")


@dataclass(frozen=True)
class TableColumn:
    """A column to show: its name in the frame, its heading, and how its values are numbers.

    `prose` is text that may run over several lines; `share`, `share_whole` and `points` are 0–1 inside; `p` is a
    p-value; `status` is one of `final`, `preliminary`, `suppressed`, `missing`. The kind tells the decimals, too
    (`data.format.numbers.DECIMALS`): `ratio` and `nok_million_detail` have two where `rate` and `nok_million` have one.
    """

    name: str
    heading: str
    kind: Kind = "text"


def columns_of(headings: str, **kinds: Kind | tuple[str, Kind]) -> tuple[TableColumn, ...]:
    """Return a column for each name with its kind, headed by the text of that name, or of the one given, in a group."""
    pairs = {name: (name, kind) if isinstance(kind, str) else kind for name, kind in kinds.items()}
    return tuple(TableColumn(name, text(f"{headings}.{key}"), kind) for name, (key, kind) in pairs.items())


def columns_alike(headings: str, kind: Kind, names: Iterable[str]) -> tuple[TableColumn, ...]:
    """Return a column of one kind for each name, headed as by `columns_of`."""
    return tuple(TableColumn(name, text(f"{headings}.{name}"), kind) for name in names)


def cell(value: Any, column: TableColumn, lang: str | None = None) -> str:  # noqa: ANN401 - a cell of any column
    """Return a value as its column writes it; unknown is an en dash, never empty and never zero.

    Words in the place of a number say why there is none.
    """
    if value is None:
        return numbers.unknown(lang=lang)
    if isinstance(value, str) and column.kind not in _TEXTUAL:
        return value
    ways: dict[Kind, Callable[[], str]] = {
        "text": lambda: str(value),
        "prose": lambda: str(value),
        "period": lambda: numbers.period(value, lang),
        "school_year": lambda: numbers.period(value, lang, "school_year"),
        "status": lambda: numbers.status(value, lang),
        "count": lambda: numbers.number(value, lang=lang),
        "rate": lambda: numbers.rate(value, lang=lang),
        "ratio": lambda: numbers.ratio(value, lang=lang),
        "share": lambda: numbers.percent(value, lang=lang),
        "share_whole": lambda: numbers.whole_percent(value, lang=lang),
        "points": lambda: numbers.points(value, lang=lang),
        "p": lambda: numbers.p_value(value, lang),
        "nok": lambda: numbers.nok(value, lang=lang),
        "nok_million": lambda: numbers.nok_million(value, lang=lang),
        "nok_million_detail": lambda: numbers.nok_million(value, numbers.DECIMALS["nok_million_detail"], lang),
    }
    return ways[column.kind]()


def show(frame: pl.DataFrame, columns: Sequence[TableColumn], caption: str, *, heard: bool = False) -> None:
    """Write a frame as a table, or, above 100 rows, say how long it is and that the files hold all of it.

    heard: the heading above says what the caption does, which is for those who listen then.
    """
    if frame.height > MOST_ROWS:
        st.markdown(text("chart.too_long", rows=numbers.number(frame.height)))
        return
    st.html(html(frame, columns, caption, heard=heard))
    if any(frame[column.name].null_count() for column in columns):
        st.caption(text("chart.unknown_note"))


def html(frame: pl.DataFrame, columns: Sequence[TableColumn], caption: str, *, heard: bool = False) -> Html:
    """Return a frame as an HTML table in a box that scrolls sideways and can be reached by the keyboard.

    Where every column is prose, a phone shows each row as paragraphs, each beneath its heading.
    """
    heads = (tag("th", column.heading, scope="col", class_=_side(column)) for column in columns)
    rows = (_row(row, columns) for row in frame.select([column.name for column in columns]).iter_rows())
    name = marking.in_demo(caption)
    title = tag("caption", tag("span", name, class_="innenfor-heard") if heard else name)
    look = "innenfor-table" + " innenfor-told" * all(column.kind == "prose" for column in columns)
    table = tag("table", title, tag("thead", tag("tr", *heads)), tag("tbody", *rows))
    return tag("div", table, class_=look, role="region", tabindex="0", aria_label=name)


def _row(values: Sequence[Any], columns: Sequence[TableColumn]) -> Html:
    (first, title), *rest = zip(values, columns, strict=True)
    head = tag("th", _words(first, title), scope="row", class_=_side(title))
    return tag("tr", head, *(_cell(value, column) for value, column in rest))


def _cell(value: Any, column: TableColumn) -> Html:  # noqa: ANN401 - a cell of any column
    told = column.heading if column.kind == "prose" else False
    return tag("td", _words(value, column), class_=_side(column), data_head=told)


def _words(value: Any, column: TableColumn) -> str:  # noqa: ANN401 - a cell of any column
    return numbers.unbroken(cell(value, column)) if column.kind == "prose" else cell(value, column)


def _side(column: TableColumn) -> str | bool:
    """Return the class that sets a column to its side; False for none."""
    if column.kind == "prose":
        return "prose"
    return False if column.kind in _TEXTUAL else "number"
