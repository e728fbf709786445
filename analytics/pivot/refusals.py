"""Why a table of one's own cannot be made: each reason in the reader's words, with what to do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from analytics import regions
from analytics.pivot.counted import counted_words, why_apart
from data import i18n
from data.errors import InnenforError
from data.flow_states import states


@dataclass(eq=False)
class PivotRefused(InnenforError):
    """A table that cannot be made; `found` is what of it is too little or too much."""

    code: ClassVar[str] = "pivot_refused"


class PivotEmpty(PivotRefused):
    """Nothing is chosen of a dimension; `found` is a key under `[pivot.dimension]`."""

    code: ClassVar[str] = "pivot_empty"

    def says(self, lang: str = "en") -> str:
        """Return what the table lacks."""
        what = i18n.say("analytics", lang, f"pivot.dimension.{self.found}")
        return i18n.say("analytics", lang, f"error.{self.code}.says", what=what)


@dataclass(eq=False)
class PivotApart(PivotRefused):
    """Two things that are not of one definition were asked for in one table: indicators, flows or studies."""

    code: ClassVar[str] = "pivot_apart"
    first: str
    second: str

    def _word(self, lang: str, part: str) -> str:
        first, second = (counted_words(each, lang)["label"] for each in (self.first, self.second))
        facts = {"first": first, "second": second, "reason": why_apart(self.first, self.second, lang)}
        return i18n.say("analytics", lang, f"error.{self.code}.{part}", **facts)


class PivotOfTimes(PivotRefused):
    """Several times would be added: the same person is counted in each."""

    code: ClassVar[str] = "pivot_of_times"


class PivotOfMany(PivotRefused):
    """More places would be added than are added in one cell; `found` is how many."""

    code: ClassVar[str] = "pivot_of_many"


class PivotOfStudy(PivotRefused):
    """Groups of a study would be added: they may overlap, and a study is read as it is published.

    `found` is the dimension.
    """

    code: ClassVar[str] = "pivot_of_study"

    def _word(self, lang: str, part: str) -> str:
        dimension = i18n.say("analytics", lang, f"pivot.name.{self.found}")
        return i18n.say("analytics", lang, f"error.{self.code}.{part}", found=dimension)


@dataclass(eq=False)
class PivotOfSame(PivotRefused):
    """Two parts of a sum may hold the same person; `found` is the dimension, `first` and `second` are its codes."""

    code: ClassVar[str] = "pivot_of_same"
    first: str
    second: str

    def _word(self, lang: str, part: str) -> str:
        first, second = (_NAMES.get(self.found, _as_it_is)(code, lang) for code in (self.first, self.second))
        dimension = i18n.say("analytics", lang, f"pivot.name.{self.found}")
        facts = {"found": dimension, "first": first, "second": second}
        return i18n.say("analytics", lang, f"error.{self.code}.{part}", **facts)


class PivotNothing(PivotRefused):
    """No figure is published of what is chosen."""

    code: ClassVar[str] = "pivot_nothing"


def _as_it_is(code: str, _lang: str) -> str:
    return code


def destination_name(code: str, lang: str) -> str:
    """Return what a destination of flows is called: a state, a way out, or all who started."""
    if code in states():
        return states()[code].label[lang]
    return i18n.say("analytics", lang, f"pivot.destination.{code}")


_NAMES: dict[str, Callable[[str, str], str]] = {
    "place": lambda code, _: regions.name_of(code),
    "destination": destination_name,
}
