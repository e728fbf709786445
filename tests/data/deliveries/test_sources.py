"""Who delivers stands in one list; what `check` calls fine is what the build loads, and nothing else."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import paths, source_names, sources
from data.__main__ import main
from data.deliveries.load import delivered_rows
from data.deliveries.read import Sidecar, problems_in, sidecars
from data.settings import settings as settings_in_force
from data.warehouse import build, connection
from data.warehouse.tables import adapter_version
from tests import experiment_home
from tests.data.layouts import hl060, jsonstat, udir, workbook
from tests.data.raw_ground import HEADER, ROWS, deliver, sidecar
from tests.shared_files import shared

FLOWS = (
    "measure,region_code,cohort,age_group,sex,origin,destination,months,count,status\n"
    "state_after,4204,2020,18-29,both,aap,total,12,100,final\n"
    "state_after,4204,2020,18-29,both,aap,work,12,40,final\n"
    "state_after,4204,2020,18-29,both,aap,aap,12,60,final\n"
)
FHI = (
    "Geografi,År,Kjønn,Alder,Plagegrad,Sosioøkonomiske ressurser (SØR),Måltall,value\n"
    'Kristiansand,2031,kjønn samlet,8-10.trinn,plaget,Total SØR,"andel (prosent, standardisert)",21.5\n'
)
IMDI = "Region;Navn;Bakgrunn: Hele befolkningen\n;;Kjønn: Alle\n;;Enhet: Prosent\n;;År: 2032\nF42;Agder;71\n"
AGDER = (["Januar", "Februar", "Mars"], [["4204 Kristiansand", 40, "*", 0], ["4203 Arendal", 7, 8, 9]])


def written(text: str, suffix: str = ".csv") -> Callable[[Path], Path]:
    def write(stem: Path) -> Path:
        path = stem.with_suffix(suffix)
        path.write_text(text, encoding="utf-8")
        return path

    return write


FILES: dict[str, Callable[[Path], Path]] = {
    "table": written("\n".join([HEADER, *ROWS]) + "\n"),
    "flows": written(FLOWS),
    "ssb": lambda stem: jsonstat(stem.with_suffix(".json")),
    "nav": lambda stem: workbook(stem.with_suffix(".xlsx"), {"Tall": hl060("Antall", {"Agder": AGDER})}),
    "county": lambda stem: udir(stem.with_suffix(".csv"), [["Nasjonalt", "", "", "", "Hele landet", "", "", 1, 2, 3]]),
    "imdi": written(IMDI),
    "fhi": written(FHI),
    "results": written(experiment_home.RESULTS),
    "durations": written(experiment_home.DURATIONS),
    "flow": written(experiment_home.FLOW),
    "results as plain text": written(experiment_home.RESULTS, ".txt"),
    "results with another ending": written(experiment_home.RESULTS, ".dat"),
    "of an experiment nobody registered": written(experiment_home.RESULTS.replace("kort-kurs", "langt-kurs")),
    "a table of a measure nobody knows": written("\n".join([HEADER, ROWS[0].replace("neet_register", "x"), ""])),
    "something else": written("a,b\n1,2\n"),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("own") / "home"
    experiment_home.registered(folder)
    return folder


def spoilt(content: bytes, line: int, change: str) -> bytes:
    """Return a file with a slip in one of its lines."""
    lines = content.split(b"\n")
    at = line % len(lines)
    if change == "dropped":
        del lines[at]
    elif change == "twice":
        lines.insert(at, lines[at])
    elif change == "a letter":
        lines[at] = re.sub(rb"\d", b"x", lines[at], count=1)
    elif change == "larger":
        lines[at] = re.sub(rb"(\d)(?=\D*$)", rb"\g<1>999", lines[at])
    return b"\n".join(lines)


@pytest.mark.long
@given(
    file=st.sampled_from(sorted(FILES)),
    adapter=st.sampled_from(source_names.ADAPTERS),
    change=st.sampled_from(["none", "none", "dropped", "twice", "a letter", "larger"]),
    line=st.integers(0, 6),
    right=st.booleans(),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_check_calls_fine_is_what_the_build_loads(
    home: Path, tmp_path_factory, monkeypatch, file: str, adapter: str, change: str, line: int, *, right: bool
) -> None:
    """right: the adapter is the file's own, so that many examples are fine."""
    monkeypatch.setenv("INNENFOR_HOME", str(home))
    if right:
        adapter = file if file in source_names.ADAPTERS else source_names.EXPERIMENTS
    raw = tmp_path_factory.mktemp("deliveries") / "raw"
    deliver(raw)
    folder = raw / (adapter if adapter in source_names.PUBLISHERS else "uia") / "small"
    folder.mkdir(parents=True)
    path = FILES[file](folder / "small")
    path.write_bytes(spoilt(path.read_bytes(), line, change))
    sidecar(path, adapter=adapter, edition="small")
    fine = main(["check", str(path), "--source", adapter]) == 0
    assert loads(raw, raw.parent / "var") == fine


