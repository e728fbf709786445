"""Can this model be trusted? The worked examples run live, and every assumption by how much it moves the answer."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benefits.no_answer import number
from benefits.parameters import parameter
from benefits.rules import aap_day_rate, price_levels, rules_day
from benefits.rules.tax_equalisation import settlement, tax_base
from benefits.valuation.appraisal import Appraisal
from benefits.valuation.cost_sharing import Sharing, shapley
from benefits.valuation.decision_metrics import mvpf, net_benefit, tax_financing_term
from benefits.valuation.discounting import annuity, discount_factor, present_value
from data import paths

_FILE = paths.BENEFITS / "published" / "worked_examples.toml"
_ROUNDINGS = range(12)


@dataclass(frozen=True)
class PublishedComparison:
    """A published number beside ours; `agrees` where they are equal to the digits that were printed."""

    example: str
    label: Mapping[str, str]
    source: str
    quantity: str
    published: float
    ours: float

    @property
    def difference(self) -> float:
        """Return ours less the published number."""
        return self.ours - self.published

    @property
    def agrees(self) -> bool:
        """Whether the numbers are equal to the printed digits, or to one part in 10⁹."""
        half = 0.5 * 10.0 ** -_decimals(self.published)
        return abs(self.difference) <= max(half * (1 + 1e-9), 1e-9 * abs(self.published))


@dataclass(frozen=True)
class Assumption:
    """An assumption a result rests on, its range, and how far the range moves society's NPV (NOK)."""

    name: str
    label: Mapping[str, str]
    evidence: str
    low: float
    high: float
    swing: float


def worked_examples() -> tuple[PublishedComparison, ...]:
    """Return every published number of the worked examples beside the one the model gives now."""
    found = []
    for key, case in tomllib.loads(_FILE.read_text(encoding="utf-8")).items():
        ours = _RUNS[key](case)
        for quantity, published in case["published"].items():
            found.append(PublishedComparison(key, case["label"], case["source"], quantity, published, ours[quantity]))
    return tuple(found)


def assumptions(appraisal: Appraisal) -> tuple[Assumption, ...]:
    """Return the parameters with a range that an appraisal rests on, the one that moves it most first."""
    rows = []
    for row in appraisal.tornado:
        name = str(row["name"])
        if name.count(".") == 2:
            entry = parameter(name)
            grade = entry.entry(rules_day(appraisal.base_year)).evidence
            rows.append(Assumption(name, entry.label, grade, row["low"], row["high"], row["swing"]))
    return tuple(rows)


def _fram(case: Mapping[str, Any]) -> dict[str, float]:
    public = sum(case["lines"][name] for name in case["public"])
    return {"tax_financing_term": tax_financing_term(public), "net_benefit": net_benefit(case["lines"], case["public"])}


def _discounting(case: Mapping[str, Any]) -> dict[str, float]:
    return {year: discount_factor(int(year)) for year in case["published"]}


def _annuity(case: Mapping[str, Any]) -> dict[str, float]:
    return {years: annuity(int(years), case["rate"]) for years in case["published"]}


def _job_corps(case: Mapping[str, Any]) -> dict[str, float]:
    cost = case["cost"] - sum(case["gains_to_public"])
    return {"net_cost": cost, "mvpf": number(mvpf(sum(case["willingness_to_pay"]), cost)) or 0.0}


def _year_up(case: Mapping[str, Any]) -> dict[str, float]:
    pairs = zip(case["earnings"], case["index"], strict=True)
    worth = present_value([price_levels.deflated(amount, at, case["base_index"]) for amount, at in pairs], case["rate"])
    tax = worth * case["tax_rate"]
    ratio = mvpf(worth - tax + case["stipends"], case["cost"] - tax)
    return {"present_value": worth, "after_tax": worth - tax, "tax": tax, "mvpf": number(ratio) or 0.0}


def _aap(case: Mapping[str, Any]) -> dict[str, float]:
    return {"day_rate": aap_day_rate(case["day"], case["age"], case["income_base"])}


def _equalisation(case: Mapping[str, Any]) -> dict[str, float]:
    base = tax_base(case["municipality"], case["day"].year)
    return {} if base is None else {"settlement": float(settlement(case["day"], base.ratio))}


def _shapley(case: Mapping[str, Any]) -> dict[str, float]:
    shares = shapley(case["gains"], case["cost"])
    return dict(shares.values) if isinstance(shares, Sharing) else {}


_RUNS = {
    "fram": _fram,
    "discounting": _discounting,
    "annuity": _annuity,
    "job_corps": _job_corps,
    "year_up": _year_up,
    "aap_under_25": _aap,
    "shapley": _shapley,
    "equalisation": _equalisation,
}


def _decimals(published: float) -> int:
    """Return how many decimals a published number was printed with, as far as the number itself shows."""
    return next((digits for digits in _ROUNDINGS if round(published, digits) == published), len(_ROUNDINGS))
