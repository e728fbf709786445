"""Boundaries that a user supplies: GeoJSON in, vertices out, with every problem named."""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NoReturn

import numpy as np
import polars as pl
from numpy.typing import NDArray

from data import i18n, paths
from data.catalogue import regions
from data.errors import InnenforError
from data.toml import toml_table

SCHEMA = {"region_code": pl.String, "polygon": pl.Int32, "ring": pl.Int32, "lon": pl.Float64, "lat": pl.Float64}
_BYTES = 10**6


@dataclass(eq=False)
class BoundaryProblem(InnenforError, code="boundary"):
    """One thing wrong with a file of boundaries: `problem` is a key under `[boundary]`, `limit` what the rule says."""

    problem: str
    limit: str = ""

    def says(self, lang: str = "en") -> str:
        """Return where the problem lies and what it is."""
        return i18n.say("data", lang, "error.boundary.says", where=self.where, problem=self._said(lang, "boundary"))

    def do(self, lang: str = "en") -> str:
        """Return what cures it."""
        return self._said(lang, "boundary_do")

    def _said(self, lang: str, table: str) -> str:
        return i18n.say("data", lang, f"{table}.{self.problem}", found=self.found, limit=self.limit)


@cache
def limits() -> dict[str, Any]:
    """Return the rules of `boundaries.toml`."""
    return toml_table(paths.DATA / "ingest" / "geojson.toml")


def read_boundaries(content: bytes, name: str = "GeoJSON") -> pl.DataFrame:
    """Return the vertices of a GeoJSON FeatureCollection of municipalities, a row a vertex in drawing order.

    Columns: `region_code`, `polygon` (number within the municipality), `ring` (0 the outline, then holes), `lon`, `lat`
    (degrees, WGS84). Detail finer than a picture can show is left out. Several areas of one municipality are put
    together. Raises ExceptionGroup of BoundaryProblem with all problems; nothing is half read.
    """
    features = _features(content, name)
    problems: list[BoundaryProblem] = []
    areas: dict[str, list[list[NDArray[np.float64]]]] = {}
    for number, feature in enumerate(features, 1):
        where = f"{name}, {number}"
        try:
            code = _code(feature, where)
            areas.setdefault(code, []).extend(_polygons(feature, f"{where} ({code})"))
        except BoundaryProblem as problem:
            problems.append(problem)
    if problems:
        raise ExceptionGroup(name, problems)
    return _vertices(areas)


def _features(content: bytes, name: str) -> list[Any]:
    most = limits()["most_megabytes"]
    if len(content) > most * _BYTES:
        _alone(name, str(math.ceil(len(content) / _BYTES)), "too_large", str(most))
    try:
        raw = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        _alone(name, f"{type(error).__name__}: {error}", "not_json")
    kind = raw.get("type") if isinstance(raw, dict) else type(raw).__name__
    if kind != "FeatureCollection" or not isinstance(raw.get("features"), list):
        _alone(name, repr(kind), "not_collection")
    if not raw["features"]:
        _alone(name, "0", "empty")
    crs = raw.get("crs")
    if crs is not None and _crs_name(crs) not in limits()["crs"]:
        _alone(name, str(_crs_name(crs))[:80], "not_wgs84")
    return list(raw["features"])


def _crs_name(crs: Any) -> object:  # noqa: ANN401 - whatever the file holds
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return properties.get("name") if isinstance(properties, dict) else crs


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(constant)


def _alone(where: str, found: str, problem: str, limit: str = "") -> NoReturn:
    raise ExceptionGroup(where, [BoundaryProblem(where, found, problem, limit)])


def _code(feature: Any, where: str) -> str:  # noqa: ANN401 - whatever the file holds
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise BoundaryProblem(where, repr(feature)[:40], "not_feature")
    key, properties = limits()["property"], feature.get("properties")
    value = properties.get(key) if isinstance(properties, dict) else None
    if value is None:
        raise BoundaryProblem(where, "–", "no_property", key)
    code = f"{value:04d}" if isinstance(value, int) and not isinstance(value, bool) else str(value).strip()
    if len(code) != 4 or not (code.isascii() and code.isdigit()):
        raise BoundaryProblem(where, repr(value)[:40], "bad_property", key)
    known = _municipalities()
    if code not in known:
        raise BoundaryProblem(where, code, "unknown_code")
    if not known[code]:
        raise BoundaryProblem(where, code, "former_code")
    return code


