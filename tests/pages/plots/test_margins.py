"""The room labels need is reckoned, and an axis whose labels are not known is left to Plotly."""

from pages.plots import drawing, margins, theme


def drawn(**axes: dict) -> dict:
    figure = drawing.Canvas()
    drawing.frame(figure, 300, (8, 16, 8, 8))
    for name, axis in axes.items():
        getattr(figure, f"update_{name}es")(**axis)
    return figure.drawn().to_plotly_json()["layout"]


def test_the_margin_holds_the_longest_line_of_the_longest_label() -> None:
    layout = drawn(yax={"tickvals": [0, 1], "ticktext": ["Oslo", "Kristiansand<br>kommune"]})
    assert layout["margin"]["l"] >= margins.width("Kristiansand") + theme.tokens()["chart"]["tick_px"] - 1
    assert layout["margin"]["l"] < margins.width("Kristiansand kommune")
    assert layout["yaxis"]["automargin"] is False


def test_what_was_asked_for_stands_where_it_is_more() -> None:
    figure = drawing.Canvas()
    drawing.frame(figure, 300, (200, 16, 8, 90))
    figure.update_yaxes(tickvals=[0], ticktext=["0"])
    figure.update_xaxes(tickvals=[0], ticktext=["0"])
    margin = figure.drawn().layout.margin
    assert (margin.l, margin.b) == (200, 90)


def test_a_title_and_more_lines_take_more_room() -> None:
    def below(**axis: object) -> int:
        return drawn(xax={"tickvals": [0], **axis})["margin"]["b"]

    plain = below(ticktext=["0"])
    assert below(ticktext=["0"], title="kroner") == plain + theme.tokens()["chart"]["title_px"]
    assert below(ticktext=["0<br>1"]) > plain
    assert below(ticktext=["0"], showticklabels=False) == 8


def test_labels_plotly_writes_or_may_turn_are_left_to_it() -> None:
    crowded = {"tickvals": list(range(12)), "ticktext": [f"{year}/{year + 1}" for year in range(2010, 2022)]}
    turned = {"tickvals": [0], "ticktext": ["0"], "tickangle": 45}
    for axis in ({"showgrid": True}, crowded, turned):
        assert "automargin" not in drawn(xax=axis)["xaxis"]
    assert "automargin" not in drawn(yax={"side": "right", "tickvals": [0], "ticktext": ["0"]})["yaxis"]


def test_wide_letters_are_wider_and_tags_are_no_letters() -> None:
    assert margins.width("MMM") > margins.width("iii")
    assert margins.width("<b>Oslo</b>") > margins.width("Oslo") == margins.width("<i>Oslo</i>")
    assert margins.width("Oslo", 28) == 2 * margins.width("Oslo", 14)


def test_a_picture_is_sent_still_so_that_it_is_drawn_once() -> None:
    figure = drawing.Canvas()
    drawing.frame(figure, 300, (8, 16, 8, 8))
    figure.add_scatter(x=[1], y=[2])
    figure.update_yaxes(tickfont={"size": 20})
    still = drawing.still(figure.drawn())
    layout = still.to_plotly_json()["layout"]
    assert layout["template"] == "none" or "layout" not in layout["template"], (
        "where values are checked it is spelt out"
    )
    assert not [name for name, value in layout.items() if name == "meta" and not isinstance(value, str)]
    assert layout["yaxis"]["tickfont"] == {"color": theme.colour("text"), "size": 20}, "the look is laid under"
    assert layout["xaxis"]["gridcolor"] == theme.colour("grid"), "an axis nobody set has the look, too"
    assert drawing.still(still) is still
    figure.add_scatter(x=[1], y=[3])
    assert drawing.still(figure.drawn()).layout.datarevision != layout["datarevision"]


def test_a_picture_of_several_panels_keeps_its_look() -> None:
    from plotly.subplots import make_subplots

    grid = make_subplots(rows=1, cols=2)
    drawing.frame(grid, 300, (8, 16, 8, 8))
    layout = drawing.still(grid).to_plotly_json()["layout"]
    assert {layout[name]["gridcolor"] for name in ("xaxis", "xaxis2", "yaxis", "yaxis2")} == {theme.colour("grid")}


def test_labels_are_measured_only_where_one_at_the_end_may_not_fit() -> None:
    """Without it Plotly lays the page out anew for each label of each axis."""
    wide = {"l": 40, "r": 40, "t": 8, "b": 8}
    for margin, along, upwards in (
        (wide, "allow", "allow"), (wide | {"r": 16}, None, "allow"), (wide | {"t": 4}, "allow", None), ({}, None, None),
    ):  # fmt: skip
        layout = {"margin": dict(margin), "xaxis": {}, "yaxis": {}}
        margins.settle(layout)
        assert (layout["xaxis"].get("ticklabeloverflow"), layout["yaxis"].get("ticklabeloverflow")) == (along, upwards)


def test_a_label_that_reaches_beyond_the_margin_is_measured() -> None:
    short, long = (
        {"margin": {"l": 40, "r": 40}, "xaxis": {"ticktext": [words]}} for words in ("2024", "January 2024, or later")
    )
    for layout in (short, long):
        margins.settle(layout)
    assert short["xaxis"]["ticklabeloverflow"] == "allow"
    assert "ticklabeloverflow" not in long["xaxis"]
