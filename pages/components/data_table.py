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
MOST_ROWS, _TELLING = 100, 2
"""Rows a table shows at most, and columns of prose from which on a phone shows each row under the other."""
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

    A table that tells more than it counts is read without: on a phone each cell stands under the other, with its
    heading before it. The parts then say what they are, for a table laid out otherwise is none to a screen reader.
    """
    telling = sum(column.kind == "prose" for column in columns) >= _TELLING
    part = _as_part if telling else _as_it_is
    heads = (part("th", column.heading, role="columnheader", scope="col", class_=_side(column)) for column in columns)
    rows = (_row(row, columns, part) for row in frame.select([column.name for column in columns]).iter_rows())
    name, body = marking.in_demo(caption), "rowgroup"
    head = part("thead", part("tr", *heads, role="row"), role=body)
    title = tag("caption", tag("span", name, class_="innenfor-heard") if heard else name)
    table = part("table", title, head, part("tbody", *rows, role=body), role="table")
    kind = "innenfor-table telling" if telling else "innenfor-table"
    return tag("div", table, class_=kind, role="region", tabindex="0", aria_label=name)


def _as_part(name: str, *content: str, role: str, **told: str | bool) -> Html:
    return tag(name, *content, role=role, **told)


def _as_it_is(name: str, *content: str, role: str, **told: str | bool) -> Html:  # noqa: ARG001 - the tag says it
    return tag(name, *content, **{each: value for each, value in told.items() if each != "data_label"})


def _row(values: Sequence[Any], columns: Sequence[TableColumn], part: Callable[..., Html]) -> Html:
    first, *rest = ((_words(value, each), _side(each), each) for value, each in zip(values, columns, strict=True))
    head = part("th", first[0], role="rowheader", scope="row", class_=first[1])
    told = (part("td", words, role="cell", class_=side, data_label=each.heading) for words, side, each in rest)
    return part("tr", head, *told, role="row")


def _words(value: Any, column: TableColumn) -> str:  # noqa: ANN401 - a cell of any column
    return numbers.unbroken(cell(value, column)) if column.kind == "prose" else cell(value, column)


def _side(column: TableColumn) -> str | bool:
    """Return the class that sets a column to its side; False for none."""
    if column.kind == "prose":
        return "prose"
    return False if column.kind in _TEXTUAL else "number"
