"""The small pictures hold what they are given, each value where it belongs, and are described in words."""

import gzip
import re
import xml.etree.ElementTree as ET

import pytest

from analytics import regions
from pages.server import held_pictures
from pages.svg.bar_picture import ShareBar, bar_picture
from pages.svg.line_picture import TimeLine, line_picture
from pages.svg.markup import Drawing, marked
from pages.svg.norway_picture import norway_picture, outlines, place_outline
from pages.svg.row_marks import MarkedRow
from pages.svg.rows_picture import NARROW, PRINTED, WIDE, RowScale, rows_picture
from pages.svg.strip_picture import strip_picture

NAMESPACE = "{http://www.w3.org/2000/svg}"


def parts(drawn: Drawing, name: str) -> list[ET.Element]:
    return list(ET.fromstring(drawn.svg).iter(f"{NAMESPACE}{name}"))


def assert_inside(drawn: Drawing) -> None:
    for each in parts(drawn, "text"):
        wide, x = len(each.text or "") * float(each.get("font-size", "0")) * 0.6, float(each.get("x", "0"))
        left = {"start": x, "middle": x - wide / 2, "end": x - wide}[each.get("text-anchor", "start")]
        assert left >= -2
        assert left + wide <= drawn.width + 12


def drawn_line(values: list[float], pieces: list[int]) -> Drawing:
    points = tuple(
        (2015.0 + i, value, value * 0.9, value * 1.1, part)
        for i, (value, part) in enumerate(zip(values, pieces, strict=True))
    )
    return line_picture(TimeLine("A <b>", points), None, [2017.0], ("2015", "2018"), ("1 %", "4 %"), "alt & words")


def test_a_line_stops_at_a_break_and_higher_values_stand_higher() -> None:
    drawn = drawn_line([0.1, 0.2, 0.3, 0.4], [0, 0, 1, 1])
    lines = [each.get("points", "").split() for each in parts(drawn, "polyline")]
    assert [len(points) for points in lines] == [2, 2]
    heights = [float(point.split(",")[1]) for points in lines for point in points]
    assert heights == sorted(heights, reverse=True)


def test_one_point_alone_between_breaks_is_a_dot() -> None:
    drawn = drawn_line([0.1, 0.2, 0.3], [0, 0, 1])
    assert len(parts(drawn, "polyline")) == 1
    assert len(parts(drawn, "circle")) == 2  # the point alone, and the newest


@pytest.mark.parametrize("home", [0.02, 0.1, 0.3])
def test_every_place_is_a_dot_of_the_strip_and_nothing_is_cut_off(home: float) -> None:
    others = [0.02 + 0.001 * i for i in range(280)]
    drawn = strip_picture(others, home, 0.1, ("Guovdageaidnu – Kautokeino", "10,0 %", "Norge"), ("2 %", "30 %"), "alt")
    assert len(parts(drawn, "circle")) == len(others) + 1
    assert all(0 <= float(each.get("cx", "-1")) <= drawn.width for each in parts(drawn, "circle"))
    assert_inside(drawn)


def test_bars_are_as_long_as_their_shares_and_what_is_unknown_has_words() -> None:
    bars = [ShareBar("a", 0.2, "20 %"), ShareBar("b", 0.1, "10 %"), ShareBar("c", None, "skjult", block=1)]
    drawn = bar_picture(bars, {1: "2024"}, "alt", "line")
    wide = [float(each.get("width", "0")) for each in parts(drawn, "rect")]
    assert len(wide) == 2
    assert wide[0] == pytest.approx(2 * wide[1], abs=0.1)
    assert {"skjult", "2024"} <= {each.text for each in parts(drawn, "text")}


@pytest.mark.long
def test_every_municipality_of_today_has_an_outline() -> None:
    today = regions.current_regions()
    assert set(outlines()) == set(today.filter(level="municipality")["code"])


@pytest.mark.long
def test_the_map_is_small_enough_to_send() -> None:
    drawn = norway_picture(dict.fromkeys(outlines(), "#bcd6e5"), "alt")
    assert len(gzip.compress(drawn.svg.encode())) < 60_000
    path = parts(drawn, "path")
    assert len(path) == 1  # all are of one class
    assert path[0].get("d", "").count("M") >= len(outlines())


def test_a_place_is_outlined_where_the_map_has_it() -> None:
    drawn = norway_picture(dict.fromkeys(outlines(), "#bcd6e5"), "alt")
    own = place_outline(["4204"], outlines())
    assert ET.fromstring(own.svg).get("viewBox") == ET.fromstring(drawn.svg).get("viewBox")
    ring = re.search(r'cx="([\d.]+)" cy="([\d.]+)"', own.svg)
    assert ring
    assert float(ring[2]) > 0.9 * own.height  # Kristiansand lies far south


