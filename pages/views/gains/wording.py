"""Names, amounts and chances of the gains page in words."""

import re
from collections.abc import Iterable

from benefits.parameters import parameter
from benefits.scenario.model import Cost, Default, PerPersonYear, Scenario
from benefits.valuation.sentences import amount
from data.format.numbers import is_nothing as is_nothing_at
from pages.format import numbers
from pages.format.numbers import DECIMALS, is_no_million, millions, signed_millions, whole_percent
from pages.format.texts import language, text

MILLION = 1_000_000
THOUSANDS = DECIMALS["nok_about"]
_PLACE = re.compile(r"\[\d+\]")
_SIGNS = {ord(sign): None for sign in "[]<>`*_$#\\|!~"}


def holder(name: str) -> str:
    """Return a ledger, payer or organisation in words."""
    return text(f"gains.holder.{name}")


def strip_markdown(words: str) -> str:
    """Return a text of somebody's file without the signs that Markdown would act on."""
    return words.translate(_SIGNS)


def inside(name: str) -> str:
    """Return a holder as it stands inside a sentence."""
    words = holder(name)
    return words[:1].lower() + words[1:]


def million(nok: float) -> str:
    """Return kroner in millions with the sign, without the unit: `+8,4`, `−0,5`."""
    return signed_millions(nok)


def size(nok: float) -> str:
    """Return how many million kroner an amount is, without its sign."""
    return millions(abs(nok))


def amount_and_unit(nok: float) -> tuple[str, str]:
    """Return an amount with its sign, and its unit: millions, or whole thousands where millions would say nothing."""
    if is_nothing(nok):
        return numbers.signed(nok, THOUSANDS), text("gains.kroner")
    return million(nok), text("gains.mill")


def between(low: float, high: float) -> tuple[str, str, str]:
    """Return two amounts with their signs, and their unit: whole thousands where both are too small for millions."""
    if is_nothing(low) and is_nothing(high):
        return numbers.signed(low, THOUSANDS), numbers.signed(high, THOUSANDS), text("gains.kroner")
    return million(low), million(high), text("gains.mill")


def is_nothing(nok: float) -> bool:
    """Return whether an amount cannot be told from zero where millions have one decimal."""
    return is_no_million(nok)


def better_or_worse(nok: float) -> str:
    """Return a change of a budget in words."""
    if is_nothing_at(nok, DECIMALS["nok_about"]):
        return text("gains.change.none")
    return text(f"gains.change.{'better' if nok > 0 else 'worse'}", amount=amount(nok, language()))


def chance(share: float) -> str:
    """Return a chance; never 0 or 100 per cent where some draws say otherwise."""
    if 0 < share < 0.005:
        return text("gains.chance_under", share=whole_percent(0.01))
    if 0.995 <= share < 1:
        return text("gains.chance_over", share=whole_percent(0.99))
    return whole_percent(share)


def defaults(taken: Iterable[Default]) -> list[str]:
    """Return what was taken where a scenario said nothing, in words, each once; its name and its mark are no matter."""
    keys = dict.fromkeys(_PLACE.sub("", each.key).replace(".", "_") for each in taken)
    return [text(f"gains.default.{key}") for key in keys if key not in ("title", "example")]


def quantity(name: str, scenario: Scenario) -> str:
    """Return a quantity of the tornado in words: a parameter's label, a cost's own, or the scenario's key."""
    if name.count(".") == 2:
        return str(parameter(name).label[language()])
    group, bracket, place = name.partition("[")
    if not bracket:
        return text(f"gains.quantity.{name.replace('.', '_')}")
    items: dict[str, tuple[Cost | PerPersonYear, ...]] = {
        "cost": scenario.costs,
        "service": scenario.services,
        "other_gain": scenario.other_gains,
    }
    labels = [item.label[language()] for item in items[group]]
    label = strip_markdown(labels[int(place.rstrip("]")) - 1].split(":")[0])
    return label or text(f"gains.quantity.{group}", number=place.rstrip("]"))
