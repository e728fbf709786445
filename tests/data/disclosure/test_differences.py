"""What others leave when they are taken from their sum: as somebody finds it who tries every sum again and again."""

import itertools
import random

import polars as pl
import pytest

from data.disclosure.differences import had_by_adding
from data.tables.slices import Ways

PLACES: Ways = (("p", ("a", "b", "c")), ("q", ("d", "e")), ("all", ("p", "q")), ("mirror", ("all",)))
SEXES: Ways = (("both", ("f", "m")),)
STATES: Ways = (("out", ("x", "y")), ("known", ("out", "z")))
SUMS = {"sex": SEXES, "place": PLACES, "state": STATES}
KEYS = ["place", "sex", "state", "year"]
Counts = dict[tuple[str, ...], int]


def every_count(draw: random.Random) -> Counts:
    inner = itertools.product("abcde", "fm", "xyz", ("2024", "2025"))
    found = {key: draw.randint(0, 9) for key in inner}
    for dim, ways in ((0, PLACES), (1, SEXES), (2, STATES)):
        for whole, parts in ways:
            for key in [key for key in found if key[dim] == parts[0]]:
                head, tail = key[:dim], key[dim + 1 :]
                found[(*head, whole, *tail)] = sum(found[(*head, part, *tail)] for part in parts)
    return found


def had_by_trying(known: Counts, every: Counts) -> Counts:
    """Return what is had, sum by sum, until nothing more is."""
    found, before = dict(known), -1
    ways = [(dim, way) for dim, own in ((0, PLACES), (1, SEXES), (2, STATES)) for way in own]
    while before < len(found):
        before = len(found)
        for key in every:
            for dim, (whole, parts) in ways:
                members = [(*key[:dim], code, *key[dim + 1 :]) for code in (whole, *parts)]
                lacking = [each for each in members if each not in found]
                if key[dim] == whole and len(lacking) == 1:
                    rest = sum(found[each] for each in members[1:] if each in found)
                    found[lacking[0]] = rest if lacking[0] == members[0] else found[members[0]] - rest
    return {key: count for key, count in found.items() if key not in known}


def framed(counts: Counts) -> pl.DataFrame:
    schema = {**dict.fromkeys(KEYS, pl.String), "known": pl.Int64}
    return pl.DataFrame([(*key, count) for key, count in counts.items()], schema=schema, orient="row")


@pytest.mark.parametrize("seed", range(12))
def test_all_is_had_that_follows_and_nothing_else(seed: int) -> None:
    draw = random.Random(seed)
    every = every_count(draw)
    share = 0.35 + 0.05 * seed
    known = {key: count for key, count in every.items() if draw.random() < share}
    expected = had_by_trying(known, every)
    found = had_by_adding(framed(known), KEYS, SUMS)
    assert found.schema == framed(known).schema
    assert {tuple(row[:-1]): row[-1] for row in found.rows()} == expected == {key: every[key] for key in expected}
    assert found.height == len(expected)


def test_nothing_is_had_of_nothing() -> None:
    assert had_by_adding(framed({}), KEYS, SUMS).rows() == []
