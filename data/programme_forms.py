"""The forms a programme fills in: the baseline before its experiments, and its maturity after SLIK's five parts."""

from dataclasses import dataclass
from typing import Annotated

from data.catalogue import indicators
from data.personal_text import REACHES, Impersonal
from data.toml import Day, Fits, Name, OneOf, Text, Unique, at_least, key, within

FIRST, LAST = 1, 5
Said = Annotated[Name, Impersonal()]
Reason = Annotated[Name, Impersonal(REACHES)]


@dataclass(frozen=True)
class Item:
    """A line of a form: its value (None where an indicator fills it, or where it is unknown), reason and role."""

    id: Text
    name: Name
    by: Said
    reason: Reason
    value: Annotated[float, at_least(0)] | None = None
    indicator: Annotated[str, OneOf(indicators, empty=True)] = ""
    region: str = ""


@dataclass(frozen=True, kw_only=True)
class MaturityItem(Item):
    """A line of a self-assessment: a level 1–5."""

    value: Annotated[float, Fits("whole_within", range(FIRST, LAST + 1).__contains__, (("low", FIRST), ("high", LAST)))]


@dataclass(frozen=True)
class Form:
    """A filled-in form, `baseline` or `maturity`, of one date and one version of its questions."""

    form: Annotated[str, OneOf("form")]
    version: Annotated[int, within(1, 99)]
    date: Day
    scale: Name
    example: bool
    items: Annotated[tuple[Item, ...], Unique()] = key("item")


@dataclass(frozen=True)
class MaturityForm(Form):
    """A self-assessment after SLIK's five parts."""

    items: Annotated[tuple[MaturityItem, ...], Unique()] = key("item")


FORMS = {"baseline": Form, "maturity": MaturityForm}
