"""The types of a scenario's keys: amounts, shares, years, names in both languages, and what may stand for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator

from benefits.parameters import GRADES, parameters
from benefits.rules import ZONES
from benefits.rules.tax_equalisation import tax_bases
from benefits.scenario import faults
from benefits.scenario.model import LEDGERS
from data.toml import Fits, Numbers, OneOf, one_of, within

WEIGHTS = ("none", "small", "medium", "large")
DIRECTIONS = ("better", "worse", "unclear")
# Beyond this no amount, count or year means anything, and sums would lose their øre.
_MOST, _WRITTEN = 10**15, "10¹⁵"

Number = Annotated[
    float, Fits("within", lambda value: abs(value) <= _MOST, (("low", f"−{_WRITTEN}"), ("high", _WRITTEN)))
]
Amount = Annotated[float, Fits("within", lambda value: 0 <= value <= _MOST, (("low", 0), ("high", _WRITTEN)))]
Share = Annotated[float, within(0, 1)]
Years = Annotated[float, within(0, 1000)]
Shares = Annotated[tuple[float, ...], Numbers, faults.shares(-1)]
PositiveShares = Annotated[tuple[float, ...], Numbers, faults.shares(0)]
Grade = Annotated[str, one_of(*GRADES)]
ParameterName = Annotated[str, OneOf(parameters)]
Ledger = Annotated[str, one_of(*LEDGERS)]
Topic = Annotated[str, one_of("health", "safety", "knowledge", "belonging", "other")]


def _in_both_languages(found: Any) -> Any:  # noqa: ANN401 - any TOML value
    if isinstance(found, str):
        return {"nb": found, "en": found}
    return {"en": found["nb"], **found} if isinstance(found, Mapping) and "nb" in found else found


def _zone(found: Any) -> Any:  # noqa: ANN401 - any TOML value
    return str(found) if isinstance(found, int) and not isinstance(found, bool) else found


def _code(found: Any) -> Any:  # noqa: ANN401 - any TOML value
    return f"{found:04d}" if isinstance(found, int) and not isinstance(found, bool) else found


def with_value(found: Any) -> Any:  # noqa: ANN401 - any TOML value
    """Return a number alone as a table that holds it."""
    return found if isinstance(found, Mapping) else {"value": found}


@dataclass(frozen=True)
class Label:
    """A name in both languages; where it is given once, it is the same in both."""

    nb: str = ""
    en: str = ""


UNNAMED = Label()
Name = Annotated[Label, BeforeValidator(_in_both_languages)]
Zone = Annotated[str, one_of(*ZONES), BeforeValidator(_zone)]
Municipality = Annotated[str, OneOf(tax_bases, empty=True), BeforeValidator(_code)]
