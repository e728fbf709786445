"""A table nobody has catalogued: recognised, given the indicator somebody defines, loaded, shown and downloaded."""

import io
import sys
from pathlib import Path

import polars as pl
import pytest

from analytics.exclusion import subject as exclusion
from data.__main__ import main
from data.catalogue import indicators
from data.configuration import configuration_problems
from data.deliveries.read import problems_in
from data.pxweb.mapping import mappings
from data.pxweb.refresh import refresh
from data.warehouse import build
from pages.components import downloads
from pages.components.rate_trend import trend_chart
from tests.data.door_ground import files, own, said
from tests.data.fetch_ground import client
from tests.data.layouts import ORDER_HEADS, order, person, workbook
from tests.data.pxweb_server import PxWebServer, dimensions, serving
from tests.data.raw_ground import HEADER
from tests.data.ssb_dresses import uncatalogued
from tests.own_home import written
from tests.pages.test_pages import healthy, page

__all__ = ["own"]  # a fixture
pytestmark = pytest.mark.long
SAID = {
    "label": "Unge i introduksjonsprogram", "label-en": "Young people in the introduction programme",
    "definition": "Bosatte 18–29 år som deltok i året.", "definition-en": "Residents aged 18–29 who took part.",
    "unit": "andel av befolkningen", "unit-en": "share of the population",
    "denominator": "befolkningen 18–29 år", "denominator-en": "the population aged 18–29",
}  # fmt: skip
NAME = "unge_i_introduksjonsprogram"


def flags(**changed: str) -> list[str]:
    words = {**SAID, "figure": "2", "population": "1", **changed}
    return [f"--{name}={value}" for name, value in words.items() if value]


def test_a_table_nobody_has_catalogued_comes_to_the_page_and_the_download(own: Path, tmp_path: Path, capsys) -> None:
    file = str(uncatalogued(tmp_path))
    code, refused = said(capsys, "add", file, "--dry-run")
    assert (code, [each["code"] for each in refused["problems"]]) == (1, ["ssb_uncatalogued"])
    assert (refused["offer"]["table"], refused["offer"]["frequency"]) == ("19999", "year")
    names = [each["name"] for each in refused["offer"]["figures"]]
    assert names == ["Personer · status=I alt", "Personer · status=Deltar"]
    code, made = said(capsys, "catalogue", file, *flags())
    assert (code, made["indicator"]) == (0, NAME)
    assert files(own) == [f"fetch/{NAME}.toml", f"indicators/{NAME}.toml"]
    assert configuration_problems() == []
    assert said(capsys, "add", file, "--yes")[1]["indicators"] == [NAME]
    shown = said(capsys, "show", NAME, "--region", "4204")[1]["rows"]
    assert [(row["period"], row["count"], row["population"]) for row in shown] == [
        ("2030", 500, 20000),
        ("2031", 613, 20010),
    ]
    chart = trend_chart(exclusion.subject(NAME, "4204", "18-29", "both"), ())
    rows = pl.read_csv(io.BytesIO(downloads.csv(chart.table, chart.sources))).filter(period=2031)
    assert rows["count"].to_list() == [613]
    for lang, label, share in (("nb", SAID["label"], "3,1 %"), ("en", SAID["label-en"], "3.1%")):
        words = healthy(page("exclusion", lang=lang, indicator=NAME, region="4204"))
        assert label in words
        assert share in words


def test_innenfors_own_layout_with_a_measure_of_its_own_is_catalogued_too(own: Path, tmp_path: Path, capsys) -> None:
    file = written(tmp_path / "tall.csv", f"{HEADER}\nkvp_under_30,4204,2031,18-29,both,77,20000,,final,0\n")
    assert said(capsys, "add", str(file), "--source", "county", "--dry-run")[1]["offer"]["by_table"] is False
    code, made = said(capsys, "catalogue", str(file), "--source", "county", *flags(population="", figure="1"))
    assert (code, files(own)) == (0, [f"indicators/{NAME}.toml"])
    assert said(capsys, "add", str(file), "--source", "county", "--yes")[1]["indicators"] == [made["indicator"]]


def test_the_mapping_made_of_a_file_with_labels_fetches_the_table(own: Path, tmp_path: Path, capsys) -> None:
    assert said(capsys, "catalogue", str(uncatalogued(tmp_path)), *flags())[0] == 0
    dims = dimensions() | {"Status": {"A": "I alt", "B": "Deltar"}, "ContentsCode": {"Pers": "Personer"}}
    del dims["HovArbStyrkStatus"]
    (mapping,) = mappings(table="19999")
    with serving(PxWebServer(table="19999", dims=dims)) as server:
        done = refresh(mapping, client(server))
        again = refresh(mapping, client(server))
    assert (done.state, again.state) == ("new", "unchanged")
    assert done.changes == {}
    build.build()
    rows = exclusion.trend_table(exclusion.subject(NAME, "4204", "15-29", "both"), "alone")
    assert [(row["period"], row["count"]) for row in rows.iter_rows(named=True)][-1] == ("2024", 3002)


