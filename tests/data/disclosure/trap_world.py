"""What a trap's attacker knows of the world: what makes up places, ages, sexes and states, and who lives there."""

import itertools
import re
from collections.abc import Collection, Mapping

import numpy as np

from data.catalogue import regions
from tests.data.disclosure.attacker import Attacker, Key

SEXES = {"both": ("female", "male"), "female": ("female",), "male": ("male",)}
WHOLES = {"neet_register": ("neet_register_immigrants", "neet_register_others")}


OUTSIDE = ("status_unemployed", "status_health", "status_others", "a pension")
EVERYBODY = ("status_employed", "status_measures", "status_education", *OUTSIDE)


def places(keys: Collection[Key], *, closed: bool) -> dict[str, tuple[str, ...]]:
    """Return which innermost places each holds; not closed: counties and the nation hold others besides."""
    given = {key[0] for key in keys}
    counties = dict(regions().select("code", "county").iter_rows())
    found = {code: (code,) for code in given if len(code) == 4}
    for code in given | {counties[each] for each in found}:
        if len(code) < 4 and code != "0":
            inside = tuple(each for each in sorted(given) if len(each) == 4 and counties[each] == code)
            found[code] = (*inside, *(() if closed and inside else (f"others of {code}",)))
    if "0" in given:
        found["0"] = (*sorted({each for inner in found.values() for each in inner}), *(() if closed else ("others",)))
    return {code: inner for code, inner in found.items() if code in given}


def ages(keys: Collection[Key], *, closed: bool = True) -> dict[str, tuple[str, ...]]:
    """Return which stretches of years each age group holds; one without an end has that of the others."""
    given = {key[1] for key in keys}
    plain = {code: tuple(map(int, code.split("-"))) for code in given if re.fullmatch(r"\d+-\d+", code)}
    under = {code: int(code.removeprefix("under-")) for code in given if code.startswith("under-")}
    first = min([low for low, _ in plain.values()], default=0)
    last = max([high for _, high in plain.values()] + [n - 1 for n in under.values()], default=67)
    last += 0 if closed else 1
    spans = (
        plain | {code: (first, n - 1) for code, n in under.items()} | ({"all": (first, last)} if "all" in given else {})
    )
    edges = sorted({low for low, _ in spans.values()} | {high + 1 for _, high in spans.values()})
    return {code: tuple(f"{a}" for a in edges if low <= a <= high) for code, (low, high) in spans.items()}


def names(keys: Collection[Key]) -> dict[str, tuple[str, ...]]:
    """Return which innermost indicators, or destinations, each holds."""
    given = {key[3] for key in keys}
    if any(name.startswith("status_") for name in given):
        return {name: (name,) for name in given} | {"neet_register": OUTSIDE, "residents": EVERYBODY}
    found = {name: WHOLES[name] if name in WHOLES and given & set(WHOLES[name]) else (name,) for name in given}
    for name in given:
        if name.endswith("/total"):
            counted = name.removesuffix("total") if name.startswith("state_after") else "first_exit/"
            parts = tuple(sorted(each for each in given if each.startswith(counted) and not each.endswith("/total")))
            found[name] = (*parts, "never out") if name.startswith("first_exit") else parts
    return found | {"first_exit/0/remain": ("never out",)}


def alike(holds: tuple[dict[str, tuple[str, ...]], ...]) -> list[tuple[Key, Key]]:
    """Return that whoever started is counted after twelve months, after sixty, and among the exits."""
    totals = sorted(name for name in holds[3] if name.endswith("/total"))
    return [
        ((place, age, sex, totals[0]), (place, age, sex, other))
        for place, age, sex in itertools.product(holds[0], holds[1], holds[2])
        for other in totals[1:]
    ]


def residents_of(residents: Mapping[Key, int], period: str, key: Key) -> int | None:
    """Return how many live in a cell, as printed (`residents`) or had by adding and subtracting."""
    place, age, sex = key[:3]
    told = {(*other[1:], "residents"): float(n) for other, n in residents.items() if other[0] == period}
    key = (place, age, sex, "residents")
    if not told:
        return None
    keys = {key, *told}
    given = {each[0] for each in keys if len(each[0]) == 4}
    whole = {code for code, _ in regions().filter(current=True, level="county").select("code", "name").rows()
             if given >= set(regions().filter(current=True, level="municipality", county=code)["code"])}  # fmt: skip
    holds = places(keys, closed=place in whole), ages(keys), SEXES, {"residents": ("residents",)}
    attacker = Attacker(holds, told, {})
    low, high = attacker.end(key, 1), attacker.end(key, -1)
    return round(low) if np.isfinite(high) and low == high else None
