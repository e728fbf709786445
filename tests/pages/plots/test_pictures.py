"""The pictures of exclusion: what is drawn, what is written, and that it can be read."""

import polars as pl
import pytest

from analytics.exclusion.county_map import tile_positions
from analytics.exclusion.funnel import Funnel, judged
from analytics.exclusion.standardised_rate import Composition, Standardised
from analytics.results import Interval, NotEstimable
from analytics.statistics import funnel_limits
from data.i18n import speaking
from pages.format.place_names import PopulationGroup
from pages.format.texts import text
from pages.plots import (
    choropleth,
    choropleth_fills,
    funnel,
    small_multiples,
    spine_chart,
    standardised_rates,
    theme,
    tile_map,
)
from pages.plots.label_placement import PointLabel, places
from pages.plots.time_series import BreakMark

pytestmark = pytest.mark.parametrize("lang", ["nb", "en"])


def county() -> pl.DataFrame:
    rows = tile_positions("42").with_row_index("i")
    verdicts = [*choropleth_fills.tokens()["verdict"]] * 5
    return rows.with_columns(
        count=pl.col("i") * 10 + 5,
        population=pl.lit(1000),
        value=pl.when(pl.col("i") != 3).then((pl.col("i") * 10 + 5) / 1000),
        low=pl.lit(0.01),
        high=pl.lit(0.3),
        small=pl.col("i") < 2,
        verdict=pl.Series(verdicts[: rows.height]),
    )


def square(code: str, west: float, rings: int = 1) -> pl.DataFrame:
    outline = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
    rows = [
        (code, 0, ring, west + (0.3 + 0.4 * x if ring else x), 58 + (0.3 + 0.4 * y if ring else y))
        for ring in range(rings)
        for x, y in outline
    ]
    return pl.DataFrame(rows, schema=["region_code", "polygon", "ring", "lon", "lat"], orient="row")


def words(figure) -> str:
    texts = [str(each.text) for each in figure.layout.annotations]
    return " ".join([*texts, *(str(trace.text) for trace in figure.data), *(str(trace.name) for trace in figure.data)])


@pytest.fixture(autouse=True)
def spoken(lang: str):
    with speaking(lang):
        yield


def test_every_fill_carries_ink_that_can_be_read(lang: str) -> None:
    fills = [
        *choropleth_fills.tokens()["verdict"].values(),
        *choropleth_fills.tokens()["classes"]["fills"],
        choropleth_fills.tokens()["open"],
    ]
    assert min(theme.contrast(fill, choropleth_fills.ink_on(fill)) for fill in fills) >= 4.5
    assert theme.contrast(theme.colour("text_quiet"), choropleth_fills.tokens()["open"]) >= 4.5


@pytest.mark.parametrize("narrow", [False, True])
def test_every_tile_says_its_value_and_verdict_in_signs(lang: str, narrow: bool) -> None:
    figure = tile_map.tile_map(county(), "4204", narrow=narrow)
    labels = next(trace.text for trace in figure.data if trace.mode == "text")
    assert len(labels) == 25
    assert sum("–" in label for label in labels) == 1
    assert all("%" in label for label in labels if "–" not in label)
    assert sum(shape.line.width == 5 for shape in figure.layout.shapes) == 1


def test_small_numbers_stay_open_and_unknown_ones_have_no_number(lang: str) -> None:
    found = choropleth_fills.shades(county(), "verdict")
    assert [shade.dash for shade in found[:5]] == ["dash", "dash", "solid", "dot", "solid"]
    assert found[0].fill == found[3].fill == choropleth_fills.tokens()["open"]


def test_the_legend_names_the_classes_in_words(lang: str) -> None:
    figure = tile_map.tile_map(county(), "4204", by="value", bounds=(0.05, 0.1, 0.2))
    names = [trace.name for trace in figure.data if trace.name]
    assert len(names) == 4 + 2
    assert all(any(letter.isalpha() for letter in name) for name in names)


@pytest.mark.parametrize("name", ["Kristiansand", "Evje og Hornnes", "Aurskog-Høland", "Guovdageaidnu", "Bø"])
def test_a_name_fits_its_tile(lang: str, name: str) -> None:
    rows = tile_map.lines(name, 8)
    assert len(rows) <= 2
    assert all(len(row) <= 8 for row in rows)


def test_boundaries_are_filled_paths_and_fetch_nothing(lang: str) -> None:
    outlines = pl.concat([square("4204", 7.0, rings=2), square("4223", 8.5)])
    figure = choropleth.boundary_map(outlines, county(), "4204")
    assert {shape.type for shape in figure.layout.shapes} == {"path"}
    assert {trace.type for trace in figure.data} == {"scatter"}
    assert [shape.path.count("M") for shape in figure.layout.shapes] == [1, 2]
    assert all(shape.fillrule == "evenodd" for shape in figure.layout.shapes)
    assert figure.layout.yaxis.scaleratio == pytest.approx(1.9, abs=0.1)


def test_a_municipality_without_an_outline_is_named(lang: str) -> None:
    assert "Arendal" in words(choropleth.boundary_map(square("4204", 7.0), county(), "4204"))


def test_the_point_of_a_place_with_a_hole_lies_outside_the_hole(lang: str) -> None:
    lon, lat, width = choropleth.inside_point(square("4204", 7.0, rings=2))
    assert not (7.3 < lon < 7.7 and 58.3 < lat < 58.7)
    assert 0 < width <= 1


