"""A scenario as it stands in a TOML file: which keys each table may hold, and what each may be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BeforeValidator

from benefits.parameters.faults import ranged
from benefits.scenario import faults, plausibility
from benefits.scenario.file_types import (
    DIRECTIONS,
    UNNAMED,
    WEIGHTS,
    Amount,
    Grade,
    Ledger,
    Municipality,
    Name,
    Number,
    ParameterName,
    PositiveShares,
    Share,
    Shares,
    Topic,
    Years,
    Zone,
    with_value,
)
from benefits.scenario.model import DESTINATION_STATES, ORIGIN_STATES, PAYERS
from benefits.scenario.unit_costs import unit_costs
from data.toml import Numbers, OneOf, Together, one_of, within


@dataclass(frozen=True)
class EffectTable:
    """Extra heads in work per participant, with its 95 % limits, when it was measured, grade and deadweight."""

    value: Shares
    months: Annotated[tuple[float, ...], Numbers] | None = None
    se: PositiveShares | None = None
    low: Shares | None = None
    high: Shares | None = None
    studied: Annotated[str, one_of("young", "adults")] | None = None
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
    """The share of jobs that displace others, and how it fades."""

    value: Share | None = None
    low: Share | None = None
    high: Share | None = None
    fades: bool | None = None
    half_life_years: Annotated[float, within(0.01, 1000)] | None = None
    fade_low: Annotated[float, within(0.01, 1000)] | None = None
    fade_high: Annotated[float, within(0.01, 1000)] | None = None


@dataclass(frozen=True)
class StepTable:
    """A state without the measure, and how many years it lasts."""

    state: Annotated[str, one_of(*ORIGIN_STATES)]
    years: Annotated[float, within(0, 100)] | None = None


@dataclass(frozen=True)
class MixTable:
    """The share of participants who would be in a state at the start."""

    state: Annotated[str, one_of(*ORIGIN_STATES)]
    share: Share
    low: Share | None = None
    high: Share | None = None


@dataclass(frozen=True)
class OriginTable:
    """Where participants would be without the measure: a path, or a mix whose shares change state."""

    age: Annotated[float, within(10, 66)] | None = None
    path: Annotated[tuple[StepTable, ...], Together(faults.of_path)] = ()
    mix: Annotated[tuple[Annotated[MixTable, ranged("share")], ...], Together(faults.of_mix)] = ()
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
    zone: Zone | None = None
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
    price_year: int | None = None
    kind: Annotated[str, one_of("resource", "transfer")] | None = None
    to: Ledger | None = None
    label: Name = UNNAMED
    evidence: Grade | None = None


@dataclass(frozen=True)
class ServiceTable:
    """A service no longer used: its kroner, or a published unit cost and how many units."""

    payer: Annotated[str, one_of(*PAYERS)] | None = None
    nok_per_person_year: Number | None = None
    low: Number | None = None
    high: Number | None = None
    unit_cost: Annotated[str, OneOf(unit_costs)] | None = None
    units: Amount | None = None
    units_low: Amount | None = None
    units_high: Amount | None = None
    label: Name = UNNAMED
    evidence: Grade | None = None


@dataclass(frozen=True)
class OtherGainTable:
    """A gain with a price."""

    beneficiary: Ledger
    nok_per_person_year: Number
    topic: Topic | None = None
    low: Number | None = None
    high: Number | None = None
    label: Name = UNNAMED
    evidence: Grade | None = None


@dataclass(frozen=True)
class NotPricedTable:
    """A gain without kroner."""

    label: Name = UNNAMED
    topic: Topic | None = None
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
    municipality: Municipality | None = None
    income_equalisation: bool | None = None
    expenditure_equalisation: bool | None = None
    rules_constant: bool | None = None
    real_growth: bool | None = None
    discount_rate: Annotated[float, within(0, 0.2)] | None = None
    meant: tuple[str, ...] = ()
    grunnbeloep_nok: Annotated[float, within(1, 10_000_000)] | None = None
    persistence: Annotated[PersistenceTable, Together(faults.of_persistence)] = PersistenceTable()
    displacement: Annotated[DisplacementTable, Together(faults.of_displacement)] = DisplacementTable()
    origin: Annotated[OriginTable, Together(faults.of_origin)] = OriginTable()
    destination: Annotated[DestinationTable, Together(faults.of_destination)] = DestinationTable()
    cost: tuple[Annotated[CostTable, Together(faults.of_cost)], ...] = ()
    service: tuple[Annotated[ServiceTable, Together(faults.of_service)], ...] = ()
    other_gain: tuple[Annotated[OtherGainTable, ranged("nok_per_person_year")], ...] = ()
    not_priced: tuple[NotPricedTable, ...] = ()
    parameters: Mapping[
        ParameterName,
        Annotated[ReplacedParameter, BeforeValidator(with_value), ranged("value")],
    ] = field(default_factory=dict)


CheckedFile = Annotated[
    ScenarioFile, Together(faults.of_years), Together(plausibility.of_ages), Together(plausibility.questions)
]
