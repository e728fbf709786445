"""Parts rounded within a whole that is rounded already, and several editions in one table: none tells on another."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.__main__ import main
from data.disclosure.rounding import Draws, rounded_within

Row = dict[str, str]


def within(parts: list[int], whole: int, base: int, carried: int) -> tuple[list[int], int]:
    named = {(str(number),): part for number, part in enumerate(parts)}
    return rounded_within(named, whole, Draws(base, "a seed"), carried)


@pytest.mark.long
@given(
    parts=st.lists(st.integers(0, 40), min_size=1, max_size=8),
    base=st.integers(2, 9),
    carried=st.integers(0, 8),
    up=st.booleans(),
)
def test_parts_make_up_their_whole_and_none_is_small(parts: list[int], base: int, carried: int, *, up: bool) -> None:
    total = sum(parts)
    whole = total if total == 0 or total >= base else base if up else 0
    near, left = within(parts, whole, base, min(carried, base // 2))
    assert sum(near) == whole
    assert all(part == 0 or part >= base for part in near)
    assert abs(left) <= base


def test_which_way_a_part_goes_hangs_on_what_was_carried() -> None:
    assert within([2, 20], 22, 5, 0)[0] == [0, 22]
    assert within([2, 20], 22, 5, 2)[0] == [5, 17]


EDITIONS = "".join(
    f"{place},{edition},{count}\n"
    for edition, counts in (("2024", (2, 9, 8, 19)), ("2025", (2, 8, 9, 19)))
    for place, count in zip(("a", "b", "c", "total"), counts, strict=True)
)


def protected(rows: str, method: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[list[Row], str]:
    """Return what `protect` prints of a table of places and editions, and what it says beside it."""
    file = folder / "t.csv"
    file.write_text(f"place,edition,count\n{rows}", encoding="utf-8")
    assert main(["protect", str(file), "--threshold", "4", "--method", method, "--lang", "en"]) == 0
    said = capsys.readouterr()
    return list(csv.DictReader(io.StringIO(said.out))), said.err


def test_editions_that_contradict_each_other_are_named_and_do_not_give_each_other_away(tmp_path, capsys) -> None:
    """Each edition alone hides another figure beside the small one: who holds them together would have it."""
    rows, told = protected(EDITIONS, "suppress", tmp_path, capsys)
    assert [row["edition"] for row in rows if row["status"] == "published"] == ["2024", "2025"]
    assert {row["place"] for row in rows if row["status"] == "published"} == {"total"}
    assert "2 cells have not the same count in all editions, first b" in told


def test_a_count_two_editions_give_alike_is_rounded_alike(tmp_path, capsys) -> None:
    """Rounded anew in each edition, after other figures, the runs of noughts would tell it together."""
    counts = {"1": "11111111", "2": "21111111", "3": "31111111"}
    cells = ((place, edition, n) for edition, own in counts.items() for place, n in zip("abcdefgh", own, strict=True))
    rows, _ = protected("".join(f"{','.join(each)}\n" for each in cells), "round", tmp_path, capsys)
    told: dict[str, set[str]] = {}
    for row in rows:
        told.setdefault(row["place"], set()).add(row["count"])
    assert all(len(told[place]) == 1 for place in "bcdefgh")
    assert set.union(*told.values()) == {"0", "4"}