def funnelled(dispersion=None) -> Funnel:
    rows = county().with_columns(name=pl.col("name"), lower_bound=pl.lit(False))
    limits = funnel_limits(0.1, [100, 1000, 5000], (0.95, 0.998))
    return Funnel("0", 0.1, dispersion or NotEstimable("few_places"), False, judged(rows, 0.1), limits)


@pytest.mark.parametrize("narrow", [False, True])
def test_the_funnel_names_home_and_peers_and_counts_what_is_not_drawn(lang: str, narrow: bool) -> None:
    figure = funnel.funnel(funnelled(), "4204", level_name="X", peers=("4203",), narrow=narrow)
    assert "<b>Kristiansand</b>" not in words(figure)  # the fourth place is unknown here
    assert "Arendal" in words(figure)
    assert "1 " in words(figure)
    assert figure.layout.xaxis.type == "log"


def test_a_home_without_a_figure_leaves_the_funnel_standing(lang: str) -> None:
    found = funnelled()
    assert funnel.dispersion_note(found) == ""
    assert len(funnel.funnel(found, "4204", level_name="X").data) >= 4


def test_names_that_may_be_left_out_never_cover_each_other(lang: str) -> None:
    crowd = [PointLabel(0.5, 0.5, 80, 17, must=False) for _ in range(60)]
    found = [shift for shift in places(crowd, [], (400,), 300) if shift is not None]
    assert 0 < len(found) < 60
    boxes = [(x, y) for x, y in found]
    assert all(
        abs(one[0] - two[0]) >= 80 - 1e-9 or abs(one[1] - two[1]) >= 17 - 1e-9
        for i, one in enumerate(boxes)
        for two in boxes[:i]
    )


def grid(unknown: bool) -> pl.DataFrame:
    rows = [
        {
            "region_code": region, "age_group": age, "sex": sex, "period": str(year), "value": 0.1, "low": 0.05,
            "high": 0.2, "reason": "",
        }
        for region in ("4204", "0")
        for age in ("15-19", "20-24", "25-29")
        for sex in ("both", "female", "male")
        for year in range(2019, 2025)
    ]  # fmt: skip
    frame = pl.DataFrame(rows)
    gone = (pl.col("region_code") == "4204") & (pl.col("age_group") == "15-19") & (pl.col("period") == "2022")
    blank = [pl.when(~gone).then(pl.col(name)).alias(name) for name in ("value", "low", "high")]
    named = pl.when(gone).then(pl.lit("derived")).otherwise(pl.col("reason")).alias("reason")
    return frame.with_columns(*blank, named) if unknown else frame


@pytest.mark.long
def test_a_line_stops_at_a_break_and_at_an_unknown_year(lang: str) -> None:
    figure = small_multiples.groups_over_time(
        grid(True), "4204", "0", ("Home", "Norge"), breaks=[BreakMark("2021", "new")]
    )
    home = [
        trace for trace in figure.data if trace.mode == "lines+markers" and trace.line.color == theme.colour("home")
    ]
    assert len(home) == 9
    assert [list(trace.y).count(None) for trace in home] == [3, 3, 3, 2, 2, 2, 2, 2, 2]
    assert len(figure.layout.shapes) == 9
    assert small_multiples.reasons(grid(True), "4204")
    assert small_multiples.reasons(grid(False), "4204") == ""


def spread() -> pl.DataFrame:
    base = {"edition": "x", "age_group": "15-29", "sex": "both", "period": "2024", "polarity": "low_is_good"}
    drawn = base | {
        "indicator": "neet_register", "value": 0.1, "low": 0.09, "high": 0.11, "small": False, "least": 0.02,
        "p25": 0.08, "median": 0.095, "p75": 0.11, "most": 0.3, "nation": 0.1, "verdict": "somewhat_higher",
        "reason": "",
    }  # fmt: skip
    empty = dict.fromkeys(drawn) | {"indicator": "neet_survey", "polarity": "low_is_good", "reason": "not_at_level"}
    empty |= {"verdict": "not_comparable"}
    untold = empty | {"indicator": "social_assistance", "reason": "suppressed"}
    return pl.DataFrame([drawn, empty, untold], infer_schema_length=None)


@pytest.mark.parametrize("narrow", [False, True])
def test_the_profile_says_what_is_missing_and_draws_nothing_there(lang: str, narrow: bool) -> None:
    figure = spine_chart.profile(spread(), "Kristiansand", narrow=narrow)
    assert spine_chart.reason_words({"reason": "suppressed"}, "municipality") in words(figure)
    assert spine_chart.reason_words({"reason": "not_at_level"}, "municipality") not in words(figure)
    assert text("pictures.good_low_is_good") in words(figure)
    assert len(figure.data[-1].x) == 1


def test_an_age_span_nobody_foresaw_has_a_name(lang: str) -> None:
    row = spread().row(0, named=True) | {"age_group": "13-15"}
    assert "13–15" in spine_chart.row_name(row)


@pytest.mark.parametrize(("adjusted", "same"), [(0.0941, False), (0.0978, True)])
def test_the_sentence_says_why_only_where_the_printed_rates_differ(lang: str, adjusted: float, same: bool) -> None:
    part = Composition("15-19", 0.24, 0.32, False, 0.003, 0.004)
    crude, other = Interval(0.098, 0.095, 0.101), Interval(adjusted, adjusted - 0.003, adjusted + 0.003)
    found = Standardised("5001", "2024", crude, other, "0", 0.1, pl.DataFrame(), part)
    sentence = standardised_rates.why(found, "Trondheim", PopulationGroup("15-29", "female"))
    assert ("15–19" in sentence) is not same
    assert len(standardised_rates.standardised(found, "Trondheim", "Norge", narrow=True).data) == 4
