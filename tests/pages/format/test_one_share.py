"""A share has the same digits wherever a reader meets it: heading, sentence, table, axis, tooltip, picture and note."""

import plotly.graph_objects as go
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics import cohorts
from analytics.cohorts.same_age import SameAge
from analytics.exclusion.rates import Rate
from analytics.statistics.differences import difference_test
from data.i18n import LANGUAGES, speaking
from pages.components import data_table
from pages.components.data_table import TableColumn
from pages.format import numbers as written
from pages.format import sentences
from pages.format.place_names import PopulationGroup
from pages.plots import axes
from pages.report import print_figures
from tests import ground

NB = "\N{NO-BREAK SPACE}"

GROUP = PopulationGroup("15-29", "both", "neet_register")


def a_rate(count: int, population: int) -> Rate:
    return Rate("4634", "2024", count, population, count / population, None, None, "final", False, False)


def compared(count: int, population: int) -> SameAge:
    cell = {"cohort": "2000-2004", "year": 2024, "share": count / population, "count": count, "small": False}
    test = difference_test(count, population, count, population)
    cell["status"] = "final"
    return SameAge("neet_register", "4634", "both", "20-24", cell, cell, test, (), overlapping=False)


@pytest.mark.long
@given(st.integers(0, 400), st.integers(1, 400), st.sampled_from(LANGUAGES))
def test_heading_sentence_table_and_tooltip_write_one_share(count: int, more: int, lang: str) -> None:
    share = count / (count + more)
    with speaking(lang):
        wanted = written.percent(share)
        rate = a_rate(count, count + more)
        assert f" {wanted} " in sentences.short_level("Utenfor", GROUP, rate)
        assert wanted in sentences.level(GROUP, rate)
        assert data_table.cell(share, TableColumn("share", "", "share")) == wanted
        assert axes.worded(share, "share") == wanted
        assert wanted in compared(count, count + more).finding(lang)


@pytest.mark.long
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_place_at_half_a_tenth_has_one_share_in_heading_and_table(monkeypatch, lang: str) -> None:
    ground.opened(monkeypatch)
    table = cohorts.follow("4634")
    shown = [each for each in cohorts.same_age_comparisons(table) if isinstance(each, SameAge)]
    assert 6 / 96 in [each.later["share"] for each in shown]
    with speaking(lang):
        for each in shown:
            for cell in (each.later, each.earlier):
                assert data_table.cell(cell["share"], TableColumn("share", "", "share")) in each.finding(lang)


@pytest.mark.long
@given(st.floats(0.001, 1), st.sampled_from(LANGUAGES))
def test_the_axis_of_the_screen_and_of_the_printed_picture_have_the_same_ticks(top: float, lang: str) -> None:
    with speaking(lang):
        figure = go.Figure()
        axes.values(figure.update_yaxes, [top], "share")
        assert axes.ticks([top], "share") == (list(figure.layout.yaxis.tickvals), list(figure.layout.yaxis.ticktext))
        names = figure.layout.yaxis.ticktext
    assert len(set(names)) == len(names)


@pytest.mark.long
@pytest.mark.parametrize(("lang", "said"), [("nb", f"0,5{NB}%"), ("en", "0.5%")])
def test_a_printed_picture_of_small_shares_tells_its_ticks_apart(lang: str, said: str) -> None:
    codes = ["2024-01", "2024-11"]
    table = pl.DataFrame({"series": "Agder", "period": codes, "value": [0.01, 0.02], "low": 0.005, "high": 0.025})
    with speaking(lang):
        svg = print_figures.trend_svg(table, "Agder", frequency="month")
        assert written.period("2024-11") in svg
    assert said in svg


@pytest.mark.parametrize(("lang", "signs"), [("nb", f",{NB}"), ("en", ".,")])
def test_what_plotly_writes_itself_has_the_readers_signs(lang: str, signs: str) -> None:
    with speaking(lang):
        assert written.separators() == signs
