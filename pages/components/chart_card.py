"""What stands around every picture: the finding, the source, the same numbers as a table, and the files."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go
import polars as pl
import streamlit as st

from analytics.results import NotEstimable
from pages.components import chart_footer, data_table, example_mark, picture_files
from pages.components.data_table import TableColumn, cell
from pages.components.picture_files import PictureFrame
from pages.format import marking, texts
from pages.format.markdown import literal
from pages.format.numbers import month_name, unbroken
from pages.format.sentences import at_a_glance
from pages.format.texts import text
from pages.frame import expander, shell
from pages.frame.source_footer import Citation
from pages.frame.url import widgets
from pages.plots import drawing, theme
from pages.svg import markup
from pages.svg.markup import Drawing

if TYPE_CHECKING:
    from pages.format.place_names import PopulationGroup

_SHORT = 3
_MARK = "watermark"


@dataclass(frozen=True)
class Chart:
    """A picture with all that must stand around it.

    `picture` is drawn by the browser, or is a drawing of the server: that is there at once, and needs no pointer.
    `finding` is a sentence and the heading; `alt` says in words what the picture shows; `table` holds the numbers
    drawn and `columns` how to write them; `stem` names the files and the elements; `command` and `python` give the
    same numbers without the page. `note` stands beneath the picture, `more` (paragraphs) is folded up beneath it.
    `example` marks the picture, the table and the files as no results. `group`: the people the numbers are about, named
    in the table and the names of the files. `place` (in words), `indicator` and `period` are what it is about, where
    neither its rows nor the page's choice tells.
    """

    finding: str
    alt: str
    picture: go.Figure | Drawing
    table: pl.DataFrame
    columns: tuple[TableColumn, ...]
    sources: tuple[Citation, ...]
    stem: str
    example: bool = False
    note: str = ""
    more: tuple[str, ...] = ()
    command: str = ""
    python: str = ""
    group: "PopulationGroup | None" = None
    place: str = ""
    indicator: str = ""
    period: str = ""

    def __post_init__(self) -> None:
        """Mark a picture that needs it and name the table's group from the start: there is no other copy to show."""
        if self.group is not None:
            object.__setattr__(self, "table", self.group.on_rows(self.table))
        word = marking.word(example=self.example)
        object.__setattr__(self, "picture", _finished(self.picture, word))

    def about(self, chosen: str = "") -> str:
        """Return place, group and time in words: `Kristiansand · kvinner 20–24 år · 2015–2024`; chosen: on the page."""
        return " · ".join(filter(None, (self._where(chosen), str(self.group or ""), self._when())))

    def rows(self, chosen: str = "") -> pl.DataFrame:
        """Return the table as it is taken away: every row tells its indicator, place and time, as far as it has one."""
        names = self.table.columns
        indicator = self.indicator or (self.group.indicator if self.group else "")
        told = {"indicator": indicator, "place": self._where(chosen), "period": self.period}
        new = {name: pl.lit(words) for name, words in told.items() if words and name not in names}
        if "place" in new and ("region" in names or {"region_code", "name"} <= set(names)):
            new["place"] = pl.col("region" if "region" in names else "name")
        return self.table.select(*(each.alias(name) for name, each in new.items()), pl.all())

    def _where(self, chosen: str) -> str:
        if self.place:
            return self.place
        told = next((self.table[name].unique() for name in ("place", "region") if name in self.table.columns), None)
        if told is not None:
            return str(told[0]) if told.len() == 1 else ""
        return chosen if self.group else ""

    def _when(self) -> str:
        timed = [each for each in self.columns if each.kind in ("period", "school_year")]
        column = next(iter(timed), TableColumn("period", "", "period"))
        known = self.rows()[column.name].drop_nulls().unique().sort() if column.name in self.rows().columns else ()
        return "–".join(dict.fromkeys(cell(known[end], column) for end in (0, -1))) if len(known) else ""


