"""Makes a Scenario of a TOML document: every fault told at once, every key left out noted as a default."""

from collections.abc import Mapping
from typing import Any

from benefits.rules import price_levels
from benefits.scenario.defaults import Defaults, spread
from benefits.scenario.faults import default_horizon, is_calendar
from benefits.scenario.file_model import (
    CheckedFile,
    CostTable,
    DisplacementTable,
    Label,
    NotPricedTable,
    OtherGainTable,
    ScenarioFile,
    ServiceTable,
)
from benefits.scenario.model import Cost, NotPriced, PerPersonYear, Scenario, Spread
from benefits.scenario.read_effect import effect, persistence
from benefits.scenario.read_origin import destination, origin
from data.toml import fitted


def scenario(fields: Mapping[str, Any], file: str = "") -> Scenario:
    """Return the scenario the fields describe; raises `Problems` with every fault."""
    found: ScenarioFile = fitted(fields, CheckedFile, file)
    taken = Defaults()
    base_year = taken.given(found.base_year, "base_year", price_levels.last_known_year())
    g = price_levels.grunnbeloep_mean(base_year) if found.grunnbeloep_nok is None else found.grunnbeloep_nok
    name = "innenfor.limits.default_horizon"
    horizon = taken.given(found.horizon_years, "horizon_years", default_horizon(), name)
    usual = base_year if found.base_year else base_year + 1
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
        displacement=_displacement(found.displacement, taken),
        origin=origin(found.origin, taken),
        destination=destination(found.destination, base_year, g, taken),
        costs=tuple(_cost(item, number, base_year, taken) for number, item in enumerate(found.cost, 1)),
        services=tuple(
            _per_year(item, item.payer, f"service[{number}]", taken) for number, item in enumerate(found.service, 1)
        ),
        other_gains=tuple(
            _per_year(item, item.beneficiary, f"other_gain[{number}]", taken)
            for number, item in enumerate(found.other_gain, 1)
        ),
        not_priced=tuple(_not_priced(item, number, taken) for number, item in enumerate(found.not_priced, 1)),
        municipality=taken.given(found.municipality, "municipality", ""),
        income_equalisation=taken.given(found.income_equalisation, "income_equalisation", value=True),
        expenditure_equalisation=taken.given(found.expenditure_equalisation, "expenditure_equalisation", value=False),
        example=taken.given(found.example, "example", value=False),
        grunnbeloep_nok=g,
        parameters={name: Spread(item.value, item.low, item.high) for name, item in found.parameters.items()},
        defaults=tuple(taken.noted),
        raw=dict(fields),
    )


def _label(found: Label) -> dict[str, str]:
    return {"nb": found.nb, "en": found.en}


def _displacement(table: DisplacementTable, taken: Defaults) -> Spread:
    if table.value is None:
        return taken.assumed("displacement.value", "innenfor.model.displacement")
    return spread(table, "value")


def _cost(item: CostTable, number: int, base_year: int, taken: Defaults) -> Cost:
    path = f"cost[{number}]"
    kind = taken.given(item.kind, f"{path}.kind", "resource")
    year = taken.given(item.year, f"{path}.year", 0)
    return Cost(
        payer=item.payer,
        year=year - base_year if is_calendar(year) else year,
        nok=spread(item, "nok"),
        kind=kind,
        to=item.to or "",
        label=_label(item.label),
        evidence=taken.given(item.evidence, f"{path}.evidence", "assumption"),
    )


def _per_year(item: ServiceTable | OtherGainTable, ledger: str, path: str, taken: Defaults) -> PerPersonYear:
    return PerPersonYear(
        ledger=ledger,
        nok=spread(item, "nok_per_person_year"),
        evidence=taken.given(item.evidence, f"{path}.evidence", "assumption"),
        label=_label(item.label),
    )


def _not_priced(item: NotPricedTable, number: int, taken: Defaults) -> NotPriced:
    path = f"not_priced[{number}]"
    return NotPriced(
        label=_label(item.label),
        beneficiary=taken.given(item.beneficiary, f"{path}.beneficiary", "participants"),
        direction=taken.given(item.direction, f"{path}.direction", "unclear"),
        weight=taken.given(item.weight, f"{path}.weight", "small"),
    )
