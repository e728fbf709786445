"""Any table of counts: what `protect` prints is attacked by somebody who knows nothing of how it was made."""

import csv
import io
import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.__main__ import main
from data.disclosure.rounding import Draws, rounded
from data.disclosure.suppression import fewest
from data.disclosure.table import PUBLISHED, SUPPRESSED, audit, linked, protect
from tests.data.disclosure.attacker import Attacker, Inner
from tests.data.disclosure.line_rule import line_rule
from tests.shared_files import shared

PLACES = {"a": ["a"], "b": ["b"], "c": ["c"], "ab": ["a", "b"], "total": ["a", "b", "c"]}
SEXES = {"f": ["f"], "m": ["m"], "total": ["f", "m"]}
STATES = {"x": ["x"], "y": ["y"], "z": ["z"], "yz": ["y", "z"], "all": ["x", "y", "z"]}
HOLDS = (PLACES, SEXES, STATES)
DIMS = ("place", "sex", "state")
TOLD = {"place": (("ab", ("a", "b")), ("total", ("ab", "c"))), "state": (("yz", ("y", "z")), ("all", ("x", "yz")))}
INNER = list(itertools.product("abc", "fm", "xyz"))


def cube(counts: list[int], holds: Inner = HOLDS, innermost: Sequence[tuple[str, ...]] = INNER) -> pl.DataFrame:
    at = dict(zip(innermost, counts, strict=True))
    keys = list(itertools.product(*holds))
    inner = [itertools.product(*(each[code] for each, code in zip(holds, key, strict=True))) for key in keys]
    total = [sum(at[each] for each in own) for own in inner]
    frame = pl.DataFrame(keys, schema=list(DIMS), orient="row")
    return frame.with_columns(count=pl.Series(total, dtype=pl.Int64), status=pl.lit(PUBLISHED))


def small_and_attacker(
    before: pl.DataFrame, after: pl.DataFrame, holds: Inner = HOLDS
) -> tuple[list[tuple[str, ...]], Attacker]:
    """Return the hidden cells whose count is small, and an attacker of what is printed."""
    least = float((after["count"] == 0).any())
    printed = {tuple(row[:3]): row[3] for row in after.filter(status=PUBLISHED).rows()}
    hidden = {tuple(row[:3]): least for row in after.filter(status=SUPPRESSED).rows()}
    small = [tuple(row[:3]) for row in before.filter(pl.col("count").is_between(1, 3)).rows()]
    assert set(small) <= set(hidden)
    return small, Attacker(holds, printed, hidden)


counted = st.lists(st.sampled_from([0, 1, 2, 3, 4, 5, 9, 40]), min_size=len(INNER), max_size=len(INNER))


@pytest.mark.long
@given(counted)
@settings(max_examples=12, deadline=None)
def test_no_small_count_of_a_random_cube_can_be_had(counts: list[int]) -> None:
    before = cube(counts)
    small, attacker = small_and_attacker(before, protect(linked(before, DIMS, TOLD), 4))
    assert [key for key in small if attacker.broken(key, 4)] == []


@pytest.mark.long
@given(counted)
@settings(max_examples=8, deadline=None)
def test_the_audit_finds_what_an_attacker_finds(counts: list[int]) -> None:
    before = cube(counts)
    hidden = pl.col("count").is_between(1, 3)
    after = before.with_columns(
        count=pl.when(~hidden).then("count"), status=pl.when(hidden).then(pl.lit(SUPPRESSED)).otherwise("status")
    )
    small, attacker = small_and_attacker(before, after)
    least = int((after["count"] == 0).any())
    found = {each.key: (each.low, each.high) for each in audit(linked(after, DIMS, TOLD), 4, least)}
    assert set(found) == set(small)
    for key in small:
        assert found[key] == pytest.approx((attacker.end(key, 1), attacker.end(key, -1)), abs=1e-3), key


