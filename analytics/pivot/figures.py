"""A table of one's own over the published figures: rows and columns are chosen, the rest is one thing or a sum.

What is asked is written as one statement on the view `figures`, which stands beneath the answer: whoever runs it gets
the same digits. Two definitions never share a table, nothing is added that may hold the same person twice, and a sum
with a hidden or missing part is unknown.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations

from analytics.exclusion.comparability import DefinitionsDiffer, SumTerm, addable
from analytics.exclusion.rates import standing_editions
from analytics.pivot.question import PivotQuestion
from analytics.pivot.refusals import PivotNothing, PivotOfMany, PivotOfSame, PivotOfTimes
from analytics.pivot.written import listed, quoted
from data.warehouse.connection import filled

MOST_ADDED = 60
TERMS = (("place", "region"), ("age", "age_group"), ("sex", "sex"))


Standing = Callable[[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]], Mapping[str, str]]
"""How it is found in which edition each time stands: `standing_editions`, or what has kept its answers."""


def figures_statement(asked: PivotQuestion, parts: int, standing: Standing = standing_editions) -> str:
    """Return the statement on `figures` that answers. Raises PivotRefused where the table cannot be made."""
    refuse_sums(asked, asked.counted[0])
    found = standing(asked.counted[0], *(asked.chosen(name) for name in ("place", "age", "sex")))
    editions = sorted((period, found[period]) for period in set(asked.chosen("period")) & found.keys())
    if not editions:
        raise PivotNothing(where="pivot", found=asked.counted[0])
    written = {
        "shown": ", ".join(asked.dimensions[name] for name in asked.shown),
        "indicator": quoted(asked.counted[0]),
        "regions": listed(asked.chosen("place")),
        "ages": listed(asked.chosen("age")),
        "sexes": listed(asked.chosen("sex")),
        "editions": ", ".join(f"({quoted(period)}, {quoted(edition)})" for period, edition in editions),
        "parts": str(parts),
    }
    return filled("pivot" if parts == 1 else "pivot_sum", written)


def refuse_sums(asked: PivotQuestion, of: str, times: Iterable[str] = ("period",)) -> None:
    """Raise where what is not shown cannot be added: several times, or groups that may hold the same person.

    Two parts of a sum differ in one thing at least, so it is enough that no two of one dimension share a person.
    """
    for time in times:
        if time in asked.added and len(asked.chosen(time)) > 1:
            raise PivotOfTimes(where="pivot", found=str(len(asked.chosen(time))))
    if "place" in asked.added and len(asked.chosen("place")) > MOST_ADDED:
        raise PivotOfMany(where="pivot", found=str(len(asked.chosen("place"))))
    for dimension, name in TERMS:
        terms = {code: SumTerm(of, **{name: code}) for code in asked.chosen(dimension)}
        for first, second in combinations(terms if dimension in asked.added else (), 2):
            try:
                addable([terms[first], terms[second]])
            except DefinitionsDiffer as differ:
                raise PivotOfSame("pivot", dimension, first, second) from differ
