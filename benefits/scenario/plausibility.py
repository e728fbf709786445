"""Typed numbers that look like a slip: a month's wage, per cent for a share, an amount far from the published one.

Such a number is a question, not a mistake: it stands where its key is named in `meant`.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from benefits.parameters import parameter
from benefits.parameters.faults import ModelProblem, outside
from benefits.rules import price_levels, rules_day
from data.toml import TomlProblem

if TYPE_CHECKING:
    from benefits.scenario import file_model as file

_MONTHS = 12
_SHARES = ("share", "share/year")
AGE = "years of age"
Ends = tuple[float, float]


def questions(found: "file.ScenarioFile") -> Iterator[TomlProblem]:
    """Return what must be asked about: participants, wage, base amount, and what stands in for a published number."""
    base_year = found.base_year or price_levels.last_known_year()
    asked = [_of_wage(found.destination.wage_nok), _of_grunnbeloep(found.grunnbeloep_nok, base_year)]
    asked.append(_of_participants(found.participants))
    for name, typed in found.parameters.items():
        if parameter(name).unit in _SHARES:
            for key in ("value", "low", "high"):
                yield from _of_share(f"parameters.{name}", getattr(typed, key))
        else:
            asked.append(_of_parameter(name, typed.value, base_year))
    yield from (each for each in asked if each is not None and each.cell not in found.meant)


def of_ages(found: "file.ScenarioFile") -> Iterator[TomlProblem]:
    """Return the fault of a range for an age that rules turn on: nobody is half above it."""
    for name, typed in found.parameters.items():
        if parameter(name).unit == AGE and typed.low is not None:
            ends = f"{typed.low:g} – {typed.high:g}"
            asked = {"value": f"{typed.value:g}"}
            yield ModelProblem(code="age_range", cell=f"parameters.{name}", found=name, expected=ends, asked=asked)


def _of_wage(wage: float | None) -> TomlProblem | None:
    entry = parameter("innenfor.limits.plausible_wage").values[-1]
    low, high = entry.low or 0.0, entry.high or 0.0
    cell = "destination.wage_nok"
    if wage is None or low <= wage <= high:
        return None
    if low <= _MONTHS * wage <= high:
        asked = {"meant": _plain(_MONTHS * wage), "name": cell}
        return ModelProblem(code="looks_monthly", cell=cell, found=_plain(wage), asked=asked)
    return _asks(cell, wage, (low, high))


def _of_participants(participants: float) -> TomlProblem | None:
    entry = parameter("innenfor.limits.plausible_participants").values[-1]
    low, high = entry.low or 0.0, entry.high or 0.0
    return None if participants <= high else _asks("participants", participants, (low, high))


def _of_grunnbeloep(typed: float | None, base_year: int) -> TomlProblem | None:
    known = price_levels.known_mean(base_year) or price_levels.grunnbeloep_mean(price_levels.last_known_year())
    return None if typed is None else _far("grunnbeloep_nok", typed, (known, known))


def _of_share(cell: str, share: float | None) -> Iterator[TomlProblem]:
    if share is not None and 1 < share <= 100:
        asked = {"meant": f"{share / 100:g}"}
        yield ModelProblem(code="looks_like_percent", cell=cell, found=f"{share:g}", expected="0 – 1", asked=asked)
    elif share is not None:
        yield from outside(cell, share, 0, 1)


def _of_parameter(name: str, typed: float, base_year: int) -> TomlProblem | None:
    entry = parameter(name)
    held = entry.held(rules_day(base_year))
    value = entry.latest() if held is None or held.value is None else held.value
    low, high = (value, value) if held is None or held.low is None or held.high is None else (held.low, held.high)
    return _far(f"parameters.{name}", typed, (min(low, value), max(high, value)))


def _far(cell: str, typed: float, known: Ends) -> TomlProblem | None:
    """Return the question about a number far from what is known; nothing is known where that is zero."""
    factor = parameter("innenfor.limits.plausible_factor").latest()
    low, high = known[0] / factor, known[1] * factor
    return None if high == 0 or low <= typed <= high else _asks(cell, typed, (low, high))


def _asks(cell: str, typed: float, usual: Ends) -> TomlProblem:
    expected = " – ".join(_plain(end) for end in usual)
    return ModelProblem(code="asks", cell=cell, found=_plain(typed), expected=expected, asked={"name": cell})


def _plain(number: float) -> str:
    """Return a number as it is typed."""
    return str(int(number)) if number == int(number) else str(number)