COUNTIES = {
    **{f"{county}{n}": [f"{county}{n}"] for county in "pqr" for n in range(4)},
    **{county: [f"{county}{n}" for n in range(4)] for county in "pqr"},
    "total": [f"{county}{n}" for county in "pqr" for n in range(4)],
}
LARGE = (COUNTIES, SEXES, STATES)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(3))
def test_a_block_too_large_for_one_program_is_as_safe_part_by_part(seed: int, monkeypatch) -> None:
    draw = np.random.default_rng(seed)
    inner = list(itertools.product(*([code for code, own in each.items() if own == [code]] for each in LARGE)))
    counts = draw.choice([0, 1, 2, 5, 9, 14, 40], len(inner), p=[0.1, 0.1, 0.05, 0.2, 0.2, 0.2, 0.15])
    before = cube([int(n) for n in counts], LARGE, inner)
    together = protect(linked(before, DIMS, {}), 4)
    parts = []
    monkeypatch.setattr("data.disclosure.protection._MOST_AT_ONCE", 50)
    monkeypatch.setattr("data.disclosure.regions.MOST_FIGURES", 60)
    monkeypatch.setattr("data.disclosure.regions.fewest", lambda part: parts.append(len(part.values)) or fewest(part))
    after = protect(linked(before, DIMS, {}), 4)
    assert len(parts) >= 3
    assert max(parts) < before.height
    small, attacker = small_and_attacker(before, after, LARGE)
    assert [key for key in small if attacker.broken(key, 4)] == []
    assert (after["status"] == SUPPRESSED).sum() <= 1.3 * (together["status"] == SUPPRESSED).sum()


@pytest.mark.long
def test_more_is_hidden_at_a_higher_threshold() -> None:
    before = cube([1, 0, 5, 9, 2, 8, 3, 40, 12, 6, 0, 7, 4, 15, 2, 1, 30, 9])
    counts = [(protect(linked(before, DIMS, TOLD), n)["status"] == SUPPRESSED).sum() for n in (2, 4, 6)]
    assert counts == sorted(counts)
    assert counts[0] > 0


@pytest.mark.long
@given(counted)
@settings(max_examples=30, deadline=None)
def test_a_rounded_table_adds_up_and_prints_no_small_count(counts: list[int]) -> None:
    before = cube(counts)
    after = rounded(linked(before, DIMS, TOLD), Draws.of(before, 4))
    at = {tuple(row[:3]): row[3] for row in after.rows()}
    inner = [at[key] for key in INNER]
    assert after.rows() == cube(inner).rows()
    assert not after["count"].is_between(1, 3).any()
    moved = (after["count"] - before["count"]).abs()
    assert moved.filter((before["sex"] == "total") & (before["state"] == "all")).max() <= 3


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main([*arguments, "--lang", "en"])
    said = capsys.readouterr()
    return code, said.out, said.err


