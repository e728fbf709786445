"""The plan in words: values in their unit, the status with its reason, and the sentence that sums it up."""

from collections import Counter
from collections.abc import Sequence

from analytics import regions
from analytics.programme import readings
from benefits.realisation.plan import STATUSES, Compared, GainStatus, Measured, Plan, PlanRow
from benefits.scenario.model import shipped
from data.i18n import speaking
from pages.components.citations import citation, own_source, plan_edition
from pages.format import numbers, place_names
from pages.format.markdown import literal
from pages.format.numbers import Number
from pages.format.texts import language, listed, text
from pages.frame.source_footer import Citation

_TENS = -1


def value(amount: Number, unit: str) -> str:
    """Return a value in its unit; unknown is an en dash."""
    if amount is None:
        return numbers.unknown()
    ways = {"percent": lambda: numbers.percent(amount), "nok": lambda: numbers.nok(amount)}
    plain = ways.get(unit, lambda: numbers.trimmed(amount))()
    return plain if unit in ways else text(f"plan.unit.{unit}", number=plain)


def when(found: Measured) -> str:
    """Return when a value was measured: its period, or the day."""
    return numbers.period(found.period) if found.period else numbers.date(found.day)


def status(gain: GainStatus) -> str:
    """Return the status in a word or two."""
    return text(f"plan.status.{gain.status}")


def reason(gain: GainStatus) -> str:
    """Return why a gain has its status, with the numbers it rests on, and what must be known of them."""
    row, found = gain.row, gain.measured
    facts = {
        "target": value(row.target, row.unit), "target_date": numbers.date(row.target_date),
        "expected": value(gain.expected, row.unit), "actual": value(found.value, row.unit) if found else "",
        "when": when(found) if found else "", "baseline_date": numbers.date(row.baseline_date),
        "place": _place(row), "indicator": _indicator(row),
    }  # fmt: skip
    parts = [text(f"plan.reason.{gain.reason}", **facts)]
    if gain.within_chance:
        parts.append(text("plan.within_chance"))
    if found and found.status == "preliminary":
        parts.append(text("plan.preliminary"))
    if gain.target_too_small:
        parts.append(_too_small(gain))
    if gain.baseline_differs and found:
        parts.append(text("plan.baseline_differs", published=value(found.published_baseline, row.unit)))
    return " ".join(parts)


def _too_small(gain: GainStatus) -> str:
    """Return that the change to the target is too small to be told from chance, and how large it must be."""
    limit, people = gain.limit or 0.0, gain.measured.population if gain.measured else None
    facts = {"change": numbers.points(abs(gain.row.target - gain.row.baseline)), "limit": numbers.points(limit)}
    persons = numbers.number(limit * people, _TENS) if people else ""
    return text("plan.too_small_persons" if people else "plan.too_small", **facts, persons=persons)


def summary(gains: Sequence[GainStatus]) -> str:
    """Return the plan in one sentence: how many gains stand where."""
    counted = Counter(gain.status for gain in gains)
    parts = [text(f"plan.counted.{name}", count=counted[name]) for name in STATUSES if counted[name]]
    return text("plan.summary", total=len(gains), parts=listed(parts))


def told(gain: GainStatus) -> str:
    """Return one gain as a sentence to pass on."""
    return text("plan.told", gain=gain.row.gain[language()], status=status(gain).lower(), reason=reason(gain))


def modelled(each: Compared) -> str:
    """Return what the model gives a gain's measure, with its spread, and what the indicator has done meanwhile."""
    low, middle, high = (numbers.nok_million(amount) for amount in each.society)
    facts = {"title": each.title[language()], "low": low, "middle": middle, "high": high, "year": each.base_year}
    return text("plan.modelled_sentence", **facts, chance=numbers.whole_percent(each.chances["society"]))


def unknown_scenarios(gains: Sequence[GainStatus]) -> list[str]:
    """Return a line for each gain whose scenario Innenfor does not have: it is not modelled, and not by choice."""
    asked = [gain.row for gain in gains if gain.row.scenario and gain.row.scenario not in shipped()]
    return [text("plan.unknown_scenario", id=literal(row.id), name=literal(row.scenario)) for row in asked]


def sources(gains: Sequence[GainStatus], plan_source: Citation) -> tuple[Citation, ...]:
    """Return the plan and every edition its actual values come from."""
    found = [(gain.measured.edition, gain.row.indicator) for gain in gains if gain.measured and gain.measured.edition]
    return (plan_source, *(citation(edition, indicator) for edition, indicator in dict.fromkeys(found)))


def _place(row: PlanRow) -> str:
    name = place_names.place(row.region or regions.home())
    return f"{name} ({place_names.age(row.age_group)})" if row.age_group else name


def _indicator(row: PlanRow) -> str:
    return readings.indicator_label(row.indicator, language()) if row.indicator else ""


def plan_source(found: Plan, lang: str | None = None) -> Citation:
    """Return the plan as it is cited, in a language or the reader's."""
    with speaking(lang or language()):
        title = text("plan.source_example" if found.example else "plan.source")
        return own_source(title, plan_edition(found.file, found.event))
