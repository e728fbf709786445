"""A home's own layouts of text tables: an invented county file, described and not programmed."""

from pathlib import Path

import pytest

from data.configuration import configuration_problems
from data.deliveries.contents import contents
from data.ingest.contract import Problems
from data.sources import parse, recognised
from tests.data.layouts import found

DESCRIBED = r"""
source = "county"
publisher = "Agder fylkeskommune"
symbols = { "*" = "suppressed" }
sex = { alle = "both", "jente*" = "female" }

[[layouts]]
name = "pupils_waiting"
period = '^\d{4}$'
needed = ["Nr", "Kommune", "Kjønn", "Alder", "Venter"]
given = { measure = "waiting", unit = "count", period = "2031" }
rows = { nation = 'landet', municipality = 'K(?P<code>\d{4})' }
columns = { Nr = "label", Kommune = "name", "Kjønn" = "sex", Alder = "age", Venter = "value" }
"""
TABLE = """Nr;Kommune;Kjønn;Alder;Venter
K4204;Kristiansand;Alle;16-18;41
K4204;Kristiansand;Jenter;16-18;*
Kilde: oss
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "home"))
    (tmp_path / "home/layouts").mkdir(parents=True)
    return tmp_path / "home/layouts/waiting.toml"


def _table(own: Path, text: str = TABLE) -> Path:
    path = own.parents[2] / "waiting.csv"
    path.write_text(text, encoding="utf-8")
    return path


def _refused(path: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(Problems) as caught:
        parse(path, "county")
    return found(caught.value)


def test_a_layout_of_the_home_is_read_under_the_name_of_its_source(own: Path) -> None:
    assert _refused(_table(own)) == [("unknown_layout", "", "A1")]
    own.write_text(DESCRIBED, encoding="utf-8")
    delivery = parse(_table(own), "county")
    assert (delivery.publisher, delivery.layout) == ("Agder fylkeskommune", "pupils_waiting")
    columns = ("measure", "region_code", "period", "age_group", "sex", "count", "status", "cell")
    assert delivery.rows.select(columns).rows() == [
        ("waiting", "4204", "2031", "16-18", "both", 41, "final", "E2"),
        ("waiting", "4204", "2031", "16-18", "female", None, "suppressed", "E3"),
    ]
    assert [(note.reason, note.cell) for note in delivery.notes] == [("footnote", "A4")]
    assert recognised(_table(own)) == ["pupils_waiting"]


def test_what_an_own_layout_does_not_know_is_named_with_its_cell(own: Path) -> None:
    own.write_text(DESCRIBED, encoding="utf-8")
    assert _refused(_table(own, TABLE.replace("K4204;Kristiansand;Jenter", "X;Kristiansand;Gutter"))) == [
        ("bad_text", "", "A3"),
        ("fhi_dimension", "", "C3"),
    ]
    assert _refused(_table(own, TABLE.replace(";41", ";4,1"))) == [("bad_count", "", "E2")]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('unit = "count", ', "", "layouts[1]"),
        ('"county"', '"kommunen"', "source"),
        (r"K(?P<code>\d{4})", r"K\d{4}", "layouts[1]"),
        ('Alder = "age"', 'Alder = "alder"', "layouts[1].columns.Alder"),
    ],
)
def test_a_slip_in_an_own_layout_is_told_with_its_key(own: Path, old: str, new: str, key: str) -> None:
    assert old in DESCRIBED
    own.write_text(DESCRIBED.replace(old, new), encoding="utf-8")
    with pytest.raises(Problems) as caught:
        parse(_table(own), "county")
    assert [problem.cell for problem in caught.value.exceptions] == [key]
    assert [problem.cell for problem in configuration_problems()] == [key]
    assert all(problem.says(lang) for problem in caught.value.exceptions for lang in ("nb", "en"))


def test_a_table_with_a_publisher_s_headings_is_told_which_download_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Geografi,Alder,Måltall,Andel\nAgder,vgs,antall,1\n", encoding="utf-8")
    with pytest.raises(Problems) as caught:
        parse(path)
    unknown = caught.value.exceptions[0]
    assert "csv2" in unknown.as_json("en")["error"]["do"]
    lacking = [problem.expected for problem in caught.value.exceptions if problem.code == "missing_column"]
    assert lacking == ["År", "Kjønn", "value"]


@pytest.mark.parametrize("lacking", ["count", "population", "value", "status", "parts_missing", "age_group", "sex"])
def test_a_column_that_is_missing_is_named_as_it_must_be_written(tmp_path: Path, lacking: str) -> None:
    row = {"indicator": "neet_register", "region_code": "4204", "period": "2031", "age_group": "15-29", "sex": "both",
           "count": "900", "population": "9000", "value": "", "status": "final", "parts_missing": "0"}  # fmt: skip
    del row[lacking]
    (tmp_path / "a.csv").write_text(f"{';'.join(row)}\n{';'.join(row.values())}\n", encoding="utf-8")
    with pytest.raises(Problems) as caught:
        contents(tmp_path / "a.csv", "county")
    [problem] = caught.value.exceptions
    assert problem.code == "missing_column"
    assert all(lacking in problem.says(lang) for lang in ("nb", "en"))
