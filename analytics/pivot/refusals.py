"""Why a table of one's own cannot be made: each reason in the reader's words, with what to do."""

from collections.abc import Callable
from dataclasses import dataclass

from analytics import regions
from analytics.pivot.counted import counted_words, why_apart
from data import i18n
from data.errors import InnenforError
from data.flow_states import states


class PivotRefused(InnenforError, code="pivot_refused"):
    """A table that cannot be made; `found` is what of it is too little or too much."""


class PivotEmpty(PivotRefused, code="pivot_empty"):
    """Nothing is chosen of a dimension; `found` is a key under `[pivot.dimension]`."""

    def says(self, lang: str = "en") -> str:
        """Return what the table lacks."""
        what = i18n.say("analytics", lang, f"pivot.dimension.{self.found}")
        return i18n.say("analytics", lang, f"error.{self.code}.says", what=what)


@dataclass(eq=False)
class PivotApart(PivotRefused, code="pivot_apart"):
    """Two things that are not of one definition were asked for in one table: indicators, flows or studies."""

    first: str
    second: str

    def _word(self, lang: str, part: str) -> str:
        first, second = (counted_words(each, lang)["label"] for each in (self.first, self.second))
        facts = {"first": first, "second": second, "reason": why_apart(self.first, self.second, lang)}
        return i18n.say("analytics", lang, f"error.{self.code}.{part}", **facts)


class PivotOfTimes(PivotRefused, code="pivot_of_times"):
    """Several times would be added: the same person is counted in each."""


class PivotOfMany(PivotRefused, code="pivot_of_many"):
    """More places would be added than are added in one cell; `found` is how many."""


class PivotOfStudy(PivotRefused, code="pivot_of_study"):
    """Groups of a study would be added: they may overlap, and a study is read as it is published.

    `found` is the dimension.
    """

    def _word(self, lang: str, part: str) -> str:
        dimension = i18n.say("analytics", lang, f"pivot.name.{self.found}")
        return i18n.say("analytics", lang, f"error.{self.code}.{part}", found=dimension)


@dataclass(eq=False)
class PivotOfSame(PivotRefused, code="pivot_of_same"):
    """Two parts of a sum may hold the same person; `found` is the dimension, `first` and `second` are its codes."""

    first: str
    second: str

    def _word(self, lang: str, part: str) -> str:
        first, second = (_NAMES.get(self.found, _as_it_is)(code, lang) for code in (self.first, self.second))
        dimension = i18n.say("analytics", lang, f"pivot.name.{self.found}")
        facts = {"found": dimension, "first": first, "second": second}
        return i18n.say("analytics", lang, f"error.{self.code}.{part}", **facts)


class PivotNothing(PivotRefused, code="pivot_nothing"):
    """No figure is published of what is chosen."""


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
