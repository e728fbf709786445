import itertools
import math

import plotly.graph_objects as go
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.i18n import speaking
from pages.components import chart_card, chart_footer
from pages.frame.source_footer import Citation
from pages.plots import axes, theme
from pages.plots.label_placement import spread
from pages.plots.ranking import Reference, ranking
from pages.plots.time_series import BreakMark, trend

YEARS = range(2018, 2025)


def series(name: str, level: float, missing: tuple[int, ...] = (), preliminary: int | None = None) -> list[dict]:
    return [
        {
            "series": name,
            "period": str(year),
            "value": None if year in missing else level,
            "low": None if year in missing else level - 0.01,
            "high": None if year in missing else level + 0.01,
            "status": "preliminary" if year == preliminary else "final",
        }
        for year in YEARS
    ]


FRAME = pl.DataFrame(series("Norge", 0.1, preliminary=2024) + series("Kristiansand", 0.099, missing=(2020,)))


def line(figure: go.Figure, name: str) -> go.Scatter:
    return next(trace for trace in figure.data if trace.name == name)


def test_home_is_strong_and_drawn_last_and_the_rest_is_quiet() -> None:
    figure = trend(FRAME, "Kristiansand")
    home, quiet = line(figure, "Kristiansand"), line(figure, "Norge")
    assert figure.data[-1].name == "Kristiansand"
    assert home.line.color == theme.colour("home")
    assert home.line.width > quiet.line.width
    assert (home.line.dash, quiet.line.dash) == ("solid", "dash")


def test_a_line_stops_at_an_unknown_value() -> None:
    home = line(trend(FRAME, "Kristiansand"), "Kristiansand")
    assert home.y[list(home.x).index(2020)] is None
    assert home.connectgaps is False


def test_a_year_that_has_no_row_is_a_gap_and_not_a_bridge() -> None:
    sparse = FRAME.filter(~((pl.col("series") == "Kristiansand") & (pl.col("period") == "2022")))
    home = line(trend(sparse, "Kristiansand"), "Kristiansand")
    assert home.y[list(home.x).index(2022)] is None


def breaks_of(figure: go.Figure) -> list[float]:
    return [shape.x0 for shape in figure.layout.shapes if shape.xsizemode != "pixel"]


def test_a_line_is_not_drawn_across_a_break_and_the_break_is_named() -> None:
    figure = trend(FRAME, "Kristiansand", breaks=[BreakMark("2021", "Ny kilde")])
    for name in ("Kristiansand", "Norge"):
        trace = line(figure, name)
        assert trace.y[list(trace.x).index(2020.5)] is None
    assert breaks_of(figure) == [2020.5]
    assert "Ny kilde" in [each.text for each in figure.layout.annotations]


def test_a_break_before_the_first_period_or_in_an_empty_frame_does_no_harm() -> None:
    figure = trend(FRAME, "Kristiansand", breaks=[BreakMark("1999", "Før"), BreakMark("2021", "Nå")])
    assert breaks_of(figure) == [1998.5, 2020.5]


def test_a_preliminary_figure_is_hollow() -> None:
    quiet = line(trend(FRAME, "Kristiansand"), "Norge")
    assert quiet.marker.color[-1] == theme.colour("background")
    assert quiet.marker.color[0] != theme.colour("background")
    assert quiet.marker.size[-1] > 0


def test_a_point_no_line_leads_to_is_marked() -> None:
    lonely = pl.DataFrame(series("Hjem", 0.1) + series("Ensom", 0.1, missing=(2018, 2019, 2021, 2022, 2023, 2024)))
    trace = line(trend(lonely, "Hjem"), "Ensom")
    assert trace.marker.size[list(trace.x).index(2020)] > 0


def test_the_interval_is_a_band_around_home_in_one_piece_per_stretch() -> None:
    (band,) = [trace for trace in trend(FRAME, "Kristiansand").data if trace.fill == "toself"]
    gap = band.x.index(None)
    assert [sorted(set(part)) for part in (band.x[:gap], band.x[gap + 1 :])] == [[2018, 2019], [2021, 2022, 2023, 2024]]
    assert band.y[gap] is None
    assert max(band.y[:gap]) == pytest.approx(0.109)


def test_no_interval_is_no_band() -> None:
    bare = FRAME.select("series", "period", "value")
    assert [trace for trace in trend(bare, "Kristiansand").data if trace.fill == "toself"] == []


def test_the_value_axis_begins_at_zero_and_speaks_the_language() -> None:
    for lang, last in (("nb", "12,5\u00a0%"), ("en", "12.5%")):
        with speaking(lang):
            axis = trend(FRAME, "Kristiansand").layout.yaxis
        assert (axis.range[0], axis.ticktext[0][0]) == (0, "0")
        assert axis.ticktext[-1] == last


def test_names_stand_beside_the_lines_on_a_wide_screen_and_below_on_a_narrow() -> None:
    wide, narrow = trend(FRAME, "Kristiansand"), trend(FRAME, "Kristiansand", narrow=True)
    assert {each.text for each in wide.layout.annotations} == {"<b>Kristiansand</b>", "Norge"}
    assert (wide.layout.showlegend, narrow.layout.showlegend) == (False, True)
    assert not narrow.layout.annotations


