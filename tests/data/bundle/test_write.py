"""A bundle is whole, small, described as it is, opened by its own example, and gives nothing hidden away."""

import hashlib
import json
import re
import runpy
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from data.__main__ import main
from data.bundle import contents, write
from data.warehouse import pointer
from data.warehouse.build import build
from tests import ground
from tests.data.raw_ground import HEADER, deliver

pytestmark = pytest.mark.long

MOST = 10_000_000  # bytes
TYPES = ("string", "integer", "number", "boolean", "list")
PLAIN_NAME = re.compile(r"[-a-z0-9._]+(?:_[-a-z0-9._]+)*")
RAW = ("experiment", "experiment_cell", "experiment_duration", "experiment_flow")


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        ground.opened(patch)
        folder = tmp_path_factory.mktemp("bundle") / "made"
        assert main(["bundle", "--out", str(folder)]) == 0
        yield folder


def described(bundle: Path) -> dict:
    return json.loads((bundle / "datapackage.json").read_text(encoding="utf-8"))


def tables_described(bundle: Path) -> list[dict]:
    return [each for each in described(bundle)["resources"] if "schema" in each]


def read_csv(bundle: Path, resource: dict) -> pl.DataFrame:
    return pl.read_csv(bundle / resource["path"], infer_schema=False)


def test_it_is_small_enough_to_mail(bundle: Path) -> None:
    assert sum(path.stat().st_size for path in bundle.rglob("*") if path.is_file()) <= MOST


