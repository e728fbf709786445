import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.ingest.geojson import BoundaryProblem, limits, read_boundaries
from tests.shared_files import shared

SQUARE = [[8.0, 58.0], [8.5, 58.0], [8.5, 58.3], [8.0, 58.3], [8.0, 58.0]]
HOLE = [[8.1, 58.1], [8.1, 58.2], [8.2, 58.2], [8.2, 58.1], [8.1, 58.1]]


def feature(code: Any = "4204", kind: str = "Polygon", coordinates: Any = None) -> dict[str, Any]:
    shape = {"type": kind, "coordinates": [SQUARE] if coordinates is None else coordinates}
    return {"type": "Feature", "properties": {"kommunenummer": code}, "geometry": shape}


def collection(*features: Any, **more: Any) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)} | more).encode()


def problems(content: bytes) -> list[str]:
    with pytest.raises(ExceptionGroup) as refused:
        read_boundaries(content)
    found = [each for each in refused.value.exceptions if isinstance(each, BoundaryProblem)]
    assert len(found) == len(refused.value.exceptions)
    assert all(each.says(lang) and each.do(lang) for each in found for lang in ("nb", "en"))
    return [each.problem for each in found]


def test_a_polygon_with_a_hole_keeps_both_rings() -> None:
    rows = read_boundaries(collection(feature(coordinates=[SQUARE, HOLE])))
    assert rows.group_by("ring", maintain_order=True).len().rows() == [(0, 5), (1, 5)]
    assert rows.columns == ["region_code", "polygon", "ring", "lon", "lat"]


def test_a_municipality_of_several_islands_is_one_place() -> None:
    far = [[x + 1, y] for x, y in SQUARE]
    multi = read_boundaries(collection(feature(kind="MultiPolygon", coordinates=[[SQUARE], [far]])))
    apart = read_boundaries(collection(feature(), feature(coordinates=[far])))
    assert multi["polygon"].unique().sort().to_list() == [0, 1]
    assert multi.equals(apart)


def test_a_number_that_lost_its_leading_zero_is_still_oslo() -> None:
    assert read_boundaries(collection(feature(301)))["region_code"].unique().to_list() == ["0301"]


def test_height_above_the_sea_is_left_out() -> None:
    assert read_boundaries(collection(feature(coordinates=[[[*point, 12.5] for point in SQUARE]]))).height == 5


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"{", "not_json"),
        (b"\xff\xfe", "not_json"),
        (b"[" * 100_000, "not_json"),
        (collection(feature(coordinates=[[[float("nan"), 58.0]] * 4])), "not_json"),
        (b"[]", "not_collection"),
        (json.dumps(feature()).encode(), "not_collection"),
        (collection(), "empty"),
        (collection("Kristiansand"), "not_feature"),
        (collection({"type": "Feature", "properties": None, "geometry": None}), "no_property"),
        (collection(feature() | {"properties": ["4204"]}), "no_property"),
        (collection(feature() | {"properties": "4204"}), "no_property"),
        (collection(feature("Kristiansand")), "bad_property"),
        (collection(feature(["4204"])), "bad_property"),
        (collection(feature(True)), "bad_property"),
        (collection(feature("9999")), "unknown_code"),
        (collection(feature("1001")), "former_code"),
        (collection(feature(kind="Point", coordinates=[8.0, 58.0])), "wrong_geometry"),
        (collection(feature() | {"geometry": None}), "no_geometry"),
        (collection(feature(coordinates=[])), "no_geometry"),
        (collection(feature(coordinates=[SQUARE[:-1]])), "bad_ring"),
        (collection(feature(coordinates=[SQUARE[:3]])), "bad_ring"),
        (collection(feature(coordinates="here")), "bad_ring"),
        (collection(feature(coordinates=[["8", "58"]] * 1)), "bad_ring"),
        (collection(feature(coordinates=[[["8.0", "58.0"]] * 4])), "bad_position"),
        (collection(feature(coordinates=[[[y, x] for x, y in SQUARE]])), "not_wgs84"),
        (collection(feature(coordinates=[[[x * 1e4, y * 1e5] for x, y in SQUARE]])), "not_wgs84"),
        (collection(feature(), crs={"type": "name", "properties": {"name": "EPSG:25833"}}), "not_wgs84"),
    ],
)
def test_a_file_that_is_not_understood_is_refused_with_the_reason(content: bytes, problem: str) -> None:
    assert problems(content) == [problem]


def test_every_problem_is_named_at_once() -> None:
    content = collection(feature("9999"), feature(), feature(kind="LineString"), {"type": "Feature", "properties": {}})
    assert problems(content) == ["unknown_code", "wrong_geometry", "no_property"]


def test_a_file_above_the_limit_is_not_read() -> None:
    assert problems(b" " * (limits()["most_megabytes"] * 10**6 + 1)) == ["too_large"]


@pytest.mark.long
@given(st.integers(100, 3000))
def test_detail_nobody_can_see_is_left_out_and_the_ring_stays_closed(points: int) -> None:
    edge = [[8.0 + 0.5 * i / points, 58.0] for i in range(points)]
    rows = read_boundaries(collection(feature(coordinates=[[*edge, [8.5, 58.3], [8.0, 58.3], [8.0, 58.0]]])))
    assert rows.height <= limits()["steps"] + 5
    assert rows.select("lon", "lat").row(0) == rows.select("lon", "lat").row(-1)


def test_the_published_boundaries_of_agder_are_read() -> None:
    rows = read_boundaries(shared("fixtures/geo/agder_kommuner_2024_S.geojson").read_bytes())
    assert rows["region_code"].n_unique() == 25
