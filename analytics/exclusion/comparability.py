"""What may share an axis, and what may be added: two definitions never do, and overlapping groups never are."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from data import i18n
from data.age_group import AgeGroup, is_age_group
from data.catalogue import Indicator, indicators
from data.errors import InnenforError
from data.region import NATION, Region


@dataclass(eq=False)
class DefinitionsDiffer(InnenforError, code="definitions_differ"):
    """Two definitions were asked for on one axis, or two groups that share people were to be added.

    `first` and `second` are indicator ids; `reason` is a key under `[guard]` in the texts.
    """

    first: str
    second: str
    reason: str

    def _word(self, lang: str, part: str) -> str:
        facts = {"first": _label(self.first, lang), "second": _label(self.second, lang)}
        why = i18n.say("analytics", lang, f"guard.{self.reason}", **facts, found=self.found)
        given = self.facts() | facts | {"reason": why}
        return i18n.say("analytics", lang, f"error.{self.code}.{part}", **given)


@dataclass(frozen=True)
class SumTerm:
    """One term of a sum: an indicator for one region, age group and sex."""

    indicator: str
    region: str = NATION
    age_group: str = "15-29"
    sex: str = "both"


def apart(first: str, second: str) -> DefinitionsDiffer:
    """Return why two indicators never share an axis. Raises KeyError where there is no such indicator."""
    reason = _why_apart(indicators()[first], indicators()[second])
    return DefinitionsDiffer(where="axis", found=f"{first} + {second}", first=first, second=second, reason=reason)


def addable(terms: Sequence[SumTerm]) -> None:
    """Raise DefinitionsDiffer unless every two terms are of one definition and share no person.

    Two definitions are never added: NAV's groups overlap each other and those outside. Terms of one definition are,
    where the regions, the age groups or the sexes cannot hold the same person; an age group that cannot be read may
    hold anyone.
    """
    for one, other in combinations(terms, 2):
        two = one.indicator != other.indicator
        if two or not _disjoint(one, other):
            reason = "added" if two else "overlapping"
            found = f"{_named(one)} + {_named(other)}"
            first, second = one.indicator, other.indicator
            raise DefinitionsDiffer(where="sum", found=found, first=first, second=second, reason=reason)


def _why_apart(one: Indicator, other: Indicator) -> str:
    if one.family != other.family:
        return "families"
    alike = (one.unit["en"], one.denominator["en"]) == (other.unit["en"], other.denominator["en"])
    return "definitions" if alike else "wholes"


def _disjoint(one: SumTerm, other: SumTerm) -> bool:
    """Tell whether no person can be in both parts."""
    return (
        {one.sex, other.sex} == {"female", "male"}
        or _apart_in_age(one.age_group, other.age_group)
        or _apart_places(one.region, other.region)
    )


def _apart_in_age(one: str, other: str) -> bool:
    """Tell whether two groups share no age; a group that cannot be read may hold anyone."""
    known = is_age_group(one) and is_age_group(other)
    return known and not AgeGroup.of(one).overlaps(AgeGroup.of(other))


def _apart_places(one: str, other: str) -> bool:
    """Tell whether two regions of today share no land: two of one level, or a municipality outside a county."""
    first, second = Region.of(one), Region.of(other)
    if one == other or NATION in (one, other) or not (first.is_current and second.is_current):
        return False
    return first.level == second.level or first.county != second.county


def _named(part: SumTerm) -> str:
    return " ".join((part.indicator, part.region, part.age_group, part.sex))


def _label(indicator: str, lang: str) -> str:
    return indicators()[indicator].label[lang]
