"""The municipalities of a county or the nation as one picture, filled by class: Kartverket's borders, simplified."""

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from data import paths
from pages.plots import theme
from pages.svg.markup import Drawing, at

OUTLINES = paths.DATA / "outlines" / "municipalities_2024.csv"
_MERIDIAN = 15.0
_SIDE = 3600.0
_COARSE = 5
_DRAWN = 600
_LEAST_RING = 3
Ring = tuple[tuple[int, int], ...]


@cache
def outlines() -> dict[str, tuple[Ring, ...]]:
    """Return code → rings in whole units of the picture, `_SIDE` high: a transverse Mercator about 15° E."""
    with OUTLINES.open(encoding="utf-8") as lines:
        rings = {
            row["region_code"]: [_projected(ring) for ring in row["outline"].split(";")]
            for row in csv.DictReader(lines)
        }
    every = [point for own in rings.values() for ring in own for point in ring]
    left, top = min(x for x, _ in every), max(y for _, y in every)
    scale = _SIDE / (top - min(y for _, y in every))
    return {
        code: tuple(tuple((round((x - left) * scale), round((top - y) * scale)) for x, y in ring) for ring in own)
        for code, own in rings.items()
    }


def norway_picture(fills: Mapping[str, str], alt: str) -> Drawing:
    """Return every municipality that is named, filled (#rrggbb), cropped to them all."""
    by_fill: dict[str, list[str]] = {}
    for code in sorted(set(fills) & set(outlines())):
        by_fill.setdefault(fills[code], []).append(code)
    box = _box(tuple(fills))
    shapes = [
        f'<path fill="{fill}" d="{"".join(_path(code, box.grid) for code in codes)}"/>'
        for fill, codes in by_fill.items()
    ]
    edges = f'stroke="{theme.colour("background")}" stroke-width="{at(box.unit * 0.6)}"'
    return Drawing(f"{box.head}<g {edges}>{''.join(shapes)}</g></svg>", alt, box.width, box.height)


def place_outline(codes: Iterable[str], whole: Iterable[str]) -> Drawing:
    """Return the outline of some municipalities alone, to lie over the picture of `whole`; without words of its own."""
    box = _box(tuple(whole))
    known = [code for code in codes if code in outlines()]
    path = "".join(_path(code, box.grid) for code in known)
    edge = f'fill="none" stroke="{theme.colour("text")}" stroke-width="{at(box.unit * 2.2)}" stroke-linejoin="round"'
    mark = _mark(known[0], box) if len(known) == 1 else ""
    return Drawing(f'{box.head}<path {edge} d="{path}"/>{mark}</svg>', "", box.width, box.height)


@dataclass(frozen=True)
class _Box:
    """The part of the plane that is shown, in units of a grid: the finer, the smaller the part."""

    left: float
    top: float
    width: float
    height: float
    grid: int

    @property
    def unit(self) -> float:
        """Return how many units a line of one pixel is wide."""
        return self.height / _DRAWN

    @property
    def head(self) -> str:
        """Return the beginning of a picture of the part."""
        view = f"{at(self.left)} {at(self.top)} {at(self.width)} {at(self.height)}"
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">'


def _mark(code: str, box: _Box) -> str:
    """Return a ring about the middle of a municipality, so that a small one is found."""
    ring = max(outlines()[code], key=len)
    x, y = (sum(point[axis] for point in ring) / len(ring) / box.grid for axis in (0, 1))
    edge = f'fill="none" stroke="{theme.colour("danger")}" stroke-width="{at(3 * box.unit)}"'
    return f'<circle cx="{at(x)}" cy="{at(y)}" r="{at(14 * box.unit)}" {edge}/>'


@cache
def _box(codes: tuple[str, ...]) -> _Box:
    points = [point for code in codes for ring in outlines().get(code, ()) for point in ring]
    left, top = min(x for x, _ in points), min(y for _, y in points)
    wide, high = max(x for x, _ in points) - left, max(y for _, y in points) - top
    air, grid = 0.02 * max(wide, high), _COARSE if high > _SIDE / 2 else 1
    return _Box((left - air) / grid, (top - air) / grid, (wide + 2 * air) / grid, (high + 2 * air) / grid, grid)


@cache
def _path(code: str, grid: int) -> str:
    """Return the rings of a municipality as relative lines on a grid, points that fall together left out."""
    rings = []
    for fine in outlines()[code]:
        ring = [(round(x / grid), round(y / grid)) for x, y in fine]
        kept = [point for before, point in zip((None, *ring), ring, strict=False) if point != before]
        steps = [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(kept)]
        if len(kept) >= _LEAST_RING:
            rings.append(f"M{kept[0][0]} {kept[0][1]}l{' '.join(steps)}z".replace(" -", "-"))
    return "".join(rings)


def _projected(ring: str) -> list[tuple[float, float]]:
    points = []
    for pair in ring.split():
        longitude, latitude = (math.radians(float(each)) for each in pair.split(","))
        east = longitude - math.radians(_MERIDIAN)
        across = math.cos(latitude) * math.sin(east)
        points.append((math.atanh(across), math.atan2(math.tan(latitude), math.cos(east))))
    return points