@cache
def _municipalities() -> dict[str, bool]:
    """Return every municipality code with whether it is one of today's."""
    return dict(regions().filter(pl.col("level") == "municipality").select("code", "current").iter_rows())


def _polygons(feature: dict[str, Any], where: str) -> list[list[NDArray[np.float64]]]:
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict) or not geometry.get("coordinates"):
        raise BoundaryProblem(where, repr(geometry)[:40], "no_geometry")
    kind, coordinates = geometry.get("type"), geometry["coordinates"]
    if kind not in ("Polygon", "MultiPolygon"):
        raise BoundaryProblem(where, repr(kind)[:40], "wrong_geometry")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not all(isinstance(polygon, list) and polygon for polygon in polygons):
        raise BoundaryProblem(where, repr(coordinates)[:40], "bad_ring")
    return [[_ring(ring, where) for ring in polygon] for polygon in polygons]


def _ring(ring: Any, where: str) -> NDArray[np.float64]:  # noqa: ANN401 - whatever the file holds
    if not isinstance(ring, list) or len(ring) < 4:
        raise BoundaryProblem(where, repr(ring)[:40], "bad_ring")
    points = np.array([_position(position, where) for position in ring])
    if (points[0] != points[-1]).any():
        raise BoundaryProblem(where, f"{points[0].tolist()} ≠ {points[-1].tolist()}", "bad_ring")
    rule = limits()
    inside = (points >= (rule["west"], rule["south"])) & (points <= (rule["east"], rule["north"]))
    if not inside.all():
        raise BoundaryProblem(where, str(points[int(np.argmin(inside.all(axis=1)))].tolist()), "not_wgs84")
    return points


def _position(position: Any, where: str) -> tuple[float, float]:  # noqa: ANN401 - whatever the file holds
    two = position[:2] if isinstance(position, list) else []
    real = [each for each in two if isinstance(each, int | float) and not isinstance(each, bool)]
    if len(real) != 2 or not all(abs(each) < 1e9 and math.isfinite(each) for each in real):
        raise BoundaryProblem(where, repr(position)[:40], "bad_position")
    return float(real[0]), float(real[1])


def _vertices(areas: dict[str, list[list[NDArray[np.float64]]]]) -> pl.DataFrame:
    every = np.concatenate([ring for polygons in areas.values() for polygon in polygons for ring in polygon])
    grain = float(np.ptp(every, axis=0).max()) / limits()["steps"]
    parts = [
        _part(code, number, order, thin)
        for code, polygons in areas.items()
        for number, polygon in enumerate(polygons)
        for order, thin in _thinned(polygon, grain, alone=len(polygons) == 1)
    ]
    return pl.concat(parts) if parts else pl.DataFrame(schema=SCHEMA)


def _thinned(
    polygon: list[NDArray[np.float64]], grain: float, *, alone: bool
) -> Iterator[tuple[int, NDArray[np.float64]]]:
    """Yield the rings that can be seen, without points that fall on the one before; a sole outline always stays."""
    for order, ring in enumerate(polygon):
        cells = np.round(ring / grain) if grain > 0 else ring
        kept = np.concatenate([[True], (np.diff(cells, axis=0) != 0).any(axis=1)])
        kept[-1] = True
        thin = ring[kept]
        if len(thin) >= 4:
            yield order, thin
        elif order == 0 and alone:
            yield order, ring
        elif order == 0:
            return


def _part(code: str, polygon: int, ring: int, points: NDArray[np.float64]) -> pl.DataFrame:
    columns = {"region_code": [code], "polygon": [polygon], "ring": [ring]}
    every = pl.DataFrame({"lon": points[:, 0], "lat": points[:, 1]})
    return pl.DataFrame(columns).join(every, how="cross").cast(SCHEMA)  # type: ignore[arg-type]
