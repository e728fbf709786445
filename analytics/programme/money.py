"""Kroner and hours against plan: what is known is summed, and what is not known is counted, never zero."""

from collections.abc import Iterable
from dataclasses import dataclass

from data.records.payloads import MoneyLine

__all__ = ["AgainstPlan", "MoneyLine", "against_plan"]


@dataclass(frozen=True)
class AgainstPlan:
    """What was planned and what was used, NOK or hours; None where no line says it.

    open: how many lines lack one of the two. left and used (a share of 1) are known only where none does.
    """

    planned: float | None
    spent: float | None
    open: int
    left: float | None = None
    used: float | None = None


def against_plan(lines: Iterable[MoneyLine]) -> dict[str, AgainstPlan]:
    """Return `nok` and `hours` over some lines; those of which no line says anything are left out."""
    listed = tuple(lines)
    found = {
        "nok": _compared([(each.granted_nok, each.spent_nok) for each in listed]),
        "hours": _compared([(each.hours_planned, each.hours) for each in listed]),
    }
    return {name: each for name, each in found.items() if (each.planned, each.spent) != (None, None)}


def _compared(pairs: list[tuple[float | None, float | None]]) -> AgainstPlan:
    planned, spent = (_sum([pair[side] for pair in pairs]) for side in (0, 1))
    missing = sum(None in pair for pair in pairs)
    if missing or planned is None or spent is None:
        return AgainstPlan(planned, spent, missing)
    return AgainstPlan(planned, spent, 0, planned - spent, spent / planned if planned else None)


def _sum(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