def show(chart: Chart) -> None:
    """Write a chart with heading, picture, note, source, table, files and the way to reproduce it."""
    shell.cite(*chart.sources)
    with st.container(key=f"chart-{chart.stem}"):
        st.subheader(literal(unbroken(chart.finding)), anchor=False)
        example_mark.say(example=chart.example)
        _picture(chart)
        note, rest = at_a_glance(chart.note)
        st.caption(
            " ".join(filter(None, (note, chart_footer.short_source_line(chart.sources) if chart.sources else "")))
        )
        paragraphs = [each for each in (rest, *chart.more) if each]
        label = text("chart.below_more" if paragraphs else "chart.below")
        expander.reading(label, f"below-{chart.stem}", partial(_below, chart, paragraphs, widgets.place_chosen()))


def _picture(chart: Chart) -> None:
    key = f"picture-{chart.stem}"
    if isinstance(chart.picture, Drawing):
        with st.container(key=key):
            st.html(picture_files.pictured(chart.picture, chart.alt))
        return
    st.plotly_chart(chart.picture, theme=None, key=key, config=settings(), alt=chart.alt)


def show_answer(answer: "Chart | NotEstimable") -> None:
    """Write a chart, or why there is none."""
    if isinstance(answer, Chart):
        show(answer)
    else:
        st.info(answer.sentence(texts.language()))


def settings(lang: str | None = None) -> dict[str, Any]:
    """Return Plotly's settings: no mode bar (seven tab stops), and month names in the reader's language."""
    lang = lang or texts.language()
    months = [month_name(month, lang) for month in range(1, 13)]
    words = {"months": months, "shortMonths": [month[:_SHORT] for month in months]}
    locale = {"moduleType": "locale", "name": lang, "dictionary": {}, "format": words}
    return {"displayModeBar": False, "locale": lang, "locales": {lang: locale}, "responsive": True}


def marked(picture: go.Figure, word: str) -> go.Figure:
    """Return a picture with a word written across it once, where it cannot be cut away."""
    plain = picture.to_plotly_json()
    words = list(plain["layout"].get("annotations", ()))
    if any(each.get("name") == _MARK for each in words):
        return picture
    words.append(
        {
            "text": word, "name": _MARK, "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "showarrow": False,
            "textangle": -24, "opacity": 0.28, "font": {"size": 54, "color": theme.colour("watermark")},
        }
    )  # fmt: skip
    return drawing.unchecked(plain | {"layout": {**plain["layout"], "annotations": words}})


def _finished(picture: go.Figure | Drawing, word: str) -> go.Figure | Drawing:
    """Return a picture as it is shown, with the word that marks it ("" for none)."""
    if isinstance(picture, Drawing):
        return markup.marked(picture, word) if word else picture
    return drawing.still(marked(picture, word) if word else picture)


def _below(chart: Chart, paragraphs: Sequence[str], chosen: str) -> None:
    """Write what is folded up beneath a picture: about the numbers, files, the numbers drawn, words to pass on."""
    if paragraphs:
        st.markdown("\n\n".join(paragraphs))
    caption = marking.caption(chart.finding, example=chart.example)
    with st.container(horizontal=True, key=f"files-{chart.stem}"):
        _files(chart, chosen, caption)
    data_table.show(chart.table, chart.columns, caption, heard=not marking.word(example=chart.example))
    codes = (chart.command, chart.python)
    chart_footer.to_share(chart.finding, chart.sources, codes, example=chart.example)


def _files(chart: Chart, chosen: str, title: str) -> None:
    name = chart.group.file_stem(chart.stem) if chart.group else chart.stem
    source = chart_footer.source_line(chart.sources) if chart.sources else ""
    picture_files.buttons(PictureFrame(f"st-key-picture-{chart.stem}", title, chart.about(chosen), source, name))
    chart_footer.files(chart.rows(chosen), chart.sources, chart.stem, example=chart.example, name=name)
