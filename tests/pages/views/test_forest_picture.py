"""The picture of many effects: every row says its verdict and its value, and what is drawn stands where it is worth."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import polars as pl
import pytest

from analytics.experiments.portfolio.meta_analysis import Pooled, pool
from data.i18n import speaking
from pages.svg.markup import Drawing
from pages.svg.rows_picture import NARROW, WIDE
from pages.views.experiments.forest_picture import forest_picture

SVG = "{http://www.w3.org/2000/svg}"
FOREST = pl.DataFrame(
    {
        "name": ["One", "Two", "Three"], "verdict": ["better", "too_small_to_say", "worse"],
        "words": ["Better", "Too small to say", "Worse"], "value": [10.0, 2.0, -4.0], "low": [3.0, -9.0, -7.0],
        "high": [17.0, 13.0, -1.0], "shrunken": [7.0, 3.0, None], "shrunken_low": [2.0, -2.0, None],
        "shrunken_high": [12.0, 8.0, None],
    }
)  # fmt: skip


def mean() -> Pooled:
    return replace(pool([10.0, 2.0], [3.6, 5.6]), pooled=3.0, low=-2.0, high=8.0, prediction=(-9.0, 15.0))


def parts(drawn: Drawing, name: str) -> list[ET.Element]:
    return list(ET.fromstring(drawn.svg).iter(SVG + name))


def said(drawn: Drawing) -> str:
    return " ".join(each.text or "" for each in parts(drawn, "text"))


@pytest.mark.parametrize("lang", ["nb", "en"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_row_says_its_verdict_and_its_value_with_the_interval(lang: str, width: float) -> None:
    with speaking(lang):
        drawn = forest_picture(FOREST, mean(), width)
    told = said(drawn)
    assert all(words in told for words in FOREST["words"])
    between = "til" if lang == "nb" else "to"
    comma = "," if lang == "nb" else "."
    assert f"10{comma}0 (3{comma}0 {between} 17{comma}0)" in told
    assert f"3{comma}0 (−2{comma}0 {between} 8{comma}0)" in told
    assert told.count("%") == 1  # the key to the interval
    assert f"One · Better: 10{comma}0" in drawn.alt


def test_what_is_drawn_towards_the_mean_stands_beneath_and_nearer_to_it() -> None:
    with speaking("nb"):
        drawn = forest_picture(FOREST, mean())
    dots = [float(each.get("cx", "")) for each in parts(drawn, "circle")]
    small = [each.get("points", "").split() for each in parts(drawn, "polygon")]
    tops = [tuple(map(float, points[1].split(","))) for points in small]
    key, first, second, pooled = tops
    assert key[1] < first[1] < second[1] < pooled[1]
    assert dots[2] < first[0] < dots[1]  # Two's ring, One drawn towards the mean, One's dot: at 2, 7 and 10
    assert dots[2] < pooled[0] < first[0]


def test_without_a_mean_none_is_drawn_and_no_key_is_needed() -> None:
    bare = FOREST.with_columns(pl.lit(None, pl.Float64).alias(name) for name in FOREST.columns[-3:])
    with speaking("nb"):
        drawn = forest_picture(bare, None)
    assert not parts(drawn, "polygon")
    assert "Målt" not in said(drawn)
    assert len(drawn.alt.split("; ")) == FOREST.height


def test_an_effect_without_limits_has_none_in_words_or_picture() -> None:
    bare = FOREST.head(1).with_columns(low=pl.lit(None, pl.Float64), high=pl.lit(None, pl.Float64))
    with speaking("nb"):
        drawn = forest_picture(bare.with_columns(shrunken=pl.lit(None, pl.Float64)), None)
    assert drawn.alt == "One · Better: 10,0"
    assert not [each for each in parts(drawn, "line") if each.get("stroke-width") == "3"]