def test_names_beside_lines_that_end_together_do_not_cover_each_other() -> None:
    crowd = pl.DataFrame([row for i in range(6) for row in series(f"S{i}", 0.1 + i / 1e4)])
    figure = trend(crowd, "S0")
    low, high = figure.layout.yaxis.range
    scale = (figure.layout.height - 60) / (high - low)
    places = sorted(-each.yshift - each.y * scale for each in figure.layout.annotations)
    gap = theme.tokens()["chart"]["label_gap_px"]
    assert all(b - a >= gap - 1e-6 for a, b in itertools.pairwise(places))


def test_a_line_leads_from_each_last_point_to_its_name() -> None:
    figure = trend(FRAME, "Kristiansand")
    arms = [shape for shape in figure.layout.shapes if shape.xsizemode == "pixel"]
    names = {(each.y, each.yshift, each.xshift) for each in figure.layout.annotations}
    assert {(arm.yanchor, arm.y1, arm.x1 + 1) for arm in arms} == names
    first, last = figure.layout.xaxis.range
    at = [first + arm.xanchor * (last - first) for arm in arms]
    assert at == pytest.approx([each.x for each in figure.layout.annotations])


@pytest.mark.long
@given(st.lists(st.floats(-1e4, 1e4), max_size=12), st.floats(1, 50))
def test_spread_labels_keep_their_order_and_their_distance(wanted: list[float], gap: float) -> None:
    places = spread(wanted, gap)
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    assert all(places[b] - places[a] >= gap - 1e-6 for a, b in itertools.pairwise(order))


@pytest.mark.long
@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=12))
def test_labels_with_room_stay_where_they_are(wanted: list[float]) -> None:
    spaced = [value + 1e5 * i for i, value in enumerate(wanted)]
    assert spread(spaced, 10) == pytest.approx(spaced)


PLACES = pl.DataFrame(
    {
        "name": ["Lav", "Hjem", "Ukjent", "Høy"],
        "value": [0.05, 0.1, None, 0.15],
        "low": [0.04, 0.09, None, 0.14],
        "high": [0.06, 0.11, None, 0.16],
        "small": [True, False, None, False],
    }
)


def points(figure: go.Figure) -> go.Scatter:
    return next(trace for trace in figure.data if trace.mode == "markers")


def test_the_highest_place_stands_at_the_top_and_home_stands_out() -> None:
    figure = ranking(PLACES, "Hjem")
    assert list(figure.layout.yaxis.ticktext) == ["Lav", "<b>Hjem</b>", "Høy"]
    dots = points(figure)
    assert dots.marker.color[1] == theme.colour("home")
    assert list(dots.marker.symbol) == ["circle-open", "diamond", "circle"]
    assert dots.marker.size[1] > max(dots.marker.size[0], dots.marker.size[2])


def test_a_place_without_a_value_is_counted_and_not_drawn_as_zero() -> None:
    figure = ranking(PLACES, "Hjem")
    assert 0 not in points(figure).x
    assert "1 uten tall er ikke tegnet" in [each.text for each in figure.layout.annotations]


@pytest.mark.long
def test_a_long_ranking_names_home_only() -> None:
    many = pl.DataFrame({"name": [f"K{i}" for i in range(357)], "value": [i / 1000 for i in range(357)]})
    figure = ranking(many, "K7", reference=Reference(0.1, "Norge"))
    assert {each.text for each in figure.layout.annotations} == {"<b>K7</b>", "Norge 10,0\u00a0%"}
    assert figure.layout.yaxis.showticklabels is False
    assert len(points(figure).x) == 357


def test_a_ranking_without_a_single_value_is_an_empty_picture_that_says_so() -> None:
    figure = ranking(PLACES.with_columns(value=pl.lit(None, pl.Float64)), "Hjem")
    assert len(points(figure).x) == 0
    assert "4 uten tall er ikke tegnet" in [each.text for each in figure.layout.annotations]


@pytest.mark.long
@given(st.floats(1e-4, 1.0), st.sampled_from(["share", "count", "rate"]))
def test_ticks_cover_the_values_and_read_differently(top: float, kind: axes.Kind) -> None:
    scale = 1e6 if kind == "count" else 1.0
    seen: dict = {}
    axes.values(lambda **given: seen.update(given), [0.0, top * scale, None, math.nan], kind)
    assert seen["range"][0] <= 0
    assert seen["range"][1] >= top * scale
    assert len(set(seen["ticktext"])) == len(seen["tickvals"])
    assert 3 <= len(seen["tickvals"]) <= 9


def test_the_last_period_is_always_on_the_axis() -> None:
    codes = [str(year) for year in range(2008, 2025)]
    places, names = axes.periods(codes, [float(code) for code in codes], 4)
    assert places[0] == 2024
    assert len(names) <= 4


def test_an_example_is_marked_inside_the_picture_and_the_original_is_left_alone() -> None:
    figure = trend(FRAME, "Kristiansand")
    before = len(figure.layout.annotations)
    assert chart_card.marked(figure, "EKSEMPEL").layout.annotations[-1].text == "EKSEMPEL"
    assert len(figure.layout.annotations) == before


def test_the_pictures_settings_carry_months_in_the_readers_language() -> None:
    settings = chart_card.settings("nb")
    assert settings["displayModeBar"] is False
    assert settings["locales"][settings["locale"]]["format"]["months"][4] == "mai"


def test_the_source_line_names_each_source_once() -> None:
    source = Citation("SSB", "Tabell 1", "2025", "CC BY")
    assert chart_footer.source_line([source, source]) == "Kilde: SSB, Tabell 1 (2025)"
