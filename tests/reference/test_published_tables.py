"""Tables that others have published about hiding counts, by way of the command anybody runs.

Sources: sdcTools, sdcTable, `microdata1` (GPL-2 or later); sdcTools, τ-Argus, `pp.tab` with `region2.hrc` (EUPL 1.1);
Statistics Norway, GaussSuppression, vignette "Small count frequency table suppression" (MIT); Fischetti and Salazar
(2001), "Solving the cell suppression problem on tabular data with linear constraints", Management Science 47, figure 1.
Only their numbers are here.
"""

import csv
import io
import json
from pathlib import Path

import pytest

from data.__main__ import main
from data.disclosure.table import linked
from data.tables.read_table import read_cells
from tests.data.disclosure.attacker import Attacker

SDC_TABLE = {  # of 100 made-up persons in `microdata1`, by region and gender
    "A": (2, 18), "B": (19, 14), "C": (10, 12), "D": (14, 11),
}  # fmt: skip
ARGUS_CODES = ["Total", "Nr", "1", "2", "3", "Os", "4", "5", "6", "7", "Ws", "8", "9", "10", "Zd", "11", "12", "99"]
ARGUS = {  # `pp.tab`, its column of frequencies: enterprises by size and region
    "Total":
        (42723, 11395, 6112, 3798, 1485, 10227, 538, 1597, 5446, 2646, 10054, 1182, 8018, 854, 11047, 7511, 3536, 0),
    "2": (9, 6, 1, 5, 0, 3, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    "4": (5, 1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 3, 3, 0, 0),
    "5": (20002, 5137, 2856, 1657, 624, 4808, 293, 676, 2648, 1191, 4696, 467, 3866, 363, 5361, 3791, 1570, 0),
    "6": (8831, 2471, 1334, 802, 335, 2041, 111, 370, 1014, 546, 2062, 303, 1627, 132, 2257, 1521, 736, 0),
    "7": (5498, 1487, 770, 497, 220, 1380, 58, 283, 658, 381, 1294, 178, 997, 119, 1337, 822, 515, 0),
    "8": (4594, 1426, 744, 527, 155, 1101, 46, 152, 572, 331, 1026, 127, 799, 100, 1041, 666, 375, 0),
    "9": (3779, 862, 406, 305, 151, 893, 29, 116, 551, 197, 976, 107, 729, 140, 1048, 708, 340, 0),
    "99": (5, 5, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
}  # fmt: skip
REGIONS = {"Nr": ["1", "2", "3"], "Os": ["4", "5", "6", "7"], "Ws": ["8", "9", "10"], "Zd": ["11", "12"]}
INVESTMENTS = {"I": (20, 50, 10, 80), "II": (8, 19, 22, 49), "III": (17, 32, 12, 61), "Total": (45, 101, 44, 190)}
COUNTRIES = {"young": (5, 2, 0, 7), "old": (6, 3, 4, 13), "Total": (11, 5, 4, 20)}  # Spain, Iceland, Portugal


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main([*words, "--lang", "en"])
    said = capsys.readouterr()
    return code, said.out, said.err


def ends(out: str) -> dict[tuple[str, str], tuple[float, float]]:
    return {tuple(cell.values())[:2]: (cell["low"], cell["high"]) for cell in json.loads(out)["cells"]}  # type: ignore[misc]


def long(path: Path, names: str, codes: str, rows: dict[str, tuple[int, ...]], hidden: set[tuple[str, str]]) -> str:
    lines = [
        f"{row},{code},{'' if (row, code) in hidden else n},{'x' if (row, code) in hidden else 's'}"
        for row, counts in rows.items()
        for code, n in zip(codes.split(), counts, strict=True)
    ]
    path.write_text("\n".join([names, *lines]) + "\n", encoding="utf-8")
    return str(path)


def test_the_investments_of_fischetti_and_salazar(tmp_path, capsys) -> None:
    """22 is sensitive; with 8, 17 and 12 hidden beside it a reader knows that it is 5 at least and 30 at most.

    By hand: II A = 30 − x, III A = 25 − 30 + x and III C = 34 − x, none of them below 0.
    """
    hidden = {(row, column) for row in ("II", "III") for column in "AC"}
    file = long(tmp_path / "t.csv", "activity,region,value,sdcStatus", "A B C Total", INVESTMENTS, hidden)
    code, out, _ = run(capsys, "audit", file, "--threshold", "4")
    assert code == 0
    assert ends(out) == {("II", "A"): (0, 25), ("II", "C"): (5, 30), ("III", "A"): (0, 25), ("III", "C"): (4, 29)}


def test_the_pattern_of_statistics_norway_lets_nobody_know_a_hidden_count(tmp_path, capsys) -> None:
    """Counts to 1 hidden, the zero too: Iceland and Portugal of young and old, as their vignette prints it."""
    hidden = {(age, country) for age in ("young", "old") for country in ("Iceland", "Portugal")}
    file = long(tmp_path / "t.csv", "age,geo,freq,suppressed", "Spain Iceland Portugal Total", COUNTRIES, hidden)
    code, out, _ = run(capsys, "audit", file, "--threshold", "2")
    assert code == 0
    assert ends(out) == {("young", "Iceland"): (0, 2), ("young", "Portugal"): (0, 2), ("old", "Iceland"): (3, 5),
                         ("old", "Portugal"): (2, 4)}  # fmt: skip
    alone = {("young", "Portugal")}
    file = long(tmp_path / "t.csv", "age,geo,freq,suppressed", "Spain Iceland Portugal Total", COUNTRIES, alone)
    code, out, _ = run(capsys, "audit", file, "--threshold", "2")
    assert (code, ends(out)) == (1, {("young", "Portugal"): (0, 0)})


def test_two_women_in_region_a_cost_three_cells_more(tmp_path, capsys) -> None:
    """In a table of two ways no fewer than four cells can hide one, and both sexes of another region are cheapest."""
    rows = {region: (*counts, sum(counts)) for region, counts in SDC_TABLE.items()}
    rows["Tot"] = tuple(map(sum, zip(*rows.values(), strict=True)))
    assert rows["Tot"] == (45, 55, 100)
    file = long(tmp_path / "t.csv", "region,gender,freq,status", "female male Tot", rows, set())
    code, out, told = run(capsys, "protect", file, "--threshold", "4", "--method", "suppress")
    hidden = {(row["region"], row["gender"]) for row in csv.DictReader(io.StringIO(out)) if not row["count"]}
    assert code == 0
    assert hidden == {(region, gender) for region in "AC" for gender in ("female", "male")}
    assert "Adds up in region: Tot = A + B + C + D" in told


@pytest.mark.long
@pytest.mark.parametrize("how", ["by the counts", "by its file of levels"])
def test_the_regions_of_tau_argus(how: str, tmp_path, capsys) -> None:
    file = long(tmp_path / "t.csv", "Size,Region,Freq,Status", " ".join(ARGUS_CODES), ARGUS, set())
    levels = tmp_path / "region2.hrc"
    levels.write_text("".join(f"{code}\n" + "".join(f"@{each:>2}\n" for each in own) for code, own in REGIONS.items()))
    words = ["--hierarchy", f"Region={levels}"] if "file" in how else []
    cells, dims = read_cells(Path(file))
    if not words:
        ways = dict(linked(cells, dims).ways[1])
        assert {code: [*ways[code]] for code in REGIONS} == REGIONS
        assert [*ways["Total"]] == [*REGIONS, "99"]
    code, out, told = run(capsys, "protect", file, "--threshold", "4", "--method", "suppress", *words)
    assert code == 0
    assert "Does not add up" not in told
    rows = list(csv.DictReader(io.StringIO(out)))
    inner = {code: [code] for code in ARGUS_CODES if code not in REGIONS} | REGIONS
    inner["Total"] = [code for code in ARGUS_CODES if code not in {*REGIONS, "Total"}]
    sizes = {size: [size] for size in ARGUS} | {"Total": [size for size in ARGUS if size != "Total"]}
    printed = {(row["Size"], row["Region"]): int(row["count"]) for row in rows if row["count"]}
    hidden = {(row["Size"], row["Region"]): 1.0 for row in rows if not row["count"]}
    small = {
        (size, region) for size, own in ARGUS.items() for region, n in zip(ARGUS_CODES, own, strict=True) if 0 < n < 4
    }
    attacker = Attacker((sizes, inner), printed, hidden)
    assert small <= hidden.keys()
    assert [key for key in small if attacker.broken(key, 4)] == []
    assert all(printed[key] == ARGUS[key[0]][ARGUS_CODES.index(key[1])] for key in printed)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
@pytest.mark.parametrize(("line", "misspelt"), [("Målselv", False), ('M"å"lselv', True)])
def test_levels_as_a_windows_program_writes_them(
    encoding: str,
    line: str,
    misspelt: bool,
    tmp_path,
    capsys,
) -> None:
    """A misspelt code would leave 12 - 9 for whoever can subtract: nothing is printed then."""
    table, levels = tmp_path / "t.csv", tmp_path / "levels.hrc"
    table.write_text("plass;antall\nMålselv;3\nBardu;9\nI alt;12\n", encoding=encoding)
    levels.write_text(f"I alt\n@{line}\n@Bardu\n", encoding=encoding)
    words = ("protect", str(table), "--threshold", "4", "--method", "suppress", "--hierarchy", f"plass={levels}")
    code, out, told = run(capsys, *words)
    if misspelt:
        assert (code, [name in out + told for name in ("Målselv", line, "I alt,12")]) == (1, [True, True, False])
    else:
        rows = [(row["plass"], row["count"]) for row in csv.DictReader(io.StringIO(out))]
        assert (code, rows) == (0, [("Målselv", ""), ("Bardu", ""), ("I alt", "12")])


PLAIN = [("Vik", "1234", "2", "1236"), ("Nes", "30", "8", "38"), ("I alt", "1264", "10", "1274")]
NAMES = ("Menn", "Kvinner", "Begge kjønn")


def laid_out(separator: str = ";", thousands: str = "", headings: str = "Kommune Kjønn Antall", title: str = "") -> str:
    lines = [separator.join(headings.split())]
    for place, *counts in PLAIN:
        for name, n in zip(NAMES, counts, strict=True):
            lines.append(separator.join((place, name, f"{int(n):,}".replace(",", thousands))))
    return title + "\n".join(lines) + "\n"


WIDE = "Kommune\t" + "\t".join(NAMES) + "\n" + "\n".join("\t".join(row) for row in PLAIN) + "\n"
LAYOUTS = {
    "semicolons": laid_out(),
    "tabs and an English name": laid_out("\t", headings="place sex Count"),
    "bars": laid_out("|", headings="place sex freq"),
    "thousands set apart": laid_out(";", " "),
    "thousands by a point": laid_out("\t", "."),
    "a title above": laid_out(title='"Tabell 1: personer"\n\n'),
    "a count of no known name": laid_out(headings="Kommune Kjønn Ledige"),
    "spread over columns": WIDE,
    "decimals": laid_out().replace("\n", ",00\n").replace("Antall,00", "Antall"),
    "a name beside the code": "\n".join(
        f"{line};{line.split(';')[0]} kommune" if number else "Kommune;Kjønn;Antall;Navn"
        for number, line in enumerate(laid_out().splitlines())
    ),
}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_table_in_many_layouts_is_hidden_alike(layout: str, encoding: str, tmp_path, capsys) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(LAYOUTS[layout].encode(encoding))
    code, out, _ = run(capsys, "protect", str(path), "--threshold", "4", "--method", "suppress", "--json")
    hidden = {tuple(cell.values())[:2] for cell in json.loads(out)["cells"] if cell["count"] is None}
    assert code == 0
    assert hidden == {(place, name) for place in ("Vik", "Nes") for name in NAMES[:2]}


def test_a_county_in_a_column_of_its_own_is_the_sum_of_its_municipalities(tmp_path, capsys) -> None:
    lines = (
        "county,municipality,n\n42,4201,3\n42,4202,9\n42,Alle,12\n11,1101,20\n11,1103,22\n11,Alle,42\nAlle,Alle,54\n"
    )
    (tmp_path / "t.csv").write_text(lines)
    code, out, _ = run(capsys, "protect", str(tmp_path / "t.csv"), "--threshold", "4", "--method", "suppress")
    hidden = [(row["county"], row["municipality"]) for row in csv.DictReader(io.StringIO(out)) if not row["count"]]
    assert (code, hidden) == (0, [("42", "4201"), ("42", "4202")])


def test_rounding_makes_every_total_anew_whatever_it_is_called(tmp_path, capsys) -> None:
    (tmp_path / "t.csv").write_text(laid_out(), encoding="utf-8")
    code, out, _ = run(capsys, "protect", str(tmp_path / "t.csv"), "--threshold", "5", "--method", "round")
    counts = [int(row["count"]) for row in csv.DictReader(io.StringIO(out))]
    small = counts[1]  # 2 before: which way it goes hangs on all counts of the table
    assert (code, counts) == (0, [1234, small, 1234 + small, 30, 8, 38, 1264, 8 + small, 1272 + small])
    assert small in (0, 5)


def test_a_total_some_of_whose_parts_have_no_row_is_not_rounded(tmp_path, capsys) -> None:
    (tmp_path / "t.csv").write_text("a,b,n\nx,p,2\nx,total,2\ny,q,9\ny,p,7\ny,total,16\ntotal,total,18\n")
    code, out, _ = run(capsys, "protect", str(tmp_path / "t.csv"), "--threshold", "5", "--method", "round")
    assert code == 1
    assert "have parts without a row" in out


def test_a_total_that_nothing_makes_up_stops_the_protection(tmp_path, capsys) -> None:
    """Who knows how the codes make up the total would have what is hidden: better none than that."""
    (tmp_path / "t.csv").write_text("a,n\nTotal,50\nx,30\ny,25\nz,3\nw,41\n")
    code, out, _ = run(capsys, "protect", str(tmp_path / "t.csv"), "--threshold", "4", "--method", "suppress")
    assert code == 1
    assert "--sum a:Total=A+B" in out
    assert "Nothing was done" in out
