"""A column of months rounded: whoever knows that a count stood still has no more from twelve months than from one."""

import csv
import io
import random
from pathlib import Path

import pytest

from data.__main__ import main

BASE = 4
PLACES = [f"k{number:02}" for number in range(60)]
MONTHS = [f"2024-{number:02}" for number in range(1, 13)]
Counts = dict[tuple[str, str], int]


def walked(seed: int) -> tuple[Counts, list[str]]:
    """Return a year of counts and the places that stand still with a small one; the others walk."""
    draw = random.Random(seed)
    now = {place: draw.randint(1, 6) for place in PLACES}
    still = [place for place in PLACES[::2] if now[place] < BASE]
    counts: Counts = {}
    for month in MONTHS:
        counts |= {(place, month): now[place] for place in PLACES}
        now |= {place: max(0, now[place] + draw.choice((-1, 0, 1))) for place in PLACES if place not in still}
    return counts, still


def rounded(lines: list[str], folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[list[dict[str, str]], str]:
    file = folder / "t.csv"
    file.write_text("\n".join([*lines, ""]), encoding="utf-8")
    assert main(["protect", str(file), "--threshold", str(BASE), "--method", "round", "--lang", "en"]) == 0
    said = capsys.readouterr()
    return list(csv.DictReader(io.StringIO(said.out))), said.err


def long(counts: Counts, dim: str, *, total: str = "") -> list[str]:
    rows = [f"{place},{month},{n}" for (place, month), n in counts.items()]
    if total:
        rows += [f"{place},{total},{sum(counts[place, month] for month in MONTHS)}" for place in PLACES]
    return [f"place,{dim},count", *rows]


def wide(counts: Counts, _: str) -> list[str]:
    own = [",".join([place, *(str(counts[place, month]) for month in MONTHS)]) for place in PLACES]
    return [",".join(["place", *MONTHS]), *own]


def told(rows: list[dict[str, str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for row in rows:
        found.setdefault(row["place"], []).append(int(row["count"]))
    return found


def had(printed: dict[str, list[int]], true: Counts, places: list[str]) -> int:
    """Return of how many places the mean over the months gives the count."""
    return sum(round(sum(printed[each]) / len(printed[each])) == true[each, MONTHS[0]] for each in places)


@pytest.mark.parametrize("layout", [long, wide])
@pytest.mark.parametrize("dim", ["month", "maaling"])
@pytest.mark.parametrize("seed", range(3))
def test_the_mean_of_a_year_tells_no_count_that_stood_still(layout, dim: str, seed: int, tmp_path, capsys) -> None:
    true, still = walked(seed)
    rows, said = rounded(layout(true, dim), tmp_path, capsys)
    printed = told(rows)
    assert len(still) > 8
    assert had(printed, true, still) == 0
    assert all(len({*printed[place]}) == 1 for place in still)
    for place in PLACES:
        pairs = sorted({(true[place, month], n) for month, n in zip(MONTHS, printed[place], strict=True)})
        assert [n for _, n in pairs] == sorted(n for _, n in pairs), "the more persons, never the lower figure"
        assert all(n in (0, BASE) if count < BASE else n == count for count, n in pairs)
    assert f"{dim if layout is long else 'column'} is time: a group with the same small count" in said


def test_each_by_itself_the_mean_would_tell(tmp_path, capsys) -> None:
    """The attack finds something where the months are told in tables of their own."""
    number = found = 0
    for seed in range(3):
        true, still = walked(seed)
        apart = [rounded(long({key: n for key, n in true.items() if key[1] == month}, "month"), tmp_path, capsys)[0]
                 for month in MONTHS]  # fmt: skip
        printed = told([row for rows in apart for row in rows])
        number, found = number + len(still), found + had(printed, true, still)
    assert found > number / 4


def test_months_with_a_sum_are_rounded_each_by_itself_and_the_command_says_what_that_tells(tmp_path, capsys) -> None:
    true, _ = walked(1)
    rows, said = rounded(long(true, "month", total="total"), tmp_path, capsys)
    assert "month is time and adds up" in said
    assert "is rounded alike" not in said
    for place in PLACES:
        own = [row for row in rows if row["place"] == place]
        assert sum(int(row["count"]) for row in own[:-1]) == int(own[-1]["count"])


def test_codes_of_municipalities_are_no_years(tmp_path, capsys) -> None:
    lines = ["place,county,count", *(f"{code},{code[:2]},{n}" for code, n in (("2002", 2), ("2003", 9), ("2004", 8)))]
    _, said = rounded(lines, tmp_path, capsys)
    assert "is time" not in said
