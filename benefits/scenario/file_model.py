"""A scenario as it stands in a TOML file: which keys each table may hold, and what each may be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import BeforeValidator

from benefits.parameters import GRADES, parameters
from benefits.parameters.faults import ranged
from benefits.rules import ZONES
from benefits.rules.tax_equalisation import tax_bases
from benefits.scenario import faults
from benefits.scenario.model import DESTINATION_STATES, LEDGERS, ORIGIN_STATES, PAYERS
from data.toml import Fits, Numbers, OneOf, Together, one_of, within

WEIGHTS = ("none", "small", "medium", "large")
DIRECTIONS = ("better", "worse", "unclear")
# Beyond this no amount, count or year means anything, and sums would lose their øre.
_MOST, _WRITTEN = 10**15, "10¹⁵"

Number = Annotated[
    float, Fits("within", lambda value: abs(value) <= _MOST, (("low", f"−{_WRITTEN}"), ("high", _WRITTEN)))
]
Amount = Annotated[float, Fits("within", lambda value: 0 <= value <= _MOST, (("low", 0), ("high", _WRITTEN)))]
Share = Annotated[float, within(0, 1)]
Years = Annotated[float, within(0, 1000)]
Shares = Annotated[tuple[float, ...], Numbers, faults.shares(-1)]
PositiveShares = Annotated[tuple[float, ...], Numbers, faults.shares(0)]
Grade = Annotated[str, one_of(*GRADES)]
ParameterName = Annotated[str, OneOf(parameters)]
Ledger = Annotated[str, one_of(*LEDGERS)]


def _in_both_languages(found: Any) -> Any:  # noqa: ANN401 - any TOML value
    if isinstance(found, str):
        return {"nb": found, "en": found}
    return {"en": found["nb"], **found} if isinstance(found, Mapping) and "nb" in found else found


def _zone(found: Any) -> Any:  # noqa: ANN401 - any TOML value
    return str(found) if isinstance(found, int) and not isinstance(found, bool) else found


def _code(found: Any) -> Any:  # noqa: ANN401 - any TOML value
    return f"{found:04d}" if isinstance(found, int) and not isinstance(found, bool) else found


def _with_value(found: Any) -> Any:  # noqa: ANN401 - any TOML value
    return found if isinstance(found, Mapping) else {"value": found}


@dataclass(frozen=True)
class Label:
    """A name in both languages; where it is given once, it is the same in both."""

    nb: str = ""
    en: str = ""


Name = Annotated[Label, BeforeValidator(_in_both_languages)]


@dataclass(frozen=True)
class EffectTable:
    """Extra heads in work per participant, with its 95 % limits, grade and deadweight."""

    value: Shares
    se: PositiveShares | None = None
    low: Shares | None = None
    high: Shares | None = None
    evidence: Grade | None = None
    control_group: bool | None = None
    deadweight: Share | None = None
    deadweight_low: Share | None = None
    deadweight_high: Share | None = None
    outcome: Annotated[str, one_of("in_work", "any_job")] | None = None
    work_years_per_success: Share | None = None
    work_years_low: Share | None = None
    work_years_high: Share | None = None


@dataclass(frozen=True)
class PersistenceTable:
    """How the effect lasts, in one of three ways."""

    half_life_years: Annotated[float, within(0.01, 1000)] | None = None
    constant_years: Years | None = None
    schedule: PositiveShares | None = None
    low: Years | None = None
    high: Years | None = None


@dataclass(frozen=True)
class DisplacementTable:
    """The share of jobs that displace others."""

    value: Share | None = None
    low: Share | None = None
    high: Share | None = None


@dataclass(frozen=True)
class StepTable:
    """A state without the measure, and how many years it lasts."""

    state: Annotated[str, one_of(*ORIGIN_STATES)]
    years: Annotated[float, within(0, 100)] | None = None


@dataclass(frozen=True)
class OriginTable:
    """Where participants would be without the measure."""

    age: Annotated[float, within(10, 66)] | None = None
    path: Annotated[tuple[StepTable, ...], Together(faults.of_path)] = ()
    income_base_nok: Amount | None = None
    partner: bool | None = None
    young_disabled: bool | None = None
    children: Annotated[float, within(0, 15)] | None = None


@dataclass(frozen=True)
class DestinationTable:
    """Where participants go."""

    state: Annotated[str, one_of(*DESTINATION_STATES)] | None = None
    wage_nok: Amount | None = None
    low: Amount | None = None
    high: Amount | None = None
    full_time_share: Share | None = None
    share_low: Share | None = None
    share_high: Share | None = None
    zone: Annotated[str, one_of(*ZONES), BeforeValidator(_zone)] | None = None
    employer: Annotated[str, one_of("private", *PAYERS)] | None = None
    fills_vacancy: bool | None = None
    benefit_kept: Share | None = None
    kept_low: Share | None = None
    kept_high: Share | None = None


@dataclass(frozen=True)
class CostTable:
    """A cost in a year: after the base year, or of the calendar."""

    payer: Ledger
    nok: Number
    low: Number | None = None
    high: Number | None = None
    year: int | None = None
    kind: Annotated[str, one_of("resource", "transfer")] | None = None
    to: Ledger | None = None
    label: Name = Label()
    evidence: Grade | None = None


@dataclass(frozen=True)
class ServiceTable:
    """A service no longer used."""

    payer: Annotated[str, one_of(*PAYERS)]
    nok_per_person_year: Number
    low: Number | None = None
    high: Number | None = None
    label: Name = Label()
    evidence: Grade | None = None


@dataclass(frozen=True)
class OtherGainTable:
    """A gain with a price."""

    beneficiary: Ledger
    nok_per_person_year: Number
    low: Number | None = None
    high: Number | None = None
    label: Name = Label()
    evidence: Grade | None = None


@dataclass(frozen=True)
class NotPricedTable:
    """A gain without kroner."""

    label: Name = Label()
    beneficiary: Ledger | None = None
    direction: Annotated[str, one_of(*DIRECTIONS)] | None = None
    weight: Annotated[str, one_of(*WEIGHTS)] | None = None


@dataclass(frozen=True)
class ReplacedParameter:
    """A number that stands in for a published parameter."""

    value: Number
    low: Number | None = None
    high: Number | None = None


@dataclass(frozen=True)
class ScenarioFile:
    """All keys of a scenario, None or empty where one is left out."""

    participants: Amount
    effect: Annotated[EffectTable, Together(faults.of_effect)]
    base_year: Annotated[int, within(1900, 2200)] | None = None
    participants_low: Amount | None = None
    participants_high: Amount | None = None
    title: Name | None = None
    source: str = ""
    experiment: str = ""
    start_year: int | None = None
    horizon_years: Annotated[int, Together(faults.of_horizon)] | None = None
    uptake: Share | None = None
    example: bool | None = None
    municipality: Annotated[str, OneOf(tax_bases, empty=True), BeforeValidator(_code)] | None = None
    income_equalisation: bool | None = None
    expenditure_equalisation: bool | None = None
    rules_constant: bool | None = None
    grunnbeloep_nok: Annotated[float, within(1, 10_000_000)] | None = None
    persistence: Annotated[PersistenceTable, Together(faults.of_persistence)] = PersistenceTable()
    displacement: Annotated[DisplacementTable, ranged("value")] = DisplacementTable()
    origin: OriginTable = OriginTable()
    destination: Annotated[DestinationTable, Together(faults.of_destination)] = DestinationTable()
    cost: tuple[Annotated[CostTable, Together(faults.of_cost)], ...] = ()
    service: tuple[Annotated[ServiceTable, ranged("nok_per_person_year")], ...] = ()
    other_gain: tuple[Annotated[OtherGainTable, ranged("nok_per_person_year")], ...] = ()
    not_priced: tuple[NotPricedTable, ...] = ()
    parameters: Mapping[
        ParameterName,
        Annotated[ReplacedParameter, BeforeValidator(_with_value), ranged("value")],
    ] = field(default_factory=dict)


CheckedFile = Annotated[ScenarioFile, Together(faults.of_years)]
