"""The pictures of experiments: what is drawn, what is named, and what is kept from being drawn."""

import plotly.graph_objects as go
import pytest

from data.i18n import speaking
from pages.plots import consort_diagram, effect, effect_axis, event_study, power_curve, theme

pytestmark = pytest.mark.parametrize("lang", ["nb", "en"])


@pytest.fixture(autouse=True)
def spoken(lang: str):
    with speaking(lang):
        yield


def written(figure: go.Figure) -> str:
    return " ".join(str(each.text) for each in figure.layout.annotations)


def markers(figure: go.Figure) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.mode == "markers" and trace.x and trace.marker.opacity != 0]


def test_zero_is_always_on_the_axis_of_an_effect(lang: str) -> None:
    for known in ([5.0, 9.0], [-9.0, -5.0], [None], [0.0]):
        figure = go.Figure()
        effect_axis.effects(figure, known, "x")
        low, high = figure.layout.xaxis.range
        assert low <= 0 <= high
        assert low < high
        assert "0" in {text.rstrip("0,.") or "0" for text in figure.layout.xaxis.ticktext}


def test_a_band_has_no_dot_and_an_effect_has_one(lang: str) -> None:
    assert markers(effect.effect_dot(None, -3.0, 12.0, "per 100", decimals=0, smallest=5)) == []
    assert len(markers(effect.effect_dot(4.0, -3.0, 12.0, "per 100", decimals=0))) == 1


def test_a_variable_with_hidden_values_is_named_without_a_dot(lang: str) -> None:
    figure = effect.love_plot(["age", "rare"], [0.4, None], "difference", 0.25)
    assert "rare" in written(figure)
    (dots,) = markers(figure)
    assert (list(dots.x), list(dots.marker.symbol)) == ([0.4], ["x"])


def test_both_shares_of_a_published_trial_are_named(lang: str) -> None:
    figure = effect.two_shares(0.08, 0.48, ("control", "treated"), "share")
    assert "48" in written(figure)
    assert "8" in written(figure)
    assert {trace.marker.symbol for trace in markers(figure)} == {"circle", "circle-open"}


def test_a_hidden_count_of_the_flow_is_hidden_and_not_zero(lang: str) -> None:
    flow = {"assigned": {"control": 30.0, "treatment": 30.0}, "measured": {"treatment": 25.0}}
    figure = consort_diagram.flow_diagram(flow, (("control", "C"), ("treatment", "T")))
    words = written(figure)
    assert "<b>0</b>" not in words
    assert ("skjult" if lang == "nb" else "hidden") in words
    assert sum(shape.line.dash == "dot" for shape in figure.layout.shapes) == 1


def test_points_before_the_start_are_hollow_and_stand_apart(lang: str) -> None:
    points = [{"time": t, "value": t / 2, "low": t / 2 - 1, "high": t / 2 + 1} for t in (-2.0, -1.0, 0.0, 1.0)]
    before, after = markers(event_study.event_study(points, "per 100", "time"))
    assert (list(before.x), before.marker.symbol) == ([-2.0, -1.0], "circle-open")
    assert (list(after.x), after.marker.symbol) == ([0.0, 1.0], "circle")


def test_survival_curves_start_at_one_and_step(lang: str) -> None:
    points = [
        {"time": t, "arm": arm, "survival": 1 - t * rate, "low": 0.9 - t * rate, "high": 1 - t * rate / 2}
        for arm, rate in (("control", 0.1), ("treatment", 0.2)) for t in (1.0, 2.0, 3.0)
    ]  # fmt: skip
    arms = (("control", "Without"), ("treatment", "With"))
    figure = event_study.survival_curves(points, arms, "time")
    named = [trace for trace in figure.data if trace.name]
    assert [trace.name for trace in named] == ["Without", "With"]
    assert all(trace.y[0] == 1 and trace.line.shape == "hv" for trace in named)
    assert len({trace.line.dash for trace in named}) == 2


def test_the_smallest_effect_is_marked_on_the_power_curve_where_there_is_one(lang: str) -> None:
    effects, chances = [5.0, 10.0, 20.0], [0.2, 0.5, 0.95]
    assert len(markers(power_curve.power_curve(effects, chances, 15.0, 0.8, "per 100"))) == 1
    assert markers(power_curve.power_curve(effects, chances, None, 0.8, "per 100")) == []


def test_what_no_number_of_clusters_can_see_is_left_out(lang: str) -> None:
    figure = power_curve.by_clusters([4, 8, 16], [None, 20.0, 12.0], 8, "per 100", "clusters")
    assert list(figure.data[0].x) == [8, 16]
    assert list(figure.data[0].marker.size) == [16, 8]


def test_every_mark_can_be_told_from_the_background(lang: str) -> None:
    for name in ("text", "text_quiet", "home", "border"):
        assert theme.contrast(theme.colour(name), theme.colour("background")) >= 3
