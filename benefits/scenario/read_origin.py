"""Makes the persons of a scenario of its tables: where they come from, and where they go."""

from benefits.rules import price_levels
from benefits.scenario.defaults import Defaults, spread
from benefits.scenario.file_model import DestinationTable, OriginTable
from benefits.scenario.model import Destination, Origin, Spread


def origin(table: OriginTable, taken: Defaults) -> Origin:
    """Return where participants would be without the measure."""
    age = taken.limit(table.age, "origin.age", "innenfor.limits.default_age")
    if not table.path and not table.mix:
        taken.note("origin.path", "sosialhjelp")
    steps = []
    for number, step in enumerate(table.path, 1):
        key = f"origin.path[{number}].years"
        steps.append((step.state, taken.given(step.years, key, 0.0, "last state lasts to the end")))
    return Origin(
        age=age,
        path=tuple(steps) or (() if table.mix else (("sosialhjelp", 0.0),)),
        mix={each.state: spread(each, "share") for each in table.mix},
        income_base_nok=taken.given(table.income_base_nok, "origin.income_base_nok", 0.0),
        partner=taken.given(table.partner, "origin.partner", value=False),
        young_disabled=taken.given(table.young_disabled, "origin.young_disabled", value=False),
        children=taken.given(table.children, "origin.children", 0.0),
    )


def destination(table: DestinationTable, base_year: int, grunnbeloep: float, taken: Defaults) -> Destination:
    """Return where participants go; `grunnbeloep` carries an assumed wage to the base year (NOK)."""
    return Destination(
        state=taken.given(table.state, "destination.state", "work"),
        employer=taken.given(table.employer, "destination.employer", "private"),
        fills_vacancy=taken.given(table.fills_vacancy, "destination.fills_vacancy", value=False),
        wage=_wage(table, price_levels.to_base_year("innenfor.model.wage", base_year, grunnbeloep), taken),
        full_time_share=_full_time_share(table, taken),
        zone=taken.given(table.zone, "destination.zone", "1"),
        benefit_kept=_benefit_kept(table, taken),
    )


def _wage(table: DestinationTable, factor: float, taken: Defaults) -> Spread:
    if table.wage_nok is None:
        return taken.assumed("destination.wage_nok", "innenfor.model.wage", factor)
    return spread(table, "wage_nok")


def _full_time_share(table: DestinationTable, taken: Defaults) -> Spread:
    if table.full_time_share is None:
        return taken.assumed("destination.full_time_share", "innenfor.model.full_time_share")
    return spread(table, "full_time_share", "share_")


def _benefit_kept(table: DestinationTable, taken: Defaults) -> Spread | None:
    if table.benefit_kept is None:
        taken.note("destination.benefit_kept", "by rule", "nav.work_beside_benefit")
        return None
    return spread(table, "benefit_kept", "kept_")
