"""The dimensions of a JSON-stat2 data set: codes and labels in the order of the cells, and what each one is."""

from dataclasses import dataclass
from typing import Any

from data.ingest.contract import Problem
from data.sources.ssb.vocabulary import role_of


@dataclass(frozen=True)
class Dimension:
    """One dimension: its id, its role, and codes, labels and units in the order of the cells."""

    id: str
    role: str
    codes: list[str]
    labels: list[str]
    units: list[str]


def dimensions_of(file: str, document: dict[str, Any]) -> tuple[list[Dimension], list[Problem]]:
    """Return the dimensions in the order of the cells, and what is wrong with them."""
    ids, sizes, described = document.get("id"), document.get("size"), document.get("dimension")
    if (
        not isinstance(ids, list)
        or not isinstance(sizes, list)
        or not isinstance(described, dict)
        or len(ids) != len(sizes)
    ):
        return [], [Problem(code="size_mismatch", file=file, expected="id_and_size", found=str(sizes), column="size")]
    found: list[Problem] = []
    dimensions: list[Dimension] = []
    given = document.get("role")
    roles: dict[str, Any] = given if isinstance(given, dict) else {}
    for name, size in zip(ids, sizes, strict=True):
        body = described.get(name)
        dimension = _dimension(str(name), body, roles) if isinstance(body, dict) else None
        if dimension is None:
            found.append(Problem(code="missing_dimension", file=file, expected=str(name), column=str(name)))
        elif str(len(dimension.codes)) != size or len(set(dimension.codes)) != len(dimension.codes):
            found.append(
                Problem(
                    code="size_mismatch",
                    file=file,
                    expected=str(size),
                    found=str(len(set(dimension.codes))),
                    column=str(name),
                )
            )
        else:
            dimensions.append(dimension)
    return dimensions, found


def _dimension(name: str, body: dict[str, Any], roles: dict[str, Any]) -> Dimension | None:
    category = body.get("category")
    if not isinstance(category, dict):
        return None
    labels, index = category.get("label") or {}, category.get("index")
    if isinstance(index, dict):
        if sorted(index.values(), key=_place) != [str(i) for i in range(len(index))]:
            return None
        codes = sorted(index, key=lambda code: _place(index[code]))
    else:
        codes = list(index) if isinstance(index, list) else list(labels)
    if not codes or not isinstance(labels, dict) or not all(isinstance(code, str) for code in codes):
        return None
    given = category.get("unit")
    units: dict[str, Any] = given if isinstance(given, dict) else {}
    bases = [str(units[code].get("base", "")) if isinstance(units.get(code), dict) else "" for code in codes]
    return Dimension(name, _role(name, body, roles), codes, [str(labels.get(code, code)) for code in codes], bases)


def _place(place: object) -> int:
    return int(place) if isinstance(place, str) and place.isdecimal() else -1


def _role(name: str, body: dict[str, Any], roles: dict[str, Any]) -> str:
    for given, role in (("time", "time"), ("metric", "contents"), ("geo", "region")):
        if name in (roles.get(given) or []):
            return role
    return role_of(name) or role_of(str(body.get("label", "")))
