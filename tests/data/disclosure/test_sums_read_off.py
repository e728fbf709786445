"""Which codes are sums of others is read off a table, whatever they are called and in whatever order they stand."""

import itertools
import random

import numpy as np
import polars as pl
import pytest

from data.disclosure.table import PUBLISHED, SUPPRESSED, audit, linked, protect, zeros_published
from data.tables.hierarchy import unexplained
from data.tables.slices import Ways

Tree = dict[str, list[str]]


def grown(draw: random.Random, depth: int, start: str) -> Tree:
    """Return codes and the innermost codes each holds; those of a part begin as the part does, or anyhow."""
    found: Tree = {}
    for number in range(draw.randint(2, 4)):
        code = f"{start}{chr(97 + number)}"
        below = grown(draw, depth - 1, code) if depth and draw.random() < 0.5 else {}
        found |= {code: [each for each, own in below.items() if own == [each]] or [code]} | below
    return found


def dimension(draw: random.Random, depth: int) -> Tree:
    tree = grown(draw, depth, "A")
    if draw.random() < 0.5:  # names that tell nothing
        names = dict(
            zip(tree, draw.sample([f"{a}{b}" for a in "QWERTY" for b in range(100, 140)], len(tree)), strict=True)
        )
        tree = {names[code]: [names[each] for each in own] for code, own in tree.items()}
    codes = {draw.choice(["Total", "I alt", "Sum", "Alle", "0"]): [c for c, own in tree.items() if own == [c]]} | tree
    order = [*codes]
    how = draw.choice(["first", "last", "anyhow"])
    order = order[::-1] if how == "last" else draw.sample(order, len(order)) if how == "anyhow" else order
    return {code: codes[code] for code in order}


def holding(ways: Ways) -> dict[str, list[str]]:
    parts = dict(ways)

    def inner(code: str) -> list[str]:
        return sorted(each for part in parts[code] for each in inner(part)) if code in parts else [code]

    return {code: inner(code) for code in parts}


def grown_table(seed: int, trees: list[Tree]) -> pl.DataFrame:
    inner = list(itertools.product(*(sorted({each for own in tree.values() for each in own}) for tree in trees)))
    counts = np.random.default_rng(seed).choice([0, 1, 2, 3, 6, 9, 14, 40, 77], len(inner))
    at = dict(zip(inner, counts.tolist(), strict=True))
    keys = list(itertools.product(*trees))
    total = [
        sum(at[each] for each in itertools.product(*(tree[c] for tree, c in zip(trees, key, strict=True))))
        for key in keys
    ]
    cells = pl.DataFrame(keys, schema=[f"d{number}" for number in range(len(trees))], orient="row")
    return cells.with_columns(count=pl.Series(total), status=pl.lit(PUBLISHED))


FLAT = (8, 24, 26, 28, 32, 41, 46, 49, 54, 142, 188, 267, 334, 339, 372)
"""Tables whose hierarchy was taken for none or for one total of all codes, so that nothing seemed to be given away."""


@pytest.mark.long
@pytest.mark.parametrize("seed", FLAT)
def test_a_hidden_table_that_may_be_read_otherwise_is_not_called_safe(seed: int) -> None:
    """Small counts are hidden, and some others: what adds up can no longer be read off, and somebody may know it."""
    draw = random.Random(seed)
    trees = [dimension(draw, 1) for _ in range(draw.choice([1, 2, 2]))]
    cells = grown_table(seed, trees)
    hidden = pl.col("count").is_between(1, 3)
    if draw.random() < 0.5:
        hidden |= pl.Series([draw.random() < 0.25 for _ in range(cells.height)])
    status = pl.when(hidden).then(pl.lit(SUPPRESSED)).otherwise("status")
    after = cells.with_columns(count=pl.when(~hidden).then("count"), status=status)
    dims = cells.columns[:-2]
    told = {dim: tuple((code, tuple(own)) for code, own in tree.items() if own != [code])
            for dim, tree in zip(dims, trees, strict=True)}  # fmt: skip
    read = linked(after, dims)
    asked = [dim for dim, ways in zip(dims, read.ways, strict=True) if unexplained(read.cells, read.dims, dim, ways)]
    known, seen = (
        {each.key for each in audit(table, 4, 0) if each.broken} for table in (linked(after, dims, told), read)
    )
    assert asked or known <= seen


@pytest.mark.long
@pytest.mark.parametrize("seed", range(16))
def test_sums_are_found_and_what_is_then_hidden_stands_the_audit(seed: int) -> None:
    draw = random.Random(seed)
    many = draw.choice([2, 2, 3])
    trees = [dimension(draw, 1 if many < 3 else draw.choice([0, 1])) for _ in range(many)]
    cells = grown_table(seed, trees)
    dims = cells.columns[:-2]
    table = linked(cells, dims)
    assert [holding(ways) for ways in table.ways] == [
        {code: sorted(own) for code, own in tree.items() if own != [code]} for tree in trees
    ]
    after = protect(table, 4)
    assert (after.filter(status=PUBLISHED)["count"].is_between(1, 3)).sum() == 0
    printed = linked(after, dims, dict(zip(dims, table.ways, strict=True)))
    assert [each for each in audit(printed, 4, int(zeros_published(printed))) if each.broken] == []
    assert after.filter(status=SUPPRESSED)["count"].null_count() == (after["status"] == SUPPRESSED).sum()
