"""Builds a Scenario from a TOML document: every key checked, every key left out noted as a default."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from benefits import prices
from benefits.effect_reading import effect, persistence
from benefits.errors import Conflict, GrunnbeloepUnknown, MissingKey, UnknownName
from benefits.parameters import GRADES, parameter, parameters
from benefits.person_reading import destination, displacement, origin
from benefits.scenario import (
    LEDGERS,
    PAYERS,
    Cost,
    Default,
    NotPriced,
    PerPersonYear,
    Scenario,
    Spread,
)
from benefits.toml_table import Table, checked_number, closest

TABLES = (
    "effect",
    "persistence",
    "displacement",
    "origin",
    "destination",
    "cost",
    "service",
    "other_gain",
    "not_priced",
)
KEYS = (
    "title", "base_year", "start_year", "horizon_years", "participants", "participants_low",
    "participants_high", "uptake", "example", "source", "experiment",
    "income_equalisation", "expenditure_equalisation", "grunnbeloep_nok", "parameters", *TABLES,
)  # fmt: skip
_COST_KEYS = ("payer", "year", "nok", "low", "high", "kind", "to", "label", "evidence")
_GAIN_KEYS = ("nok_per_person_year", "low", "high", "label", "evidence")
NOT_PRICED = ("beneficiary", "direction", "weight")
WEIGHTS = ("none", "small", "medium", "large")
DIRECTIONS = ("better", "worse", "unclear")


def scenario(fields: Mapping[str, Any]) -> Scenario:
    """Return the scenario the fields describe; raises the first ScenarioError met, from the top."""
    noted: list[Default] = []
    top = Table(fields, "", KEYS, noted)
    base_year = top.whole("base_year", 1900, 2200)
    g = _grunnbeloep(top, base_year)
    horizon = _horizon(top)
    start = _start(top, base_year, horizon)
    participants = top.spread("participants", 0, prefix="participants_")
    uptake = top.number("uptake", 0, 1) if top.has("uptake") else float(top.default("uptake", 1.0))
    result = Scenario(
        title=_title(top),
        base_year=base_year,
        start=start,
        horizon_years=horizon,
        participants=participants,
        uptake=uptake,
        effect=effect(top),
        persistence=persistence(top),
        displacement=displacement(top),
        origin=origin(top),
        destination=destination(top, base_year, g),
        costs=tuple(_cost(item, base_year, horizon) for item in top.each("cost", _COST_KEYS)),
        services=tuple(_per_year(item, "payer", PAYERS) for item in top.each("service", ("payer", *_GAIN_KEYS))),
        other_gains=tuple(
            _per_year(item, "beneficiary", LEDGERS) for item in top.each("other_gain", ("beneficiary", *_GAIN_KEYS))
        ),
        not_priced=tuple(_not_priced(item) for item in top.each("not_priced", ("label", *NOT_PRICED))),
        income_equalisation=top.flag("income_equalisation", default=True),
        expenditure_equalisation=top.flag("expenditure_equalisation", default=False),
        example=top.flag("example", default=False),
        grunnbeloep_nok=g,
        parameters=_overrides(top),
        defaults=(),
        raw=dict(fields),
    )
    return _with_defaults(result, noted)


def _with_defaults(result: Scenario, noted: list[Default]) -> Scenario:
    return replace(result, defaults=tuple(noted))


def _title(top: Table) -> dict[str, str]:
    if not top.has("title"):
        top.default("title", "")
    return top.label("title")


def _horizon(top: Table) -> int:
    longest = parameter("innenfor.limits.horizon_longest").latest()
    if top.has("horizon_years"):
        return top.whole("horizon_years", 1, longest)
    name = "innenfor.limits.default_horizon"
    return int(top.default("horizon_years", int(parameter(name).latest()), name))


def _start(top: Table, base_year: int, horizon: int) -> int:
    if not top.has("start_year"):
        return int(top.default("start_year", base_year)) - base_year
    return top.whole("start_year", base_year, base_year + horizon - 1) - base_year


def _cost(item: Table, base_year: int, horizon: int) -> Cost:
    kind = item.choice("kind", ("resource", "transfer"), "resource")
    if kind == "transfer" and not item.has("to"):
        raise MissingKey(item.at("to"), "-", ", ".join(LEDGERS))
    if kind == "resource" and item.has("to"):
        raise Conflict(item.at("to"), str(item.fields["to"]), 'kind = "transfer"')
    year = "year"
    given = item.number(year) if item.has(year) else float(item.default(year, 0))
    if given >= 1000:  # a calendar year
        item.number(year, base_year, base_year + horizon - 1)
        index = item.whole(year, base_year) - base_year
    else:
        index = item.whole(year, 0, horizon - 1) if item.has(year) else 0
    return Cost(
        payer=item.choice("payer", LEDGERS),
        year=index,
        nok=item.spread("nok"),
        kind=kind,
        to=item.choice("to", LEDGERS) if kind == "transfer" else "",
        label=item.label("label"),
        evidence=item.choice("evidence", GRADES, "assumption"),
    )


def _per_year(item: Table, who: str, names: tuple[str, ...]) -> PerPersonYear:
    return PerPersonYear(
        ledger=item.choice(who, names),
        nok=item.spread("nok_per_person_year"),
        evidence=item.choice("evidence", GRADES, "assumption"),
        label=item.label("label"),
    )


def _not_priced(item: Table) -> NotPriced:
    return NotPriced(
        label=item.label("label"),
        beneficiary=item.choice("beneficiary", LEDGERS, "participants"),
        direction=item.choice("direction", DIRECTIONS, "unclear"),
        weight=item.choice("weight", WEIGHTS, "small"),
    )


def _grunnbeloep(top: Table, base_year: int) -> float:
    if top.has("grunnbeloep_nok"):
        return top.number("grunnbeloep_nok", 1)
    try:
        return prices.grunnbeloep_mean(base_year)
    except GrunnbeloepUnknown as fault:
        raise GrunnbeloepUnknown("base_year", str(base_year), fault.last_known) from None


def _overrides(top: Table) -> dict[str, Spread]:
    found = top.fields.get("parameters", {})
    table = Table(found, "parameters", tuple(found) if isinstance(found, Mapping) else ())
    result = {}
    for name, given in table.fields.items():
        if name not in parameters():
            raise UnknownName(table.at(name), name, "benefits/parameters", closest(name, tuple(parameters())))
        if isinstance(given, Mapping):
            result[name] = Table(given, table.at(name), ("value", "low", "high")).spread("value")
        else:
            result[name] = Spread(checked_number(given, table.at(name)))
    return result


def rules_day(base_year: int) -> date:
    """Return the day whose rules stand for a year: 1 July."""
    return date(base_year, 7, 1)