def test_the_example_opens_it_and_all_three_ways_agree(bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = runpy.run_path(str(bundle / "example.py"))
    assert found["by_polars"] == found["by_pandas"] == found["by_duckdb"] == (2465, 24814)
    assert "9.9%" in capsys.readouterr().out


def test_every_file_has_its_checksum(bundle: Path) -> None:
    lines = (bundle / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    told = {place: mark for mark, place in (line.split("  ") for line in lines)}
    files = [path for path in bundle.rglob("*") if path.is_file() and path.name != "SHA256SUMS"]
    assert told == {
        path.relative_to(bundle).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


def test_the_description_has_what_a_data_package_must_have(bundle: Path) -> None:
    package = described(bundle)
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert all(each.get("name") or each.get("path") for each in package["licenses"])
    assert all(each.get("title") or each.get("path") for each in package["sources"])
    names = [each["name"] for each in package["resources"]]
    assert len(names) == len(set(names))
    assert all(PLAIN_NAME.fullmatch(name) for name in (package["name"], *names))
    for each in package["resources"]:
        content = (bundle / each["path"]).read_bytes()
        assert (each["bytes"], each["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")


def test_every_column_is_described_and_holds_what_its_type_says(bundle: Path) -> None:
    assert {each["name"] for each in tables_described(bundle)} == set(contents.TABLES)
    for resource in tables_described(bundle):
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        rows = read_csv(bundle, resource)
        assert list(fields) == rows.columns
        assert all(field["description"] and field["type"] in TYPES for field in fields.values())
        casts = {"integer": pl.Int64, "number": pl.Float64}
        for name, field in fields.items():
            assert rows[name].cast(casts.get(field["type"], pl.String)).null_count() == rows[name].null_count()
            assert field["type"] != "boolean" or set(rows[name]) <= {"true", "false"}


def test_its_keys_are_keys_and_its_references_lead_somewhere(bundle: Path) -> None:
    rows = {each["name"]: (each["schema"], read_csv(bundle, each)) for each in tables_described(bundle)}
    for schema, frame in rows.values():
        if "primaryKey" in schema:
            assert frame.select(schema["primaryKey"]).is_duplicated().sum() == 0
        for each in schema.get("foreignKeys", ()):
            there = rows[each["reference"]["resource"]][1][each["reference"]["fields"][0]]
            assert set(frame[each["fields"][0]].drop_nulls()) <= set(there)


def test_the_three_forms_hold_the_same_rows_and_nothing_but_them(bundle: Path) -> None:
    with duckdb.connect(str(bundle / "innenfor.duckdb"), read_only=True) as database:
        found = {name for (name,) in database.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        assert found == set(contents.TABLES)
        assert found.isdisjoint(RAW)
        for resource in tables_described(bundle):
            name = resource["name"]
            kept = database.sql(f"SELECT * FROM {name} ORDER BY ALL").pl()
            frame = pl.read_parquet(bundle / "parquet" / f"{name}.parquet")
            assert frame.sort(pl.all()).equals(kept.sort(pl.all()))
            flat = frame.with_columns(pl.col(pl.List(pl.String)).list.join(";"))
            assert flat.write_csv() == pl.read_csv(bundle / resource["path"], schema=flat.schema).write_csv()


def test_a_hidden_figure_is_hidden_in_every_form(bundle: Path) -> None:
    hidden = pl.read_parquet(bundle / "parquet" / "observation.parquet").filter(
        pl.col("status").is_in(["suppressed", "missing"])
    )
    assert hidden.height > 0
    assert hidden.select("count", "value").null_count().row(0) == (hidden.height, hidden.height)
    (resource,) = (each for each in tables_described(bundle) if each["name"] == "observation")
    rows = read_csv(bundle, resource).filter(pl.col("status").is_in(["suppressed", "missing"]))
    assert rows.select("count", "value").null_count().row(0) == (hidden.height, hidden.height)


def test_licences_are_told_delivery_by_delivery(bundle: Path) -> None:
    told = (bundle / "LICENCES.md").read_text(encoding="utf-8")
    for row in pl.read_parquet(bundle / "parquet" / "edition.parquet").iter_rows(named=True):
        (line,) = (line for line in told.splitlines() if line.startswith(f"| {row['edition']} |"))
        assert row["licence"] in line


def test_what_was_changed_gives_no_hidden_number_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An old number, told in a notice, is taken out where the edition that holds it hides it now."""
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path / "var"))
    row = "neet_register,4224,2025,15-29,{},{},{},,final,0"
    rows = [row.format("both", 11, 200), row.format("female", 2, 95), row.format("male", 9, 105)]
    raw = tmp_path / "raw"
    file = deliver(raw, source="nav", edition="new", published="2026-10", text="\n".join([HEADER, *rows, ""]).encode())
    told = [notice(sex, count) for sex, count in (("both", 11), ("female", 2), ("male", 9))]
    file.with_name("neet.notices.tsv").write_text("\n".join("\t".join(each) for each in [NOTICE, *told]) + "\n")
    build(raw, tmp_path / "var")
    kept = contents.frames()["notice"]
    assert dict(kept.select("sex", "new_count").iter_rows()) == {"both": 11, "female": None, "male": None}
    assert kept["old_count"].to_list() == [None] * 3, "the old edition is not loaded: nobody can tell what it hides"


NOTICE = [
    "code", "indicator", "region_code", "period", "age_group", "sex", "old_count", "new_count", "old_population",
    "new_population", "old_value", "new_value", "old_status", "new_status", "old_edition", "new_edition",
]  # fmt: skip


def notice(sex: str, count: int) -> list[str]:
    same = ["neet_register", "4224", "2025", "15-29", sex]
    return ["corrected", *same, "3", str(count), "200", "200", "", "", "preliminary", "final", "old", "new"]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["bundle", "--out", str(tmp_path), "--lang", "en"]) == 1
    assert "not empty" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_without_a_build_it_says_so_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path / "none"))
    assert main(["bundle", "--out", str(tmp_path / "out")]) == 1
    assert list(tmp_path.iterdir()) == []


def test_the_file_of_a_page_is_made_once_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path / "var"))
    raw = tmp_path / "raw"
    deliver(raw)
    build(raw, tmp_path / "var")
    first = write.zipped()
    stamp = first.stat().st_mtime_ns
    assert (write.zipped(), first.stat().st_mtime_ns) == (first, stamp)
    with zipfile.ZipFile(first) as archive:
        assert {"innenfor/README.md", "innenfor/innenfor.duckdb"} <= set(archive.namelist())
    deliver(raw, "neet_register,4204,2023,15-29,both,2500,24000,,final,0")
    build(raw, tmp_path / "var")
    assert write.zipped().name != first.name
    assert not first.exists()
    assert pointer.current_build(tmp_path / "var").hash in write.zipped().name


def test_no_checksum_lets_a_guess_at_a_hidden_number_be_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of a file is printed but two numbers whose sum is known: written with each guess, it is found by its sum."""
    monkeypatch.setenv("INNENFOR_VAR", str(tmp_path / "var"))
    row = "neet_register,4224,2025,15-29,{},{},{},,final,0"

    def file_of(few: int) -> bytes:
        counts = (("both", 11, 200), ("female", few, 95), ("male", 11 - few, 105))
        return "\n".join([HEADER, *(row.format(*each) for each in counts), ""]).encode()

    deliver(tmp_path / "raw", source="nav", text=file_of(2))
    build(tmp_path / "raw", tmp_path / "var")
    assert contents.frames()["observation"]["count"].to_list().count(None) == 2
    write.write_bundle(tmp_path / "bundle")
    told = pl.read_parquet(tmp_path / "bundle" / "parquet" / "edition.parquet")["sha256"].to_list()
    assert told == [None]
    guesses = {hashlib.sha256(file_of(few)).hexdigest()[:12].encode() for few in range(1, 4)}
    written = [path for path in (tmp_path / "bundle").rglob("*") if path.is_file()]
    assert [path for path in written for guess in guesses if guess in path.read_bytes()] == []


def test_the_checksum_of_a_published_file_is_told(bundle: Path) -> None:
    editions = pl.read_parquet(bundle / "parquet" / "edition.parquet")
    assert editions["sha256"].null_count() == 0