def test_a_held_picture_is_found_by_its_address_and_no_other_is() -> None:
    address = held_pictures.hold("<svg/>")
    body = held_pictures.held(address.removeprefix("."))
    assert body is not None
    assert gzip.decompress(body) == b"<svg/>"
    assert held_pictures.hold("<svg/>") == address
    assert held_pictures.held("/pictures/../secret.svg") is None
    assert held_pictures.held("/other/" + address.rpartition("/")[2]) is None


ROWS = (
    MarkedRow("Staten <ytelser> og Arbeids- og velferdsetaten", "+0,6 (−3,7 til +5,8)", 0.6, (-3.7, 5.8)),
    MarkedRow("Kommunen", "ikke målt", 0.0, None, 2.0, (0.0, 4.0), "ring"),
    MarkedRow("Langt unna", "+99", 99.0, None, symbol="diamond"),
)
SCALE = RowScale((-5.0, 10.0), ((-5.0, "−5"), (0.0, "0"), (5.0, "5"), (10.0, "10")), "Millioner kroner")


@pytest.mark.parametrize("width", [WIDE, PRINTED, NARROW])
def test_rows_stand_where_their_values_are_with_their_words_inside_the_picture(width: float) -> None:
    drawn = rows_picture(ROWS, SCALE, width)
    dots = [float(each.get("cx", "")) for each in parts(drawn, "circle")]
    zero, five = (float(parts(drawn, "text")[-4 + i].get("x", "")) for i in (0, 1))
    assert dots[1] == pytest.approx(zero, abs=0.02)
    assert (dots[0] - zero) / (five - zero) == pytest.approx(0.6 / 5, abs=0.01)
    said = " ".join(each.text or "" for each in parts(drawn, "text"))
    assert all(row.said in said for row in ROWS)
    assert "ikke målt" in drawn.alt
    assert_inside(drawn)


@pytest.mark.parametrize("width", [WIDE, PRINTED, NARROW])
@pytest.mark.parametrize("name", ["A" * 120, "", "Ungdom " * 30])
@pytest.mark.parametrize("said", ["", "forsinket, og ingen vet hvor mye " * 2])
def test_whatever_a_row_is_called_its_marks_stand_in_their_order(name: str, said: str, width: float) -> None:
    rows = [MarkedRow(name, said, value, (value - 1, value + 1)) for value in (-2.0, 3.0)]
    drawn = rows_picture(rows, SCALE, width)
    first, second = (float(each.get("cx", "")) for each in parts(drawn, "circle"))
    assert second - first > width * 0.05
    assert 0 <= first < second <= width
    names = [each for each in parts(drawn, "text") if set(each.text or "") == {"A"}]
    assert all(len(each.text or "") * 14 * 0.6 <= width for each in names)


def test_bars_begin_where_the_one_before_of_their_sign_ended() -> None:
    drawn = rows_picture([MarkedRow("Staten", "+1", None, bars=(-2.0, 4.0, -1.0))], SCALE, key=((0, "Kort sikt"),))
    zero, five = (float(parts(drawn, "text")[-4 + i].get("x", "")) for i in (0, 1))
    unit = (five - zero) / 5
    spans = [(float(each.get("x", "")), float(each.get("width", ""))) for each in parts(drawn, "rect")[1:]]
    expected = [(zero - 2 * unit, 2 * unit), (zero, 4 * unit), (zero - 3 * unit, unit)]
    assert [end for span in spans for end in span] == pytest.approx([end for span in expected for end in span], abs=0.1)
    assert len({each.get("fill") for each in parts(drawn, "rect")[1:4]}) == 3


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_key_breaks_where_the_picture_ends(width: float) -> None:
    key = [(number, f"Ganske langt navn på sikt {number}") for number in range(3)]
    drawn = rows_picture(ROWS, SCALE, width, key)
    plain = rows_picture(ROWS, SCALE, width)
    assert_inside(drawn)
    assert drawn.height - plain.height == (26.0 if width == WIDE else 66.0)


def test_words_across_a_picture_cannot_be_cut_away() -> None:
    drawn = marked(rows_picture(ROWS, SCALE), "EKSEMPEL <b>")
    assert parts(drawn, "text")[-1].text == "EKSEMPEL <b>"
    assert drawn.height == rows_picture(ROWS, SCALE).height


def test_the_line_through_a_bar_is_named_where_there_is_one() -> None:
    known, unknown = ShareBar("a", 0.2, "20 %", 0.1, 0.3), ShareBar("b", 0.1, "10 %")
    told = [{each.text for each in parts(bar_picture([bar], {}, "alt", "line"), "text")} for bar in (known, unknown)]
    assert ["line" in words for words in told] == [True, False]
    assert_inside(bar_picture([known], {}, "alt", "line"))
