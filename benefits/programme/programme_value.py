"""What a programme costs and is worth: its measures together, each person once, what they share and are granted."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benefits.no_answer import NoAnswer
from benefits.persons.head_worth import SOCIETY
from benefits.programme.portfolio import MeasurePortfolio
from benefits.programme.portfolio_file import GrantTable, PortfolioFile, SharedCostTable
from benefits.programme.programme_sums import ProgrammeSums, add_grants, by_holder, summed_measures
from benefits.valuation.cost_sharing import ORGANISATIONS
from benefits.valuation.decision_metrics import cost_per_extra_person
from benefits.valuation.ratios import RatioRange, ratio_range
from benefits.valuation.sentences import amount, chance
from benefits.valuation.summaries import spread_of
from benefits.valuation.uncertainty import check_draws
from data import i18n
from data.format.numbers import number

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ProgrammeAppraisal:
    """A programme in NOK of its base year: by holder, year and measure, expected and over the draws.

    `holders` are present values; `budget` undiscounted NOK of each organisation in each year of the four-year plan. The
    same stand in `without_grants`, where no grant is given. `persons_in_work` is by year, each person counted once;
    `price_per_person` is a ratio of expectations: NOK per extra person in work in the best year, with its range.
    """

    title: Mapping[str, str]
    base_year: int
    example: bool
    holders: Mapping[str, Mapping[str, float]]
    budget: Mapping[str, list[dict[str, float]]]
    without_grants: Mapping[str, Any]
    persons_in_work: list[dict[str, float]]
    extra_persons_in_work: float
    programme_cost: float
    price_per_person: float | None
    price_range: RatioRange
    measures: list[dict[str, Any]]
    shared: list[dict[str, Any]]
    untouched: list[str]
    correlation: float
    draws: int
    seed: int

    def as_dict(self) -> dict[str, Any]:
        """Return the answer as plain JSON values."""
        return asdict(self)

    def sentence(self, lang: str = "en") -> str:
        """Return in words what the programme is worth to society and to the municipality, each with its chance."""
        who = {"society": self.holders[SOCIETY], "municipality": self.holders["municipality"]}
        facts: dict[str, object] = {"count": len(self.measures), "persons": number(self.extra_persons_in_work, 0, lang)}
        for name, found in who.items():
            kind = "better" if found["expected"] > 0 else "worse"
            change = i18n.say("benefits", lang, f"programme.{kind}", amount=amount(found["expected"], lang))
            facts |= {name: change, f"{name}_chance": chance(found["probability_positive"], lang)}
        return i18n.say("benefits", lang, "programme.sentence", **facts)


def appraise_programme(portfolio: MeasurePortfolio, draws: int = 10_000, seed: int = 1) -> ProgrammeAppraisal:
    """Return what a programme costs and is worth; a programme of one measure alone is that measure's appraisal."""
    check_draws(draws, seed)
    sums, measures = summed_measures(portfolio, draws, seed)
    without = _answer(portfolio, sums)
    add_grants(portfolio, sums, seed)
    best = sums.heads[:, int(np.argmax(sums.heads.mean(axis=0)))]
    price = cost_per_extra_person(float(sums.cost.mean()), float(best.mean()))
    return ProgrammeAppraisal(
        title={"nb": portfolio.file.title.nb, "en": portfolio.file.title.en},
        base_year=portfolio.base_year,
        example=portfolio.example,
        **_answer(portfolio, sums),
        without_grants=without,
        persons_in_work=[_told(portfolio.base_year + year, sums.heads[:, year]) for year in range(portfolio.horizon)],
        extra_persons_in_work=float(best.mean()),
        programme_cost=float(sums.cost.mean()),
        price_per_person=None if isinstance(price, NoAnswer) else price,
        price_range=ratio_range(sums.cost, best),
        measures=measures,
        shared=_provenance(portfolio.file),
        untouched=[name for name, found in by_holder(sums.worth).items() if not np.any(found)],
        correlation=portfolio.file.correlation,
        draws=draws,
        seed=seed,
    )


def _provenance(file: PortfolioFile) -> list[dict[str, Any]]:
    """Return what measures share and are granted, as typed: kind, words, kroner and years, grade and source."""
    costs = [{"kind": "shared_cost", "year": list(each.year)} | _typed(each) for each in file.shared_cost]
    grants = [{"kind": "grant", "year": [each.year], "chance": each.chance} | _typed(each) for each in file.grant]
    return [*costs, *grants]


def _typed(each: SharedCostTable | GrantTable) -> dict[str, Any]:
    told = {"label": {"nb": each.label.nb, "en": each.label.en}, "payer": each.payer, "to": each.to, "nok": each.nok}
    return {**told, "evidence": each.evidence, "source": each.source}


def _answer(portfolio: MeasurePortfolio, sums: ProgrammeSums) -> dict[str, Any]:
    holders = by_holder(sums.worth)
    told = {name: {"expected": float(found.mean())} | spread_of(found) for name, found in holders.items()}
    budget = {
        name: [
            _told(portfolio.base_year + year, np.sum([found[payer] for payer in payers], axis=0))
            for year, found in zip(sums.plan, sums.years, strict=True)
        ]
        for name, payers in ORGANISATIONS.items()
    }
    return {"holders": told, "budget": budget}


def _told(year: int, draws: Array) -> dict[str, float]:
    return {"year": year, "expected": float(draws.mean())} | spread_of(draws)
