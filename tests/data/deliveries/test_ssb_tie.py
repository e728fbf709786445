"""SSB's files under the indicators: by table, category and unit, whatever dress the table is saved in."""

import json
from pathlib import Path

import polars as pl
import pytest

from data import paths
from data.configuration import configuration_problems
from data.deliveries.contents import Contents, contents
from data.ingest.contract import Problems
from data.pxweb.mapping import mappings
from data.warehouse import build
from tests.data.layouts import found
from tests.data.raw_ground import deliver, sidecar
from tests.data.ssb_dresses import DRESSES, REGIONS, YEARS, jsonstat2, number, parquet, statbank_csv, wide_codes
from tests.shared_files import shared


def _read(path: Path) -> Contents:
    return contents(path, "ssb")


def _refused(path: Path) -> list[str]:
    with pytest.raises(Problems) as caught:
        _read(path)
    for problem in caught.value.exceptions:
        assert all(problem.says(lang) and problem.do(lang) for lang in ("nb", "en"))
    return [code for code, *_ in found(caught.value)]


@pytest.mark.long
@pytest.mark.parametrize("dress", DRESSES)
def test_one_table_gives_the_same_figures_in_every_dress(tmp_path: Path, dress: str) -> None:
    read = _read(DRESSES[dress](tmp_path)).rows.sort("region_code", "sex", "period")
    assert read.select("indicator", "region_code", "period", "age_group", "sex", "count", "population").rows() == [
        ("neet_register", region[2:], year, "15-29", sex,
         number(region, code, "NEET", year), number(region, code, "TOT3", year))
        for region in reversed(REGIONS) for code, sex in (("0", "both"), ("2", "female")) for year in YEARS
    ]  # fmt: skip
    assert read["value"].to_list() == pytest.approx((read["count"] / read["population"]).to_list())


