import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from data import building, catalogue, warehouse
from data.building import BuildNotWritten, BuildRunning
from data.catalogue import indicators
from data.locking import Busy, exclusive
from data.settings import FOLDER, settings
from tests.data.raw_ground import ROWS, deliver
from tests.ground import built, opened

ROOT = FOLDER.parent


def shown(var: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    monkeypatch.setattr(warehouse, "VAR", var)
    return warehouse.query("observations_shown", indicator="neet_register", region=None)["count"].to_list()


def apart(raw: Path, var: Path, pause: float) -> subprocess.Popen[str]:
    command = [sys.executable, str(Path(__file__).with_name("build_apart.py")), str(raw), str(var), str(pause)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT)


def test_a_second_build_of_the_same_deliveries_does_nothing(tmp_path: Path) -> None:
    deliver(tmp_path / "raw")
    first = building.build(tmp_path / "raw", tmp_path / "var")
    second = building.build(tmp_path / "raw", tmp_path / "var")
    assert (first.fresh, second.fresh) == (True, False)
    assert first.build == second.build


def test_a_new_delivery_is_followed_without_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, var = tmp_path / "raw", tmp_path / "var"
    deliver(raw)
    building.build(raw, var)
    assert shown(var, monkeypatch) == [99, 2400]
    deliver(raw, ROWS[0].replace("2400", "2300"))
    building.build(raw, var)
    assert shown(var, monkeypatch) == [2300]
    assert len(list(var.glob("innenfor-*.duckdb"))) == 1


def test_moving_a_delivery_to_another_source_is_a_change(tmp_path: Path) -> None:
    deliver(tmp_path / "one")
    deliver(tmp_path / "two", source="nav")
    assert building.inputs_hash(tmp_path / "one") != building.inputs_hash(tmp_path / "two")


@pytest.mark.parametrize("moment", ["writing", "written"])
def test_a_killed_build_leaves_the_old_data_serving(
    tmp_path: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, var = tmp_path / "raw", tmp_path / "var"
    deliver(raw)
    building.build(raw, var)
    deliver(raw, ROWS[0].replace("2400", "2300"))
    process = apart(raw, var, 60)
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == moment:
            process.kill()
    process.wait()
    assert shown(var, monkeypatch) == [99, 2400]
    building.build(raw, var)
    assert shown(var, monkeypatch) == [2300]
    assert list(var.glob("unfinished-*")) == []


def test_two_builds_at_once_the_second_says_so(tmp_path: Path) -> None:
    deliver(tmp_path / "raw")
    process = apart(tmp_path / "raw", tmp_path / "var", 60)
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "writing"
    with pytest.raises(BuildRunning) as error:
        building.build(tmp_path / "raw", tmp_path / "var")
    process.kill()
    process.wait()
    assert all(error.value.says(lang) and error.value.do(lang) for lang in ("nb", "en"))


def test_a_lock_is_free_again_when_its_holder_is_done(tmp_path: Path) -> None:
    with exclusive(tmp_path / "lock"), pytest.raises(Busy), exclusive(tmp_path / "lock"):
        pytest.fail("two held one lock")
    with exclusive(tmp_path / "lock"):
        assert (tmp_path / "lock").exists()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BuildNotWritten) as error:
        building.build(tmp_path / "raw", tmp_path / "file" / "var")
    assert all(error.value.says(lang) and error.value.do(lang) for lang in ("nb", "en"))


def _garbage(file: Path) -> None:
    file.write_bytes(b"not a database" * 1000)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _holes(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 3 :] = os.urandom(len(whole) - len(whole) // 3)
    file.write_bytes(bytes(whole))


@pytest.mark.parametrize("spoil", [_garbage, _cut, _holes, Path.unlink])
def test_a_damaged_database_is_said_and_built_anew(tmp_path: Path, spoil, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, var = tmp_path / "raw", tmp_path / "var"
    deliver(raw)
    spoil(var / building.build(raw, var).build.file)
    with pytest.raises((warehouse.WarehouseMissing, warehouse.QueryFailed)) as error:
        shown(var, monkeypatch)
    assert all(error.value.says(lang) and error.value.do(lang) for lang in ("nb", "en"))
    assert building.build(raw, var).fresh
    assert shown(var, monkeypatch) == [99, 2400]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"hash": 1}', "\x00"])
def test_a_damaged_pointer_is_said_and_built_anew(tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, var = tmp_path / "raw", tmp_path / "var"
    deliver(raw)
    building.build(raw, var)
    (var / warehouse.POINTER).write_text(text)
    with pytest.raises(warehouse.WarehouseMissing):
        shown(var, monkeypatch)
    building.build(raw, var)
    assert shown(var, monkeypatch) == [99, 2400]


def test_no_build_at_all_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(warehouse.WarehouseMissing):
        shown(tmp_path, monkeypatch)


def test_the_database_is_under_twenty_megabytes() -> None:
    build = warehouse.current_build(built())
    assert build is not None
    assert (built() / build.file).stat().st_size < 20_000_000


def rows_of(monkeypatch: pytest.MonkeyPatch, indicator: str, region: str) -> pl.DataFrame:
    opened(monkeypatch)
    return warehouse.query("observations_shown", indicator=indicator, region=region)


@pytest.mark.parametrize(
    ("region", "period", "edition", "expected"),
    [
        ("4204", "2024", "ssb-13556-2025-11", (2465, 24814, 9.9, "preliminary")),
        ("0", "2024", "ssb-13556-2025-11", (104388, 1044103, 10.0, "preliminary")),
        ("0", "2024", "ssb-13563-2026-03", (None, None, 9.9, "final")),
        ("42", "2024", "ssb-13556-2025-11", (6364, 61503, 10.3, "preliminary")),
        ("42", "2024", "ssb-13563-2026-03", (None, None, 10.2, "final")),
        ("0", "2023", "ssb-13556-2025-11", (102259, None, 9.9, "final")),
    ],
)
def test_the_published_numbers_are_these(
    region: str, period: str, edition: str, expected: tuple, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = rows_of(monkeypatch, "neet_register", region).filter(
        period=period, edition=edition, age_group="15-29", sex="both"
    )
    count, people, value, status = rows.select("count", "population", "value", "status").row(0)
    assert (count, round(value * 100, 1), status) == (expected[0], expected[2], expected[3])
    assert expected[1] in (None, people)


@pytest.mark.parametrize(("region", "percent"), [("42", 7.8), ("0", 6.2)])
def test_reduced_work_capacity_of_november_2025(region: str, percent: float, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of(monkeypatch, "reduced_work_capacity", region)
    value = rows.filter(period="2025-11", age_group="18-29", sex="both")["value"].item()
    assert round(value * 100, 1) == percent


def delivered() -> pl.DataFrame:
    file = FOLDER / "raw" / "ssb" / "2025-11" / "neet_register.csv"
    rows = pl.read_csv(file, infer_schema=False)
    return rows.with_columns(pl.col("count", "population", "parts_missing").cast(pl.Int64))


def test_the_nation_of_2024_is_the_sum_of_its_municipalities() -> None:
    rows = delivered().filter(period="2024", age_group="15-29", sex="both")
    members = rows.filter(pl.col("region_code").str.len_chars() == 4)
    assert members.height == 357
    assert members["count"].sum() == rows.filter(region_code="0")["count"].item()


def test_age_15_to_19_is_what_is_left_and_unknown_where_a_part_is(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    made = warehouse.query("observations_shown", indicator="neet_register", region=None).filter(age_group="15-19")
    parts = {
        (r["region_code"], r["period"], r["sex"], r["age_group"]): (r["count"] if not r["parts_missing"] else None)
        for r in delivered().iter_rows(named=True)
    }
    checked = 0
    for row in made.filter(pl.col("region_code").str.len_chars() == 4).iter_rows(named=True):
        whole, *taken = (parts[row["region_code"], row["period"], row["sex"], a] for a in ("15-29", "20-24", "25-29"))
        known = whole is not None and None not in taken
        left = whole - sum(taken) if known else None
        assert row["count"] == (left if left is not None and left >= 0 else None)
        checked += 1
    assert checked > 10_000
    assert made["count"].null_count() > 0


def test_a_county_is_the_sum_of_its_municipalities_only_where_all_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    made = warehouse.query("observations_shown", indicator="neet_register", region="11").filter(
        pl.col("derived").str.starts_with("sum")
    )
    members = catalogue.regions().filter(pl.col("current"), county="11", level="municipality")["code"].to_list()
    rows = delivered().filter(pl.col("region_code").is_in(members))
    for row in made.iter_rows(named=True):
        own = rows.filter(period=row["period"], age_group=row["age_group"], sex=row["sex"])
        assert own.height == len(members)
        assert row["count"] == own["count"].sum()
        assert row["parts_missing"] == own["count"].null_count() + own.drop_nulls("count")["parts_missing"].sum()
    assert made.height > 50


def test_oslo_is_not_counted_twice() -> None:
    county = catalogue.county_today()
    assert county["0301"] == "03"
    assert "03" not in county


def test_kristiansand_of_today_is_three_municipalities_of_before() -> None:
    row = catalogue.regions().row(by_predicate=pl.col("code") == "4204", named=True)
    assert row["predecessors"] == ["1001", "1017", "1018"]


def test_nothing_is_joined_by_name() -> None:
    names = catalogue.regions()["name"]
    assert names.n_unique() < len(names), "two places share a name, so a name can never be a key"
    assert all("name =" not in path.read_text() for path in (FOLDER / "sql").glob("*.sql"))


def test_every_indicator_has_all_its_texts_in_both_languages() -> None:
    for indicator in indicators().values():
        for text in ("label", "short", "definition", "unit", "numerator", "denominator", "rounding", "overlap"):
            said = getattr(indicator, text)
            assert set(said) == {"nb", "en"}, f"{indicator.id} {text}"
            optional = text in {"rounding", "overlap", "denominator"}  # a bare count has no denominator
            assert all(said.values()) or (optional and not any(said.values())), f"{indicator.id} {text}"
        assert all(set(point.reason) == {"nb", "en"} for point in indicator.breaks)


def test_another_municipality_needs_two_lines_of_settings(tmp_path: Path) -> None:
    text = (FOLDER / "settings.toml").read_text(encoding="utf-8").replace('"4204"', '"5001"')
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    assert settings(tmp_path / "settings.toml").home_municipality == "5001"


def command(*arguments: str, var: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "INNENFOR_VAR": str(var or built()), "INNENFOR_LANG": "en"}
    asked = [sys.executable, "-m", "data", *arguments]
    return subprocess.run(asked, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_show_prints_json_numbers_and_the_same_as_csv() -> None:
    told = json.loads(command("show", "neet_register", "--region", "4204", "--json").stdout)
    row = next(r for r in told["rows"] if (r["period"], r["age_group"], r["sex"]) == ("2024", "15-29", "both"))
    assert (row["count"], row["population"], row["status"]) == (2465, 24814, "preliminary")
    table = pl.read_csv(command("show", "neet_register", "--region", "4204", "--csv").stdout.encode())
    assert table.height == len(told["rows"])


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("show", "neet_registre", "--json"), 1, "unknown_indicator"),
        (("show", "neet_register", "--region", "9999", "--json"), 1, "unknown_region"),
        (("check", "gone.csv", "--json"), 1, "no_file"),
    ],
)
def test_what_cannot_be_answered_is_an_error_with_a_cure(arguments: tuple[str, ...], code: int, said: str) -> None:
    answer = command(*arguments)
    error = json.loads(answer.stdout)["error"]
    assert (answer.returncode, error["code"]) == (code, said)
    assert {"code", "where", "found", "do"} <= error.keys()


@pytest.mark.parametrize("arguments", [("check", "x.csv", "--source", "excel"), ("shout",), ()])
def test_wrong_usage_is_exit_two(arguments: tuple[str, ...]) -> None:
    assert command(*arguments).returncode == 2


def test_check_knows_the_projects_own_layout(tmp_path: Path) -> None:
    assert command("check", str(deliver(tmp_path))).returncode == 0
    bad = deliver(tmp_path, "neet_register,9998,2023,15-29,both,11,10,,final,0", edition="bad")
    answer = command("check", str(bad), "--json")
    assert answer.returncode == 1
    assert "count_above_population" in {p["code"] for p in json.loads(answer.stdout)["problems"]}


def test_build_tells_editions_rows_and_problems(tmp_path: Path) -> None:
    told = json.loads(command("build", "--json", var=built()).stdout)
    assert told.keys() >= {"hash", "fresh", "editions", "problems", "totals"}


def test_without_a_database_show_says_how_to_build_one(tmp_path: Path) -> None:
    answer = command("show", "neet_register", "--json", var=tmp_path)
    assert (answer.returncode, json.loads(answer.stdout)["error"]["code"]) == (1, "warehouse_missing")
