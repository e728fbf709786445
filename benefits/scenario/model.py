"""A scenario: whom a measure reaches, what it does to them, what it costs and who pays."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from data.home import own_over_shipped
from data.toml import parsed, told, toml_table

PAYERS = (
    "municipality",
    "county",
    "state_transfers",
    "state_tax",
    "health_trust",
    "other_municipalities",
    "other_counties",
)
BUDGETING = ("municipality", "county")  # they plan their budgets four years ahead
PRIVATE = ("participants", "employers", "others")
LEDGERS = (*PAYERS, *PRIVATE)
BENEFIT_STATES = ("aap", "ufoeretrygd", "kvp", "dagpenger", "sosialhjelp")
ORIGIN_STATES = (*BENEFIT_STATES, "no_income", "education")
WORK_STATES = ("work", "apprenticeship")
DESTINATION_STATES = (*WORK_STATES, "education")


@dataclass(frozen=True)
class Spread:
    """A number with the range it may lie in; without a range it is taken as certain."""

    value: float
    low: float | None = None
    high: float | None = None

    @property
    def ends(self) -> tuple[float, float]:
        """The low and the high end; both the value itself where there is no range."""
        return (self.value if self.low is None else self.low, self.value if self.high is None else self.high)


@dataclass(frozen=True)
class Default:
    """A key the scenario left out, with the value taken and where it comes from."""

    key: str
    value: Any
    source: str


@dataclass(frozen=True)
class Effect:
    """Extra heads in work per participant (shares), with the ends of the 95 % interval.

    One a year since start; where `months` says when each was measured, the effect grows evenly to it from zero.
    """

    value: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    months: tuple[float, ...]
    evidence: str
    deadweight: Spread
    work_years: Spread


@dataclass(frozen=True)
class Persistence:
    """How the effect lasts: half-life or constant years (a spread), or a schedule of shares by year since start."""

    kind: Literal["half_life_years", "constant_years", "schedule"]
    years: Spread
    schedule: tuple[float, ...] = ()


@dataclass(frozen=True)
class Origin:
    """Where participants would be without the measure.

    `path`: states with years, the last one to the end; or `mix`: the share in each state at the start, who then change
    state at the yearly rates of the parameters.
    """

    age: float
    path: tuple[tuple[str, float], ...]
    mix: Mapping[str, Spread]
    income_base_nok: float
    partner: bool
    young_disabled: bool
    children: float


@dataclass(frozen=True)
class Destination:
    """Where participants go; `wage` is a full-time year, and the full-time share enters here and nowhere else.

    `benefit_kept` is the share of the origin's benefit that a participant in work still draws; None is by rule.
    """

    state: str
    wage: Spread
    full_time_share: Spread
    zone: str
    employer: str
    fills_vacancy: bool
    benefit_kept: Spread | None


@dataclass(frozen=True)
class Cost:
    """A cost in a year after the base year; a transfer names who receives it in `to`."""

    payer: str
    year: int
    nok: Spread
    kind: str
    to: str
    label: Mapping[str, str]
    evidence: str


@dataclass(frozen=True)
class PerPersonYear:
    """Kroner per extra person-year: a service no longer used, or a gain with a price."""

    ledger: str
    nok: Spread
    evidence: str
    label: Mapping[str, str]


@dataclass(frozen=True)
class NotPriced:
    """A gain without kroner, on DFØ's scale."""

    label: Mapping[str, str]
    beneficiary: str
    direction: str
    weight: str


@dataclass(frozen=True)
class Scenario:
    """All a calculation needs to know; `raw` is the TOML it was read from, `defaults` what it left out."""

    title: Mapping[str, str]
    base_year: int
    start: int
    horizon_years: int
    participants: Spread
    uptake: float
    effect: Effect
    persistence: Persistence
    displacement: Spread
    displacement_half_life: Spread
    displacement_fades: bool
    origin: Origin
    destination: Destination
    costs: tuple[Cost, ...]
    services: tuple[PerPersonYear, ...]
    other_gains: tuple[PerPersonYear, ...]
    not_priced: tuple[NotPriced, ...]
    municipality: str
    income_equalisation: bool
    expenditure_equalisation: bool
    real_growth: bool
    discount_rate: float | None
    example: bool
    grunnbeloep_nok: float
    parameters: Mapping[str, Spread]
    defaults: tuple[Default, ...]
    raw: Mapping[str, Any]

    @property
    def experiment(self) -> str:
        """The key of the registered experiment whose effect the scenario holds, empty where it is none's."""
        return str(self.raw.get("experiment", ""))

    @classmethod
    def from_dict(cls, fields: Mapping[str, Any]) -> "Scenario":
        """Return the scenario a TOML document describes; raises `Problems`, each naming key, value and cure."""
        from benefits.scenario.reader import scenario

        return scenario(fields)

    @classmethod
    def from_bytes(cls, content: bytes, file: str) -> "Scenario":
        """Return the scenario in the bytes of a TOML file; raises `Problems` with every fault."""
        from benefits.scenario.reader import scenario

        return scenario(parsed(content, file), file)

    @classmethod
    def from_toml(cls, text: str, where: str = "scenario") -> "Scenario":
        """Return the scenario in a TOML text."""
        return cls.from_bytes(text.encode(errors="surrogatepass"), where)

    @classmethod
    def read(cls, path: str | Path) -> "Scenario":
        """Return the scenario in a TOML file."""
        from benefits.scenario.reader import scenario

        return scenario(toml_table(Path(path)), told(Path(path)))

    def changed(self, **changes: Any) -> "Scenario":  # noqa: ANN401 - TOML values
        """Return a copy with some keys changed; a key inside a table is written with two underscores.

        `scenario.changed(participants=50, effect__value=0.08)`; None takes a key away.
        """
        fields = deepcopy(dict(self.raw))
        for key, value in changes.items():
            *tables, name = key.split("__")
            table = fields
            for part in tables:
                table = table.setdefault(part, {})
            if value is None:
                table.pop(name, None)
            else:
                table[name] = value
        return Scenario.from_dict(fields)

    def as_toml(self) -> str:
        """Return the scenario as a TOML text that reads back the same."""
        from benefits.scenario.writer import as_toml

        return as_toml(self.raw)


def shipped() -> tuple[str, ...]:
    """Return the names of the scenarios at hand: those that come with Innenfor, and the home's own.

    Raises HomeUnusable.
    """
    return tuple(own_over_shipped("scenarios"))


def shipped_scenario(name: str) -> Scenario:
    """Return a scenario by name; the home's own is read instead of a shipped one of the same name."""
    return Scenario.read(own_over_shipped("scenarios")[name])