def written(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


ROWS = (
    "row,col,count,status\n"
    + "".join(
        f"{row},{col},{'' if hidden and int(col) < 4 else n},{SUPPRESSED if hidden and int(col) < 4 else PUBLISHED}\n"
        for row, hidden, counts in (("a", True, "11155"), ("b", False, "99999"), ("c", True, "00077"))
        for col, n in zip("12345", counts, strict=True)
    )
    + "a,total,13,published\nb,total,45,published\nc,total,14,published\n"
)


@pytest.mark.parametrize(("least", "ends"), [("0", (0, 3)), ("1", (1, 1))])
def test_zeros_hidden_beside_ones_protect_nothing_where_zeros_are_published(least, ends, tmp_path, capsys) -> None:
    file = written(tmp_path / "t.csv", ROWS)
    code, out, _ = ran(capsys, "audit", file, "--threshold", "2", "--hidden-at-least", least)
    told = json.loads(out)
    assert {(each["low"], each["high"]) for each in told["cells"] if each["row"] == "a"} == {ends}
    assert code == 1
    assert len([each for each in told["broken"] if each["row"] == "a"]) == (3 if least == "1" else 0)


LINKED = ["place:county-1=A+B+I+J", "place:county-2=K+L+M+N", "place:big=L+M", "place:small=A+B+I+J+K+N"]


def test_linked_tables_that_are_safe_one_by_one_cost_one_cell_more(tmp_path, capsys) -> None:
    counts = "A,2 B,2 I,8 J,8 K,3 L,3 M,3 N,7 county-1,20 county-2,16 big,6 small,30".replace(" ", "\n")
    sums = [word for told in LINKED for word in ("--sum", told)]
    file = written(tmp_path / "t.csv", f"place,count\n{counts}\n")
    code, out, told = ran(capsys, "protect", file, "--threshold", "4", "--method", "suppress", *sums)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert (code, {row["place"] for row in rows if row["status"] == SUPPRESSED}) == (0, set("ABKLMN"))
    assert "1 more (7 persons) because they would give away a number under 4" in told
    code, out, _ = ran(capsys, "audit", written(tmp_path / "p.csv", out), "--threshold", "4", *sums)
    ends = {each["place"]: (each["low"], each["high"]) for each in json.loads(out)["cells"]}
    assert (code, ends) == (0, {"A": (0, 4), "B": (0, 4), "K": (0, 10), "L": (0, 6), "M": (0, 6), "N": (0, 10)})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("place,count\na,-1\nb,2\n", "is negative"),
        ("place,count\na,1.5\nb,2\n", "is no whole number"),
        ("place,count\na,1\na,2\n", "stands more than once"),
        ("place,what\na,b\n", "lacks the column “count”"),
        ("place,count,status\na,1,published\nb,2,perhaps\n", "is not known"),
        ("place,sex,count,population\na,f,2,90\na,m,9,80\n", "population holds residents"),
        ("", "is empty"),
    ],
)
def test_a_table_that_cannot_be_is_told_with_its_place(text: str, told: str, tmp_path, capsys) -> None:
    file = written(tmp_path / "t.csv", text)
    code, out, ending = ran(capsys, "protect", file, "--threshold", "4", "--method", "suppress")
    assert code == 1
    assert told in out
    assert "old figures" not in ending
    assert "gamle tallene" not in ending


def test_margins_that_do_not_add_up_are_named_and_the_rest_is_protected(tmp_path, capsys) -> None:
    file = written(tmp_path / "t.csv", "place,count\na,2\nb,9\nc,8\ntotal,25\n")
    code, out, told = ran(capsys, "protect", file, "--threshold", "4", "--method", "suppress")
    assert code == 0
    assert "total is 6 more than its parts" in told
    assert out.splitlines()[1:3] == ["a,,suppressed", "b,9,published"]
    assert "c,,suppressed" in out


def test_what_adds_up_is_read_off_the_counts() -> None:
    counts = [int(n) for n in np.random.default_rng(1).integers(5, 99, len(INNER))]
    ways = dict(zip(DIMS, linked(cube(counts), DIMS).ways, strict=True))
    assert {dim: {whole: set(parts) for whole, parts in each} for dim, each in ways.items()} == {
        "place": {"ab": {"a", "b"}, "total": {"ab", "c"}}, "sex": {"total": {"f", "m"}},
        "state": {"yz": {"y", "z"}, "all": {"x", "yz"}},
    }  # fmt: skip


@pytest.mark.slow
def test_the_realistic_cube_hides_two_fifths_at_most_and_nothing_small_can_be_had() -> None:
    rows = pl.read_csv(shared("fixtures/disclosure/realistic_cube.csv"), infer_schema=False)
    before = rows.with_columns(pl.col("count").cast(pl.Int64), status=pl.lit(PUBLISHED))
    dims = ("place", "age", "sex", "state")
    table = linked(before, dims)
    after = protect(table, 4)
    hidden = after["status"] == SUPPRESSED
    assert hidden.mean() <= 0.40
    assert hidden.sum() <= 1.1 * len(line_rule(table, 4, 8))
    told = dict(zip(dims, table.ways, strict=True))
    found = audit(linked(after.with_columns(count=before["count"]), dims, told), 4, 1)
    assert [each for each in found if each.broken] == []


def test_a_table_with_more_cells_than_can_be_protected_is_told_and_left(tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.setattr("data.tables.read_table.MOST_CELLS", 2)
    file = written(tmp_path / "t.csv", "place,count\na,1\nb,2\nc,9\n")
    code, out, _ = ran(capsys, "protect", file, "--threshold", "4", "--method", "suppress")
    assert code == 1
    assert "has 3 cells; at most 2 are protected at a time. Nothing was done." in out