def test_a_mapping_of_labels_a_table_does_not_have_is_told_with_what_it_has(own: Path, tmp_path: Path, capsys) -> None:
    assert said(capsys, "catalogue", str(uncatalogued(tmp_path)), *flags())[0] == 0
    with serving(PxWebServer(table="19999")) as server, pytest.raises(ExceptionGroup) as refused:
        refresh(mappings(table="19999")[0], client(server))
    assert {"fetch_no_dimension", "fetch_no_code"} <= {each.code for each in problems_in(refused.value)}


FHI = """Geografi,År,Kjønn,Alder,"Skala 0-10, tilfredshet",Sosial status,Måltall,value
Hele landet,2031,kjønn samlet,8-10.trinn,8_10,samlet,"andel (prosent, standardisert)",49.5
Hele landet,2031,gutter,8-10.trinn,8_10,samlet,"andel (prosent, standardisert)",59.5
Hele landet,2032,kjønn samlet,8-10.trinn,8_10,samlet,"andel (prosent, standardisert)",:
"""


def test_a_subject_of_fhis_nobody_reads_becomes_an_indicator(own: Path, tmp_path: Path, capsys) -> None:
    file = str(written(tmp_path / "ungdata.csv", FHI))
    refused = said(capsys, "add", file, "--dry-run")[1]
    assert [each["code"] for each in refused["problems"]] == ["fhi_subject"]
    assert [each["name"] for each in refused["offer"]["figures"]] == ["8_10"]
    assert said(capsys, "catalogue", file, *flags(figure="1", population=""))[1]["indicator"] == NAME
    assert files(own) == [f"indicators/{NAME}.toml", f"layouts/{NAME}.toml"]
    assert configuration_problems() == []
    assert said(capsys, "add", file, "--yes")[1]["indicators"] == [NAME]
    shown = said(capsys, "show", NAME, "--region", "0")[1]["rows"]
    assert [(row["sex"], row["value"], row["status"]) for row in shown if row["period"] == "2031"] == [
        ("both", 0.495, "final"), ("male", 0.595, "final"),
    ]  # fmt: skip
    assert [row["value"] for row in shown if row["period"] == "2032"] == [None]
    other = written(tmp_path / "other.csv", FHI.replace("8_10", "0_5").replace("2032", "2033"))
    assert said(capsys, "add", str(other), "--dry-run")[1]["ok"] is False, "another answer is no figure of it"


def test_a_subject_of_navs_nobody_reads_becomes_an_indicator(own: Path, tmp_path: Path, capsys) -> None:
    sheet = order([person("Agder", "Menn", 30, None), person("Rogaland", "Menn", 50, None)], heads=ORDER_HEADS)
    file = str(workbook(tmp_path / "ordre.xlsx", {"Sosialhjelp under 30": sheet}))
    refused = said(capsys, "add", file, "--dry-run")[1]
    assert {each["code"] for each in refused["problems"]} == {"other_subject"}
    assert refused["offer"]["source"] == "nav"
    made = said(capsys, "catalogue", file, *flags(figure="1", population=""))[1]
    assert made["indicator"] == NAME, made
    assert files(own) == [f"indicators/{NAME}.toml", f"subjects/{NAME}.toml"]
    assert configuration_problems() == []
    assert said(capsys, "add", file, "--yes")[1]["indicators"] == [NAME]
    shown = said(capsys, "show", NAME, "--region", "42")[1]["rows"]
    assert [(row["period"], row["age_group"], row["count"]) for row in shown] == [("2024-03", "under-30", 30)]
    known = str(workbook(tmp_path / "known.xlsx", {"Nedsatt 18 - 29 år fylker": sheet}))
    assert said(capsys, "check", known, "--source", "nav")[1]["indicators"] == ["reduced_work_capacity"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"definition": ""}, "not_said"), ({"unit": " "}, "not_said"), ({"figure": ""}, "not_said"),
        ({"denominator": ""}, "not_said"), ({"figure": "3"}, "no_such_figure"),
        ({"label": "NEET register"}, "indicator_taken"), ({"label": "***"}, "indicator_taken"),
        ({"definition": "Som 010190 100 46"}, "identity_number"),
        ({"figure": "1", "population": "2"}, "count_above_population"),
    ],
)  # fmt: skip
def test_nothing_is_made_of_what_is_not_said_or_cannot_be(
    own: Path, tmp_path: Path, capsys, changed: dict[str, str], code: str
) -> None:
    exit_code, told = said(capsys, "catalogue", str(uncatalogued(tmp_path)), *flags(**changed))
    assert exit_code == 1
    assert code in [told["error"]["code"]] if "error" in told else [each["code"] for each in told["problems"]]
    assert (files(own) if own.exists() else [], NAME in indicators()) == ([], False)


def test_whoever_brings_the_file_may_answer_the_questions(own: Path, tmp_path: Path, capsys, monkeypatch) -> None:
    answers = ["j", "2", SAID["label"], SAID["definition"], SAID["unit"], "1", SAID["denominator"], "", "", "", "", "y"]
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _: answers.pop(0))
    assert main(["add", str(uncatalogued(tmp_path))]) == 0
    assert indicators()[NAME].denominator["nb"] == SAID["denominator"]
    assert "· Indicators: unge_i_introduksjonsprogram" in capsys.readouterr().out
    monkeypatch.setattr("builtins.input", lambda _: "n")
    other = uncatalogued(tmp_path).read_text("latin-1").replace("19999", "19998")
    assert main(["add", str(written(tmp_path / "b.csv", other))]) == 1
