"""Reads the effect and its persistence: the part of a scenario that is most often wrong."""

from typing import Any

from benefits.errors import Conflict, LooksLikePercent, MissingDeadweight, MissingInterval, MissingKey, WrongType
from benefits.parameters import GRADES, parameter
from benefits.scenario import Effect, Persistence, Spread
from benefits.toml_table import Table, checked_number

# Two-sided 95 % limits of the normal distribution, in standard errors.
NORMAL_LIMIT = 1.959963984540054
WITH_CONTROL_GROUP = ("rct", "quasi_experiment")
_EFFECT_KEYS = (
    "value", "se", "low", "high", "evidence", "control_group", "deadweight", "deadweight_low", "deadweight_high",
    "outcome", "work_years_per_success", "work_years_low", "work_years_high",
)  # fmt: skip
_KINDS = ("half_life_years", "constant_years", "schedule")


def effect(top: Table) -> Effect:
    """Return the effect; raises where it has no interval, looks like per cent, or lacks deadweight."""
    table = top.inner("effect", _EFFECT_KEYS)
    value = _path(table, "value")
    low, high = _interval(table, value)
    evidence = table.choice("evidence", GRADES, "assumption")
    return Effect(value, low, high, evidence, _deadweight(table, evidence), _work_years(table))


def persistence(top: Table) -> Persistence:
    """Return how the effect lasts: exactly one of half-life, constant years or a schedule."""
    table = top.inner("persistence", (*_KINDS, "low", "high"))
    given = [kind for kind in _KINDS if table.has(kind)]
    if len(given) > 1:
        raise Conflict(table.at(given[1]), ", ".join(given), "half_life_years | constant_years | schedule")
    if not given:
        entry = parameter("innenfor.model.half_life_years").values[-1]
        table.default("half_life_years", entry.value, "innenfor.model.half_life_years")
        return Persistence("half_life_years", Spread(entry.value or 1.0, entry.low, entry.high))
    if given == ["schedule"]:
        return Persistence("schedule", Spread(1.0), _shares(table, "schedule", 0, 1))
    if given == ["half_life_years"]:
        return Persistence("half_life_years", table.spread("half_life_years", 0.01, 1000))
    return Persistence("constant_years", table.spread("constant_years", 0, 1000))


def _interval(table: Table, value: tuple[float, ...]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    allowed = "se, or low and high"
    if table.has("se") and (table.has("low") or table.has("high")):
        raise Conflict(table.at("se"), "se, low, high", allowed)
    if table.has("se"):
        width = _matched(table, "se", value, 0.0)
        pairs = [
            (middle - NORMAL_LIMIT * se, middle + NORMAL_LIMIT * se) for middle, se in zip(value, width, strict=True)
        ]
        return tuple(low for low, _ in pairs), tuple(high for _, high in pairs)
    if not (table.has("low") and table.has("high")):
        raise MissingInterval("effect", "-", allowed)
    low, high = _matched(table, "low", value), _matched(table, "high", value)
    for bottom, middle, top in zip(low, value, high, strict=True):
        if not bottom <= middle <= top:
            raise Conflict("effect", f"{bottom:g} / {middle:g} / {top:g}", "low <= value <= high")
    return low, high


def _matched(table: Table, key: str, value: tuple[float, ...], least: float = -1.0) -> tuple[float, ...]:
    found = _path(table, key, least)
    if len(found) == 1:
        return found * len(value)
    if len(found) != len(value):
        raise Conflict(table.at(key), f"{len(found)}", f"1 / {len(value)}")
    return found


def _path(table: Table, key: str, least: float = -1.0) -> tuple[float, ...]:
    """Read one share, or one a year since start; a share above 1 was probably typed in per cent."""
    found = table.need(key, f"{least:g} – 1")
    for item in found if isinstance(found, list) else [found]:
        number = checked_number(item, table.at(key))
        if 1 < abs(number) <= 100 and number >= 100 * least:
            raise LooksLikePercent(table.at(key), f"{item:g}", f"{least:g} – 1", f"{number / 100:g}")
    return _shares(table, key, least, 1)


def _shares(table: Table, key: str, low: float, high: float) -> tuple[float, ...]:
    found: Any = table.need(key, f"{low:g} – {high:g}")
    items = found if isinstance(found, list) else [found]
    if not items:
        raise WrongType(table.at(key), "[]", f"{low:g} – {high:g}")
    return tuple(checked_number(item, table.at(key), low, high) for item in items)


def _deadweight(table: Table, evidence: str) -> Spread:
    key = "deadweight"
    if table.has(key):
        return table.spread(key, 0, 1, "deadweight_")
    controlled = evidence in WITH_CONTROL_GROUP
    if not (table.flag("control_group", controlled) if table.has("control_group") else controlled):
        raise MissingDeadweight(table.at(key), evidence, "0 – 1")
    return Spread(0.0)


def _work_years(table: Table) -> Spread:
    outcome = table.choice("outcome", ("in_work", "any_job"), "in_work")
    key = "work_years_per_success"
    if outcome == "any_job" and not (table.has(key) and table.has("work_years_low") and table.has("work_years_high")):
        raise MissingKey(table.at(key), "-", "work_years_per_success, work_years_low, work_years_high: 0 – 1")
    return table.spread(key, 0, 1, "work_years_") if table.has(key) else Spread(1.0)
