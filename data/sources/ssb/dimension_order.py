"""Which dimension of a title stands where in a table: in its order, and where that does not fit, by its words."""

from collections.abc import Collection, Sequence
from itertools import permutations

from data.sources.ssb.region_labels import is_place
from data.sources.ssb.vocabulary import meaning, period_of, region_code, region_of, role_of

_MOST_DIMENSIONS = 7


def in_their_order(names: Sequence[str], texts: Sequence[Collection[str]]) -> list[str]:
    """Return the names of dimensions in the order of what stands under them: that of the title where it fits."""
    if len(names) > _MOST_DIMENSIONS:
        return [*names]
    ways = permutations(names, len(texts))
    return [*next((way for way in ways if all(map(_fit, way, texts))), names)]


def _fit(name: str, texts: Collection[str]) -> bool:
    """Tell whether texts may be categories of a dimension; of one without words of its own, all but periods may be."""
    role = role_of(name)
    if role in ("age", "sex"):
        return all(meaning(role, text) for text in texts)
    if role == "region":
        return any(region_of(text)[0] or region_code(text) or is_place(text) for text in texts)
    return all(bool(period_of(text)) == (role == "time") for text in texts)
