"""Reads the persons of a scenario: where they come from, where they go, and whom they displace."""

from benefits import prices
from benefits.errors import Conflict, MissingKey
from benefits.parameters import parameter
from benefits.rules import ZONES
from benefits.scenario import DESTINATION_STATES, ORIGIN_STATES, PAYERS, Destination, Origin, Spread
from benefits.toml_table import Table


def displacement(top: Table) -> Spread:
    """Return the share of jobs that displace others, with its range."""
    table = top.inner("displacement", ("value", "low", "high"))
    return table.spread("value", 0, 1) if table.has("value") else assumed(table, "value", "innenfor.model.displacement")


def assumed(table: Table, key: str, name: str) -> Spread:
    """Return the range of a parameter taken for a key that was left out, and note it."""
    entry = parameter(name).values[-1]
    table.default(key, entry.value, name)
    return Spread(entry.value or 0.0, entry.low, entry.high)


def origin(top: Table) -> Origin:
    """Return where participants would be without the measure."""
    table = top.inner("origin", ("age", "path", "income_base_nok", "partner", "young_disabled"))
    name = "innenfor.limits.default_age"
    age = table.number("age", 10, 66) if table.has("age") else table.default("age", parameter(name).latest(), name)
    path = table.each("path", ("state", "years"))
    if not path:
        table.default("path", "sosialhjelp")
    steps = [_step(item, last=number == len(path)) for number, item in enumerate(path, 1)]
    base = "income_base_nok"
    return Origin(
        age=float(age),
        path=tuple(steps) or (("sosialhjelp", 0.0),),
        income_base_nok=table.number(base, 0) if table.has(base) else float(table.default(base, 0.0)),
        partner=table.flag("partner", default=False),
        young_disabled=table.flag("young_disabled", default=False),
    )


def _step(item: Table, *, last: bool) -> tuple[str, float]:
    state = item.choice("state", ORIGIN_STATES)
    if item.has("years"):
        return state, item.number("years", 0, 100)
    if not last:
        raise MissingKey(item.at("years"), "-", "0 – 100")
    return state, float(item.default("years", 0.0, "last state lasts to the end"))


def destination(top: Table, base_year: int, grunnbeloep: float) -> Destination:
    """Return where participants go; `grunnbeloep` carries an assumed wage to the base year (NOK)."""
    keys = ("state", "wage_nok", "low", "high", "full_time_share", "share_low", "share_high", "zone")
    kept = "benefit_kept"
    table = top.inner("destination", (*keys, "employer", "fills_vacancy", kept, "kept_low", "kept_high"))
    state = table.choice("state", DESTINATION_STATES, "work")
    wage, share = "wage_nok", "full_time_share"
    employer = table.choice("employer", ("private", *PAYERS), "private")
    vacancy = table.flag("fills_vacancy", default=False)
    if vacancy and employer == "private":
        raise Conflict(table.at("fills_vacancy"), "true", 'employer = "municipality"')
    return Destination(
        state=state,
        wage=table.spread(wage, 0) if table.has(wage) else _assumed_wage(table, base_year, grunnbeloep),
        full_time_share=(
            table.spread(share, 0, 1, "share_")
            if table.has(share)
            else assumed(table, share, f"innenfor.model.{share}")
        ),
        zone=_zone(table),
        employer=employer,
        fills_vacancy=vacancy,
        benefit_kept=table.spread(kept, 0, 1, "kept_") if table.has(kept) else Spread(table.default(kept, 0.0)),
    )


def _assumed_wage(table: Table, base_year: int, grunnbeloep: float) -> Spread:
    name = "innenfor.model.wage"
    entry = parameter(name).values[-1]
    factor = prices.to_base_year(name, base_year, grunnbeloep)
    table.default("wage_nok", (entry.value or 0.0) * factor, name)
    return Spread(*(factor * (amount or 0.0) for amount in (entry.value, entry.low, entry.high)))


def _zone(table: Table) -> str:
    if isinstance(table.fields.get("zone"), int) and not isinstance(table.fields["zone"], bool):
        table = Table({"zone": str(table.fields["zone"])}, table.path, table.keys, table.noted)
    return table.choice("zone", ZONES, "1")
