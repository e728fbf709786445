"""Kroner and hours against plan, in sentences that the page and the note share."""

from analytics.programme.money import AgainstPlan, against_plan
from analytics.programme.room import RecordState
from pages.format import numbers
from pages.format.numbers import Number
from pages.format.texts import text


def told(state: RecordState) -> tuple[str, ...]:
    """Return a sentence on kroner and one on hours, each where there is anything to tell."""
    found = against_plan(each.value for each in state.of("money").values())
    return tuple(_told(name, each) for name, each in found.items())


def _told(name: str, each: AgainstPlan) -> str:
    facts = {"planned": _amount(name, each.planned), "spent": _amount(name, each.spent)}
    if each.left is None:
        return text(f"room.money.{name}_open", **facts, count=each.open)
    left = _amount(name, abs(each.left))
    share = numbers.whole_percent(each.used) if each.used is not None else numbers.unknown()
    return text(f"room.money.{name}_{'left' if each.left >= 0 else 'over'}", **facts, left=left, share=share)


def _amount(name: str, value: Number) -> str:
    return numbers.nok(value) if name == "nok" else numbers.trimmed(value)
