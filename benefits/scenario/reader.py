"""Makes a Scenario of a TOML document: every fault told at once, every key left out noted as a default."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from benefits.parameters import parameter
from benefits.rules import price_levels, tax_base
from benefits.scenario.defaults import Defaults, spread
from benefits.scenario.faults import default_horizon, is_calendar
from benefits.scenario.file_model import (
    CheckedFile,
    CostTable,
    DisplacementTable,
    NotPricedTable,
    OtherGainTable,
    ScenarioFile,
    ServiceTable,
)
from benefits.scenario.file_types import Label
from benefits.scenario.model import Cost, NotPriced, PerPersonYear, Scenario, Spread
from benefits.scenario.read_effect import effect, persistence
from benefits.scenario.read_origin import destination, origin
from benefits.scenario.unit_costs import carried, payer_of, unit_cost
from data.settings import settings
from data.toml import fitted


def scenario(fields: Mapping[str, Any], file: str = "") -> Scenario:
    """Return the scenario the fields describe; raises `Problems` with every fault."""
    found: ScenarioFile = fitted(fields, CheckedFile, file)
    taken = Defaults()
    base_year = taken.given(found.base_year, "base_year", price_levels.last_known_year())
    g = price_levels.grunnbeloep_mean(base_year) if found.grunnbeloep_nok is None else found.grunnbeloep_nok
    name = "innenfor.limits.default_horizon"
    horizon = taken.given(found.horizon_years, "horizon_years", default_horizon(), name)
    usual = base_year if found.base_year or horizon == 1 else base_year + 1
    start = taken.given(found.start_year, "start_year", usual) - base_year
    return Scenario(
        base_year=base_year,
        start=start,
        horizon_years=horizon,
        participants=spread(found, "participants", "participants_"),
        uptake=taken.given(found.uptake, "uptake", 1.0),
        title=_label(taken.given(found.title, "title", Label())),
        effect=effect(found.effect, taken),
        persistence=persistence(found.persistence, taken),
        **_displacement(found.displacement, taken),
        origin=origin(found.origin, taken),
        destination=destination(found.destination, base_year, g, taken),
        costs=tuple(_cost(item, number, base_year, start, taken) for number, item in enumerate(found.cost, 1)),
        services=tuple(
            _service(item, f"service[{number}]", base_year, taken) for number, item in enumerate(found.service, 1)
        ),
        other_gains=tuple(
            _gain(item, f"other_gain[{number}]", taken) for number, item in enumerate(found.other_gain, 1)
        ),
        not_priced=tuple(_not_priced(item, number, taken) for number, item in enumerate(found.not_priced, 1)),
        municipality=_municipality(found.municipality, taken),
        **_switches(found, taken),
        discount_rate=found.discount_rate,
        grunnbeloep_nok=g,
        parameters={name: Spread(item.value, item.low, item.high) for name, item in found.parameters.items()},
        defaults=tuple(taken.noted),
        raw=dict(fields),
    )


def _label(found: Label) -> dict[str, str]:
    return {"nb": found.nb, "en": found.en}


def _switches(found: ScenarioFile, taken: Defaults) -> dict[str, Any]:
    """Return what is on or off, the main case where a scenario does not say."""
    main = {"income_equalisation": True, "expenditure_equalisation": False, "real_growth": False, "example": False}
    return {name: taken.given(getattr(found, name), name, usual) for name, usual in main.items()}


def _displacement(table: DisplacementTable, taken: Defaults) -> dict[str, Any]:
    name = "innenfor.model.displacement"
    share = taken.assumed("displacement.value", name) if table.value is None else spread(table, "value")
    fades = taken.given(table.fades, "displacement.fades", value=True)
    half_life = _fade(table, taken)
    return {"displacement": share, "displacement_half_life": half_life, "displacement_fades": fades}


def _fade(table: DisplacementTable, taken: Defaults) -> Spread:
    if table.fades is False:
        return Spread(1.0)
    if table.half_life_years is None:
        return taken.assumed("displacement.half_life_years", "innenfor.model.displacement_half_life")
    return spread(table, "half_life_years", "fade_")


def _municipality(found: str | None, taken: Defaults) -> str:
    """Return the municipality given, or the reader's own; empty where no tax per head is known of it."""
    if found is not None:
        return found
    own = settings().home_municipality
    return taken.given(None, "municipality", own if tax_base(own, date.max.year) else "", "settings")


def _cost(item: CostTable, number: int, base_year: int, start: int, taken: Defaults) -> Cost:
    path = f"cost[{number}]"
    kind = taken.given(item.kind, f"{path}.kind", "resource")
    year = taken.given(item.year, f"{path}.year", start)
    return Cost(
        payer=item.payer,
        year=year - base_year if is_calendar(year) else year,
        nok=carried(spread(item, "nok"), item.price_year, base_year),
        kind=kind,
        to=item.to or "",
        label=_label(item.label),
        evidence=taken.given(item.evidence, f"{path}.evidence", "assumption"),
    )


def _service(item: ServiceTable, path: str, base_year: int, taken: Defaults) -> PerPersonYear:
    """Return a service in kroner a person-year; one by its unit cost bears that cost's words and grade."""
    if item.unit_cost is None:
        assert item.payer is not None  # noqa: S101 - the file is checked
        return PerPersonYear(
            item.payer, spread(item, "nok_per_person_year"), _evidence(item, path, taken), _label(item.label)
        )
    entry, nok = parameter(item.unit_cost), unit_cost(item.unit_cost, base_year)
    units = spread(item, "units", "units_")
    product = Spread(nok.value * units.value, *(a * b for a, b in zip(nok.ends, units.ends, strict=True)))
    return PerPersonYear(
        payer_of(item.unit_cost),
        product,
        item.evidence or entry.evidence,
        _label(item.label) if item.label.nb else entry.label,
    )


def _gain(item: OtherGainTable, path: str, taken: Defaults) -> PerPersonYear:
    nok = spread(item, "nok_per_person_year")
    return PerPersonYear(item.beneficiary, nok, _evidence(item, path, taken), _label(item.label))


def _evidence(item: ServiceTable | OtherGainTable, path: str, taken: Defaults) -> str:
    return taken.given(item.evidence, f"{path}.evidence", "assumption")


def _not_priced(item: NotPricedTable, number: int, taken: Defaults) -> NotPriced:
    path = f"not_priced[{number}]"
    return NotPriced(
        label=_label(item.label),
        beneficiary=taken.given(item.beneficiary, f"{path}.beneficiary", "participants"),
        direction=taken.given(item.direction, f"{path}.direction", "unclear"),
        weight=taken.given(item.weight, f"{path}.weight", "small"),
    )
