"""Makes the effect and its persistence of a scenario's tables."""

from benefits.scenario.defaults import Defaults, spread
from benefits.scenario.faults import each_year
from benefits.scenario.file_model import EffectTable, PersistenceTable
from benefits.scenario.model import Effect, Persistence, Spread
from benefits.valuation.evidence_adjustment import NORMAL_LIMIT

Path = tuple[float, ...]


def effect(table: EffectTable, taken: Defaults) -> Effect:
    """Return the effect with its 95 % limits, deadweight and work years per success."""
    low, high = _limits(table)
    evidence = taken.given(table.evidence, "effect.evidence", "assumption")
    deadweight = Spread(0.0) if table.deadweight is None else spread(table, "deadweight", "deadweight_")
    taken.given(table.outcome, "effect.outcome", "in_work")
    work_years, key = Spread(1.0), "work_years_per_success"
    if table.work_years_per_success is not None:
        work_years = spread(table, key, "work_years_")
    return Effect(table.value, low, high, table.months or (), evidence, deadweight, work_years)


def persistence(table: PersistenceTable, taken: Defaults) -> Persistence:
    """Return how the effect lasts: half-life, constant years or a schedule."""
    if table.schedule is not None:
        return Persistence("schedule", Spread(1.0), table.schedule)
    if table.constant_years is not None:
        return Persistence("constant_years", spread(table, "constant_years"))
    if table.half_life_years is not None:
        return Persistence("half_life_years", spread(table, "half_life_years"))
    name = "innenfor.model.half_life_years"
    return Persistence("half_life_years", taken.assumed("persistence.half_life_years", name))


def _limits(table: EffectTable) -> tuple[Path, Path]:
    value, years = table.value, len(table.value)
    if table.se is not None:
        widths = [NORMAL_LIMIT * se for se in each_year(table.se, years)]
        pairs = [(middle - width, middle + width) for middle, width in zip(value, widths, strict=True)]
        return tuple(low for low, _ in pairs), tuple(high for _, high in pairs)
    return each_year(table.low or (), years), each_year(table.high or (), years)