@pytest.mark.long
def test_what_check_calls_fine_is_what_the_build_loads(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    deliver(raw)
    folder = raw / "ssb" / "mine"
    folder.mkdir(parents=True)
    sidecar(statbank_csv(folder), adapter="ssb", edition="mine")
    report = build.build(raw, tmp_path / "var")
    assert ("mine", 8) in {(edition, rows) for edition, _, rows in report.editions}


def test_other_categories_and_percentages_are_left_out_and_told(tmp_path: Path) -> None:
    notes = {note.reason: note for note in _read(parquet(tmp_path)).notes}
    assert notes["ssb_not_taken"].number == 4 * 2 + 4 * 3 * 2
    assert "ssb_by_columns" not in notes


@pytest.mark.long
def test_a_table_without_its_number_is_known_by_its_own_columns_and_categories(tmp_path: Path) -> None:
    assert "ssb_by_columns" in {note.reason for note in _read(wide_codes(tmp_path, "a.csv")).notes}
    other = (tmp_path / "a.csv").read_text(encoding="utf-8").replace("HovArbStyrkStatus", "Utdanning")
    (tmp_path / "b.csv").write_text(other, encoding="utf-8")
    assert _refused(tmp_path / "b.csv") == ["ssb_no_table"]


def test_a_total_is_never_taken_for_those_outside(tmp_path: Path) -> None:
    text = statbank_csv(tmp_path).read_text(encoding="iso-8859-1")
    lines = [line for line in text.splitlines() if '"NEET"' not in line]
    (tmp_path / "b.csv").write_text("\n".join(lines), encoding="iso-8859-1")
    assert _refused(tmp_path / "b.csv") == ["ssb_category"]


@pytest.mark.long
def test_a_dimension_more_or_less_than_the_indicator_has_is_refused(tmp_path: Path) -> None:
    text = statbank_csv(tmp_path).read_text(encoding="iso-8859-1")
    more = text.replace('"alder"', '"innvandringskategori";"alder"').replace('"15-29 år"', '"Innvandrere";"15-29 år"')
    (tmp_path / "b.csv").write_text(more, encoding="iso-8859-1")
    assert _refused(tmp_path / "b.csv") == ["ssb_category"]
    less = text.replace('"arbeidsstyrkestatus";', "").replace('"NEET";', "")
    less = "\n".join(line for line in less.splitlines() if "I alt" not in line and "Sysselsatte" not in line)
    (tmp_path / "c.csv").write_text(less, encoding="iso-8859-1")
    assert _refused(tmp_path / "c.csv") == ["ssb_category"]


def test_figures_that_are_all_hidden_are_hidden_figures_and_no_other_unit(tmp_path: Path) -> None:
    lines = statbank_csv(tmp_path).read_text(encoding="iso-8859-1").splitlines()
    hidden = [f'{line.rsplit(";", 2)[0]};":";".."' if '"NEET"' in line else line for line in lines]
    (tmp_path / "b.csv").write_text("\n".join(hidden), encoding="iso-8859-1")
    rows = _read(tmp_path / "b.csv").rows
    assert set(rows.select("period", "count", "value", "status").rows()) == {
        ("2030", None, None, "suppressed"), ("2031", None, None, "missing")
    }  # fmt: skip
    assert rows["population"].null_count() == 0


def test_a_code_whose_label_has_come_to_mean_something_else_is_not_taken(tmp_path: Path) -> None:
    text = wide_codes(tmp_path).read_text(encoding="utf-8").replace('"NEET"', '"NEET Sysselsatte"')
    (tmp_path / "13556.csv").write_text(text, encoding="utf-8")
    assert _refused(tmp_path / "13556.csv") == ["ssb_category"]


def test_other_ages_and_other_units_are_refused(tmp_path: Path) -> None:
    text = statbank_csv(tmp_path).read_text(encoding="iso-8859-1")
    (tmp_path / "b.csv").write_text(text.replace("15-29 år", "30-61 år"), encoding="iso-8859-1")
    assert _refused(tmp_path / "b.csv") == ["ssb_ages"]
    body = json.loads(jsonstat2(tmp_path).read_text(encoding="utf-8"))
    body["dimension"]["ContentsCode"]["category"]["unit"] = {"Bosatte": {"base": "kroner"}}
    (tmp_path / "c.json").write_text(json.dumps(body), encoding="utf-8")
    assert _refused(tmp_path / "c.json") == ["ssb_unit"]


def test_a_table_nobody_has_catalogued_is_told_as_what_it_is(tmp_path: Path) -> None:
    path = jsonstat2(tmp_path, label="08518: Innenlands godstransport, etter region og år")
    with pytest.raises(Problems) as caught:
        _read(path)
    [problem] = caught.value.exceptions
    assert (problem.code, problem.found) == ("ssb_uncatalogued", "08518: Innenlands godstransport, etter region og år")
    assert "13556 (neet_register)" in problem.line("nb")


def test_figures_are_preliminary_as_long_as_the_mapping_says(tmp_path: Path) -> None:
    status = dict(_read(jsonstat2(tmp_path)).rows.select("period", "status").iter_rows())
    assert status == {"2030": "final", "2031": "preliminary"}


def test_a_home_catalogues_a_table_of_its_own_and_two_indicators_never_claim_the_same_cells(
    tmp_path: Path, monkeypatch
) -> None:
    home = tmp_path / "home"
    (home / "fetch").mkdir(parents=True)
    (home / "indicators").mkdir()
    monkeypatch.setenv("INNENFOR_HOME", str(home))
    indicator = (paths.DATA / "indicators" / "neet_register.toml").read_text(encoding="utf-8")
    own = indicator.replace('id = "neet_register"', 'id = "in_work"').replace('["neet_register"]', '["in_work"]')
    (home / "indicators" / "in_work.toml").write_text(own, encoding="utf-8")
    shipped = (paths.FETCH / "13556.toml").read_text(encoding="utf-8")
    mapping = shipped.replace('indicator = "neet_register"', 'indicator = "in_work"')
    (home / "fetch" / "in_work.toml").write_text(mapping, encoding="utf-8")
    with pytest.raises(Problems) as caught:
        mappings()
    [problem] = caught.value.exceptions
    assert (problem.code, {problem.expected, problem.found}) == ("cells_twice", {"in_work", "neet_register"})
    assert "cells_twice" in {each.code for each in configuration_problems()}
    work = mapping.replace("HovArbStyrkStatus=NEET", "HovArbStyrkStatus=A.01").replace(
        '["NEET", "TOT3"]', '["A.01", "TOT3"]'
    )
    work = work.replace("[called]", '[called]\nHovArbStyrkStatus."A.01" = "(?i)^sysselsatt"')
    (home / "fetch" / "in_work.toml").write_text(work, encoding="utf-8")
    read = _read(statbank_csv(tmp_path)).rows
    assert dict(read["indicator"].value_counts().iter_rows()) == {"neet_register": 8, "in_work": 8}
    assert read.filter(indicator="in_work", region_code="4204", period="2030", sex="both")["count"].item() == 7000


@pytest.mark.long
def test_the_small_inputs_beside_the_project_are_read_or_refused_as_they_should() -> None:
    folder = "fixtures/cases"
    statbank = _read(shared(f"{folder}/13556_statbank.csv")).rows
    row = statbank.filter(region_code="4204", period="2024").row(0, named=True)
    assert (row["count"], row["population"]) == (2465, 24814)
    for name in ("20_v2_csv_codes.csv", "22_v2_csv_long.csv"):
        read = _read(shared(f"{folder}/{name}")).rows
        assert read.filter(region_code="4204", period="2024")["count"].to_list() == [2465]
    refused = {
        "13556_only_total.csv": "ssb_category", "29_px.px": "px_file", "08_duplicate_key.json": "key_twice",
        "36_share_as_pctformat.xlsx": "percent_undecided", "41_excel_datelike_age.csv": "age_is_date",
        "kostra_share_above_100.xlsx": "ssb_uncatalogued", "ssb_09539_no_title.csv": "ssb_no_title",
    }  # fmt: skip
    assert {name: _refused(shared(f"{folder}/{name}")) for name in refused} == {
        name: [code] for name, code in refused.items()
    }


STATES = {
    "I alt": 24_000, "Sysselsatte": 15_000, "Registrerte arbeidsledige": 300, "Deltakere på arbeidsmarkedstiltak": 200,
    "Under ordinær utdanning": 6_000, "Mottakere av arbeidsavklaringspenger / uføretrygd": 900,
    "Mottakere av AFP/alderspensjon": 0, "Andre": 1_600, "Utenfor arbeid, utdanning og arbeidsmarkedstiltak": 2_800,
}  # fmt: skip
OF_INNENFOR = {
    "status_employed": "Sysselsatte", "status_unemployed": "Registrerte arbeidsledige",
    "status_measures": "Deltakere på arbeidsmarkedstiltak", "status_education": "Under ordinær utdanning",
    "status_health": "Mottakere av arbeidsavklaringspenger / uføretrygd", "status_others": "Andre",
}  # fmt: skip
HEAD = (
    "13563: Kommunefordelt arbeidsstyrkestatus (inkl. NEET) for personer 15 år og eldre, etter region, "
    "{more}alder, prioritert arbeidsstyrkestatus, statistikkvariabel og år"
)


def _states(path: Path, *, categories: tuple[str, ...] = ("",), age: str = "15-29 år") -> Path:
    """A look-alike of table 13563: invented persons in the real table's words (see the workbook in `fixtures/ssb`)."""
    more = '"innvandringskategori";' if categories != ("",) else ""
    lines = [f'"{HEAD.format(more=more and "innvandringskategori, ")}"', ""]
    lines.append(f'"region";{more}"alder";"prioritert arbeidsstyrkestatus";"Bosatte 2030"')
    for divisor, category in enumerate(categories, start=1):
        one = f'"{category}";' if category else ""
        lines += [f'"K-4204 Kristiansand";{one}"{age}";"{state}";{n // divisor}' for state, n in STATES.items()]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.long
def test_the_states_of_table_13563_are_each_an_indicator_whose_parts_are_all_residents(tmp_path: Path) -> None:
    rows = _read(_states(tmp_path / "a.csv")).rows
    assert dict(rows.select("indicator", "count").iter_rows()) == {
        indicator: STATES[state] for indicator, state in OF_INNENFOR.items()
    }
    assert set(rows["population"]) == {STATES["I alt"]}
    assert rows["count"].sum() == STATES["I alt"]


@pytest.mark.long
def test_those_outside_by_immigrant_category_go_under_their_own_indicators(tmp_path: Path) -> None:
    categories = ("I alt", "Innvandrere", "Øvrig befolkning")
    rows = _read(_states(tmp_path / "a.csv", categories=categories)).rows
    outside = STATES["Utenfor arbeid, utdanning og arbeidsmarkedstiltak"]
    assert dict(rows.filter(pl.col("indicator").str.starts_with("neet")).select("indicator", "count").iter_rows()) == {
        "neet_register_immigrants": outside // 2, "neet_register_others": outside // 3,
    }  # fmt: skip
    assert rows.filter(indicator="status_employed")["count"].to_list() == [STATES["Sysselsatte"]]


def test_residents_of_all_ages_are_not_taken_for_the_young(tmp_path: Path) -> None:
    assert set(_refused(_states(tmp_path / "a.csv", age="15 år eller eldre"))) == {"ssb_ages"}
