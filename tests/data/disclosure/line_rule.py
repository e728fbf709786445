"""The rule of thumb a protection is held against: each sum hides none of its cells, or so many that they leave room."""

from collections.abc import Mapping

from data.disclosure.links import Key
from data.disclosure.table import Table


def line_rule(table: Table, threshold: int, room: int) -> set[Key]:
    """Return what is hidden where in every sum with a hidden cell the others hidden hold `room` persons at least.

    The smallest cells are taken first, and no zero: who shows zeros shows them all. What can still be worked out
    from several sums together would have to be repaired on top, so a repaired pattern has as many cells at least.
    """
    counts = dict(zip(table.keys, table.cells["count"].to_list(), strict=True))
    hidden = {key for key, count in counts.items() if 1 <= count < threshold}
    before = -1
    while before < len(hidden):
        before = len(hidden)
        for whole, parts in table.sums:
            hidden |= _more((whole, *parts), counts, hidden, threshold, room)
    return hidden


def _more(line: tuple[Key, ...], counts: Mapping[Key, int], hidden: set[Key], threshold: int, room: int) -> set[Key]:
    own = [counts[key] for key in line if key in hidden]
    free = sorted((counts[key], key) for key in line if key not in hidden and counts[key])
    found = set()
    while own and free and (len(own) == 1 or (min(own) < threshold and sum(own) - min(own) < room)):
        count, key = free.pop(0)
        own.append(count)
        found.add(key)
    return found
