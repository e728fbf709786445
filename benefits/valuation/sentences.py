"""The answer in words, in both languages, and notes on what a scenario leaves to doubt."""

from typing import TYPE_CHECKING

from benefits.parameters import parameter
from benefits.persons.origin_chain import begins_on_benefit
from benefits.rules import rules_day, tax_base, under_limit
from benefits.rules.transfers import of_working_age
from benefits.scenario.model import Scenario
from data import i18n
from data.format.numbers import DECIMALS, is_no_million, is_nothing, millions, number, per_hundred

if TYPE_CHECKING:
    from benefits.valuation.summaries import LedgerSummary

_SURE, _LIKELY = 0.9, 0.6


def sentence(
    society: "LedgerSummary", public: "LedgerSummary", municipality: "LedgerSummary", lang: str, *, example: bool
) -> str:
    """Return what society is expected to gain or lose and how surely, then the same of public budgets."""
    parts = [_say(lang, f"sentence.{outcome(society)}", society), _say(lang, _budget("public", public), public)]
    parts.append(_say(lang, _budget("municipality", municipality), municipality))
    if example:
        parts.append(i18n.say("benefits", lang, "sentence.example"))
    return " ".join(parts)


def warnings(scenario: Scenario) -> tuple[str, ...]:
    """Return the keys (under `[note]`) of what a reader must know about a scenario."""
    found = ["indirect_taxes"]
    longest, kvp_longest = (
        parameter(name).latest() for name in ("nav.rates.aap_longest_years", "nav.rates.kvp_longest_years")
    )
    path = scenario.origin.path
    if any(state == "aap" and years > longest for state, years in path):
        found.append("aap_too_long")
    if path and path[-1][0] == "aap" and scenario.horizon_years - scenario.start > longest:
        found.append("aap_without_end")
    if path and _too_long(scenario, "kvp", kvp_longest):
        found.append("kvp_too_long")
    found += _of_rules(scenario)
    found += _of_switches(scenario)
    if begins_on_benefit(scenario) and not of_working_age(rules_day(scenario.base_year), scenario.origin.age):
        found.append("too_young_for_benefits")
    if scenario.persistence.kind != "schedule" and scenario.persistence.years.low is None:
        found.append("persistence_certain")
    if scenario.displacement.low is None:
        found.append("displacement_certain")
    if any(min(cost.nok.ends) < 0 for cost in scenario.costs):
        found.append("negative_cost")
    if scenario.destination.state == "education":
        found.append("education_has_no_pay")
    return tuple(found)


def _of_rules(scenario: Scenario) -> list[str]:
    """Return what must be known of the rules: that they are held constant, and what equalisation takes."""
    found = []
    if scenario.base_year + scenario.horizon_years - 1 > scenario.base_year:
        found.append("rules_constant")
    if not scenario.income_equalisation:
        return found
    known = tax_base(scenario.municipality, scenario.base_year)
    if known is None:
        return [*found, "equalisation_both_cases"]
    below = under_limit(rules_day(scenario.base_year), known.ratio)
    return [*found, "equalisation_supplement" if below else "equalisation_symmetric"]


def _of_switches(scenario: Scenario) -> list[str]:
    """Return what was chosen instead of the main case, and what stands in for a published number."""
    chosen = {
        "real_growth": scenario.real_growth,
        "discount_rate": scenario.discount_rate is not None,
        "displacement_lasts": not scenario.displacement_fades and scenario.displacement.ends[1] > 0,
        "origin_mix": bool(scenario.origin.mix),
        "effect_ramps_up": bool(scenario.effect.months),
        "effect_from_adults": scenario.raw["effect"].get("studied") == "adults",
        "published_replaced": bool(scenario.parameters) or "grunnbeloep_nok" in scenario.raw,
    }
    return [key for key, holds in chosen.items() if holds]


def _too_long(scenario: Scenario, state: str, longest: float) -> bool:
    """Whether the path holds a state for longer than it lasts, its last state to the end of the horizon."""
    *earlier, (last, _) = scenario.origin.path
    rest = scenario.horizon_years - scenario.start - sum(years for _, years in earlier)
    return any(name == state and years > longest for name, years in (*earlier, (last, rest)))


def outcome(society: "LedgerSummary") -> str:
    """Return how a measure turns out for society: `nothing`, or `gains` or `loses`, `…_surely` or `…_open`."""
    if society.untouched:
        return "nothing"
    direction = "loses" if society.expected <= 0 else "gains"
    agreeing = 1 - society.probability_positive if direction == "loses" else society.probability_positive
    if agreeing >= _SURE:
        return f"{direction}_surely"
    return direction if agreeing >= _LIKELY else f"{direction}_open"


def _budget(who: str, summary: "LedgerSummary") -> str:
    if summary.untouched:
        return f"sentence.{who}_even"
    if is_nothing(summary.expected, DECIMALS["nok_about"]):
        return f"sentence.{who}_little"
    return f"sentence.{who}_{'gains' if summary.expected > 0 else 'loses'}"


def _say(lang: str, key: str, summary: "LedgerSummary") -> str:
    low, high = summary.p10, summary.p90
    return i18n.say(
        "benefits",
        lang,
        key,
        amount=amount(summary.expected, lang),
        low=millions(low, DECIMALS["nok_million"], lang),
        high=millions(high, DECIMALS["nok_million"], lang),
        chance=chance(summary.probability_positive, lang),
    )


def amount(nok: float, lang: str) -> str:
    """Return the size of an amount with its unit: in millions, in whole thousands where millions would say nothing."""
    size = abs(nok)
    if is_no_million(size):
        return i18n.say("benefits", lang, "sentence.kroner", number=number(size, DECIMALS["nok_about"], lang))
    return i18n.say("benefits", lang, "sentence.million", number=millions(size, DECIMALS["nok_million"], lang))


def chance(share: float, lang: str) -> str:
    """Return a chance in whole per cent, without the sign; never 0 or 100 where a draw says otherwise."""
    if share > 0 and is_nothing(share, DECIMALS["share_whole"] + 2):
        return i18n.say("benefits", lang, "sentence.under_one")
    if share < 1 and is_nothing(1 - share, DECIMALS["share_whole"] + 2):
        return i18n.say("benefits", lang, "sentence.over_99")
    return per_hundred(share, DECIMALS["share_whole"], lang)