def loads(raw: Path, var: Path) -> bool:
    try:
        report = build.build(raw, var)
    except ExceptionGroup as error:
        return not problems_in(error)  # it stops with words, never without
    return "small" in {edition for edition, _, _ in report.editions}


@pytest.mark.long
@pytest.mark.parametrize("file", ["table", "flows", "nav", "fhi", "results", "durations", "flow"])
def test_a_small_delivery_of_every_kind_is_fine(home: Path, tmp_path: Path, monkeypatch, file: str) -> None:
    """Else the test above would compare refusals alone."""
    monkeypatch.setenv("INNENFOR_HOME", str(home))
    adapter = file if file in source_names.ADAPTERS else source_names.EXPERIMENTS
    assert main(["check", str(FILES[file](tmp_path / "small")), "--source", adapter]) == 0


@pytest.mark.long
def test_a_delivery_of_uia_is_loaded_with_its_edition(tmp_path: Path, monkeypatch) -> None:
    var = experiment_home.opened(tmp_path / "home", monkeypatch)
    experiment_home.registered(tmp_path / "home")
    file = experiment_home.deliver(tmp_path / "home")
    assert main(["check", str(file), "--source", "uia"]) == 0
    build.build(var=var)
    edition = connection.query("editions").filter(edition="uia-2026-06-results").row(0, named=True)
    assert (edition["file"], edition["row_count"], edition["licence"]) == ("results.csv", 2, "CC BY 4.0")
    assert edition["adapter_version"] == adapter_version("uia")


def test_every_source_has_a_reader_a_rule_or_protected_figures_and_a_version() -> None:
    assert {*sources.SOURCES, source_names.EXPERIMENTS} == set(source_names.PUBLISHERS)
    assert set(source_names.DELIVER_RAW) <= set(settings_in_force().disclosure) <= set(source_names.PUBLISHERS)
    assert {folder.name for folder in paths.shipped("raw").iterdir() if folder.is_dir()} <= set(source_names.PUBLISHERS)
    assert len({adapter_version(adapter) for adapter in source_names.ADAPTERS}) == len(source_names.ADAPTERS)


def test_what_names_the_sources_to_a_reader_names_all_of_them() -> None:
    text = (paths.ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    listed = re.search(r"\(source: ([^)]*)\)", text)
    assert listed
    assert re.findall(r"`(\w+)`", listed[1]) == list(source_names.PUBLISHERS)
    assert Sidecar.__doc__
    assert "source_names.ADAPTERS" in Sidecar.__doc__


def test_a_sidecar_may_name_every_adapter_and_no_other(tmp_path: Path) -> None:
    for adapter in (*source_names.ADAPTERS, "excel"):
        sidecar(deliver(tmp_path / adapter), adapter=adapter)
        found, problems = sidecars(tmp_path / adapter)
        assert bool(found) == (adapter in source_names.ADAPTERS)
        assert all(name in problem.expects() for problem in problems for name in source_names.ADAPTERS)


def test_rows_are_read_alone_as_in_a_build(tmp_path: Path) -> None:
    deliver(tmp_path)
    [found], _ = sidecars(tmp_path)
    assert set(delivered_rows(found)["edition"]) == {"first"}


@pytest.mark.slow
def test_every_real_file_that_check_calls_fine_is_loaded_and_its_rows_counted(
    tmp_path: Path, monkeypatch, capsys
) -> None:
    monkeypatch.setenv("INNENFOR_HOME", str(tmp_path / "home"))
    raw, told = tmp_path / "raw", {}
    for file in sorted(each for each in shared("fixtures").rglob("*") if each.suffix in source_names.DATA_FILES):
        folder = file.parent.name if file.parent.name in source_names.PUBLISHERS else ""
        for source in [folder] if folder else ("ssb", "nav", "fhi"):
            capsys.readouterr()
            if main(["check", str(file), "--source", source, "--json"]) == 0:
                told[f"{source}-{file.stem}"] = json.loads(capsys.readouterr().out)["rows"]
                place = raw / source / file.stem / file.name
                place.parent.mkdir(parents=True)
                shutil.copyfile(file, place)
                sidecar(place, adapter=source, edition=f"{source}-{file.stem}")
    assert len(told) >= 12
    report = build.build(raw, tmp_path / "var")
    assert {edition: rows for edition, _, rows in report.editions} == told
