"""Ages that overlap or are open, in a table from anywhere: what two of them share is no way to a small count."""

import itertools
import random
from pathlib import Path

import polars as pl
import pytest

from data.__main__ import main
from data.disclosure.table import PUBLISHED, SUPPRESSED, linked, protect, zeros_published
from data.tables.slices import slices_of
from data.tables.stretches import by_stretches
from tests.data.disclosure.attacker import Attacker

EDGES = (15, 18, 20, 23, 25, 30)
INNER = [f"{low}-{high - 1}" for low, high in itertools.pairwise(EDGES)]
OPEN = {"under 30": INNER, "20 år og eldre": INNER[2:], "under 20": INNER[:2]}
WIDE = {
    f"{EDGES[a]}-{EDGES[b] - 1}": INNER[a:b]
    for a, b in itertools.combinations(range(len(EDGES)), 2)
}  # fmt: skip


def printed_ages(draw: random.Random) -> dict[str, list[str]]:
    """Return some ages of a table, all of them made of single ones that may or may not be printed."""
    some = draw.sample(sorted(WIDE), draw.randint(4, 9))
    codes = {code: WIDE[code] for code in some} | {INNER[0]: INNER[:1], INNER[-1]: INNER[-1:]}
    return codes | {code: OPEN[code] for code in draw.sample(sorted(OPEN), 1)}


def table_of(ages: dict[str, list[str]], places: str, draw: random.Random) -> pl.DataFrame:
    rows = []
    for place in places:
        single = {age: draw.choice([0, 1, 2, 3, 7, 9, 15, 40]) for age in INNER}
        rows += [(place, code, sum(single[each] for each in own), PUBLISHED) for code, own in ages.items()]
    return pl.DataFrame(rows, schema=["place", "age", "count", "status"], orient="row")


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("places", ["ab", "abcde"])
def test_no_small_count_is_had_from_ages_that_overlap(seed: int, places: str) -> None:
    draw = random.Random(seed)
    ages = printed_ages(draw)
    before = table_of(ages, places, draw)
    table = linked(before, ("place", "age"))
    after = protect(table, 4)
    least = float(zeros_published(linked(after, ("place", "age"), {"age": table.ways[1]})))
    for place in places:
        own, at = after.filter(place=place), dict(before.filter(place=place).select("age", "count").iter_rows())
        printed = {("", row["age"]): row["count"] for row in own.filter(status=PUBLISHED).to_dicts()}
        hidden = {("", row["age"]): least for row in own.filter(status=SUPPRESSED).to_dicts()}
        attacker = Attacker(({"": [""]}, ages), printed, hidden)
        small = [key for key in hidden if 1 <= at[key[1]] < 4]
        assert [key for key in small if attacker.broken(key, 4)] == []


def test_every_way_a_stretch_is_filled_is_found() -> None:
    cells = pl.DataFrame({"age": ["15-24", "20-29", "15-19", "20-24", "25-29", "15-29", "under 30"],
                          "count": [28, 20, 10, 18, 2, 30, 30]})  # fmt: skip
    found = {(whole, tuple(parts)) for whole, parts in by_stretches(slices_of(cells, ["age"], "age"))}
    assert found >= {
        ("15-24", ("15-19", "20-24")), ("20-29", ("20-24", "25-29")), ("15-29", ("15-24", "25-29")),
        ("15-29", ("15-19", "20-29")), ("under 30", ("15-29",)),
    }  # fmt: skip
    assert not any("under 30" in parts for _, parts in found)
    other = cells.with_columns(count=pl.Series([28, 20, 10, 18, 2, 30, 33]))
    assert not any(whole == "under 30" for whole, _ in by_stretches(slices_of(other, ["age"], "age")))


def test_what_an_open_age_holds_besides_is_named_as_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two ages with a larger one beside them whose other part nobody tells: the two are linked all the same."""
    rows = "under 30,33\n15-29,30\n15-19,10\n20-24,18\n25-29,2\n"
    (tmp_path / "t.csv").write_text(f"age,count\n{rows}", encoding="utf-8")
    assert main(["protect", str(tmp_path / "t.csv"), "--threshold", "4", "--method", "suppress", "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert "15-29 = 15-19 + 20-24 + 25-29" in said.err
    assert said.out.count("suppressed") == 2


def test_what_follows_only_by_a_piece_without_a_code_is_not_rounded(tmp_path: Path, capsys) -> None:
    """18-22 is what 15-22 and 18-29 have more than 15-29: rounded alone it is told by the three that are not small."""
    rows = "15-22,32\n18-29,22\n15-29,52\n18-22,2\n"
    (tmp_path / "t.csv").write_text(f"age,count\n{rows}", encoding="utf-8")
    assert main(["protect", str(tmp_path / "t.csv"), "--threshold", "4", "--method", "round", "--lang", "en"]) == 1
    assert "have parts without a row" in capsys.readouterr().out
    (tmp_path / "t.csv").write_text("age,count\n15-29,52\n18-22,2\n", encoding="utf-8")
    assert main(["protect", str(tmp_path / "t.csv"), "--threshold", "4", "--method", "round", "--lang", "en"]) == 0


@pytest.mark.parametrize("wide", [("15-24", "20-29"), ("under 30", "15-29")])
def test_a_total_over_ages_that_overlap_is_the_sum_of_the_single_ones(wide: tuple[str, str], tmp_path, capsys) -> None:
    single = {"15-19": (10, 20), "20-24": (18, 21), "25-29": (2, 22)}
    held = {"15-24": ("15-19", "20-24"), "20-29": ("20-24", "25-29")}
    lines = [
        f"{place},{age},{sum(single[each][n] for each in held.get(age, (age,) if age in single else single))}"
        for n, place in enumerate("pq") for age in ("I alt", *wide, *single)
    ]  # fmt: skip
    (tmp_path / "t.csv").write_text("\n".join(["place,age,count", *lines, ""]), encoding="utf-8")
    assert main(["protect", str(tmp_path / "t.csv"), "--threshold", "4", "--method", "suppress", "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert "I alt = 15-19 + 20-24 + 25-29" in said.err
    hidden = {line.split(",")[1] for line in said.out.splitlines() if line.endswith("suppressed")}
    assert "25-29" in hidden
    assert len(hidden) > 1
