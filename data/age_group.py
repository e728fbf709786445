"""An age group as statistics name it, read once: the ages it holds, whatever the publisher calls it."""

import re
from dataclasses import dataclass
from functools import cache

from data.errors import InnenforError

OLDEST = 120  # nobody is older: `67+` and `all` end here


class AgeGroupUnreadable(InnenforError, code="age_group_unreadable"):
    """A text is no age group."""


@dataclass(frozen=True)
class AgeGroup:
    """The ages from `low` to `high`, both in the group; `high` is None where it is open."""

    code: str
    low: int
    high: int | None

    @staticmethod
    def of(code: str) -> "AgeGroup":
        """Read an age group: `15-29`, `18`, `under-30`, `67+` or `all`. Raises AgeGroupUnreadable for another text."""
        return _read(code.strip())

    @property
    def ages(self) -> range:
        """Every year of age in the group."""
        return range(self.low, (OLDEST if self.high is None else self.high) + 1)

    @property
    def middle(self) -> float:
        """The middle of the ages, as the codes write them: 22 for `20-24`."""
        return (self.ages[0] + self.ages[-1]) / 2

    def overlaps(self, other: "AgeGroup") -> bool:
        """Tell whether a person can be in both groups."""
        return self.ages[0] <= other.ages[-1] and other.ages[0] <= self.ages[-1]


def is_age_group(code: str) -> bool:
    """Tell whether a text can be read as an age group."""
    try:
        return bool(AgeGroup.of(code))
    except AgeGroupUnreadable:
        return False


@cache
def _read(code: str) -> AgeGroup:
    if code == "all":
        return AgeGroup(code, 0, None)
    match = FORM.fullmatch(code)
    if match is None:
        raise AgeGroupUnreadable(where="age_group", found=code)
    low, high, under, over, single = (None if digits is None else int(digits) for digits in match.groups())
    first = next(age for age in (low, over, single, 0) if age is not None)
    last = next((age for age in (high, single) if age is not None), None if under is None else under - 1)
    if not 0 <= first <= (OLDEST if last is None else last) <= OLDEST:
        raise AgeGroupUnreadable(where="age_group", found=code)
    return AgeGroup(code, first, last)


FORM = re.compile(r"(\d{1,3})-(\d{1,3})|under-(\d{1,3})|(\d{1,3})\+|(\d{1,3})")
