import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analytics.provenance import last_builds
from data import paths
from data.source_names import ADAPTERS
from data.warehouse import connection, pointer
from data.warehouse.build import BuildNotWritten, BuildRunning, build, inputs_hash
from data.warehouse.tables import adapter_version
from tests.data.raw_ground import ROWS, deliver
from tests.ground import built

pytestmark = pytest.mark.long
ROOT = paths.ROOT


def shown(var: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    monkeypatch.setenv("INNENFOR_VAR", str(var))
    return connection.query("observations_shown", indicator="neet_register", region=None)["count"].to_list()


def apart(raw: Path, var: Path, moment: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(Path(__file__).with_name("build_apart.py")), str(raw), str(var), moment]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT)


def test_a_second_build_of_the_same_deliveries_does_nothing(tmp_path: Path) -> None:
    deliver(tmp_path / "raw")
    first = build(tmp_path / "raw", tmp_path / "var")
    second = build(tmp_path / "raw", tmp_path / "var")
    assert (first.fresh, second.fresh) == (True, False)
    assert first.build == second.build


def test_a_new_delivery_is_followed_without_a_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, var = tmp_path / "raw", tmp_path / "var"
    deliver(raw)
    build(raw, var)
    assert shown(var, monkeypatch) == [99, 2400]
    deliver(raw, ROWS[0].replace("2400", "2300"))
    build(raw, var)
    assert shown(var, monkeypatch) == [2300]
    assert len(list(var.glob("innenfor-*.duckdb"))) == 1


def test_the_last_builds_are_told_with_what_each_brought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, var = tmp_path / "raw", tmp_path / "var"
    monkeypatch.setenv("INNENFOR_VAR", str(var))
    assert last_builds() == ()
    later = [ROWS[0].replace("2023", str(year)) for year in range(2024, 2028)]
    deliver(raw, edition="one")
    build(raw, var)
    deliver(raw, *later[:2], edition="two")
    for _ in range(2):  # the second does nothing
        build(raw, var)
    shutil.rmtree(raw / "ssb" / "one")
    build(raw, var)
    told = [(each.rows, each.editions, each.brought, each.left, each.first) for each in last_builds()]
    assert told == [(2, 1, (), ("one",), False), (4, 2, ("two",), (), False), (2, 1, ("one",), (), True)]
    deliver(raw, *later, edition="two")
    build(raw, var)
    assert next((each.rows, each.brought, each.first) for each in last_builds()) == (4, ("two",), False)
    assert len(last_builds()) == 3
    (var / "builds.json").write_text("[{", encoding="utf-8")
    assert last_builds() == ()


def test_moving_a_delivery_to_another_source_is_a_change(tmp_path: Path) -> None:
    deliver(tmp_path / "one")
    deliver(tmp_path / "two", source="nav")
    assert inputs_hash(tmp_path / "one") != inputs_hash(tmp_path / "two")


@pytest.mark.parametrize("moment", ["writing", "written"])
def test_a_killed_build_leaves_the_old_data_serving(
    tmp_path: Path, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, var = tmp_path / "raw", tmp_path / "var"
    deliver(raw)
    build(raw, var)
    deliver(raw, ROWS[0].replace("2400", "2300"))
    process = apart(raw, var, moment)
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == moment:
            process.kill()
    process.wait()
    assert shown(var, monkeypatch) == [99, 2400]
    build(raw, var)
    assert shown(var, monkeypatch) == [2300]
    assert list(var.glob("unfinished-*")) == []


def test_two_builds_at_once_the_second_says_so(tmp_path: Path) -> None:
    deliver(tmp_path / "raw")
    process = apart(tmp_path / "raw", tmp_path / "var", "writing")
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "writing"
    with pytest.raises(BuildRunning) as error:
        build(tmp_path / "raw", tmp_path / "var")
    process.kill()
    process.wait()
    assert (error.value.where, error.value.found) == ("var", "build.lock")
    assert all(error.value.says(lang) and error.value.do(lang) for lang in ("nb", "en"))
    assert build(tmp_path / "raw", tmp_path / "var").fresh, "the lock of a dead process is free"


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(BuildNotWritten) as error:
        build(tmp_path / "raw", tmp_path / "file" / "var")
    assert all(error.value.says(lang) and error.value.do(lang) for lang in ("nb", "en"))


def _garbage(file: Path) -> None:
    file.write_bytes(b"not a database" * 1000)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _cut_near_the_end(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-4096])


def _one_bit(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2] ^= 1
    file.write_bytes(bytes(whole))


def _holes(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 3 :] = os.urandom(len(whole) - len(whole) // 3)
    file.write_bytes(bytes(whole))


@pytest.mark.parametrize("spoil", [_garbage, _cut, _cut_near_the_end, _one_bit, _holes, Path.unlink])
def test_a_damaged_database_is_said_and_built_anew(tmp_path: Path, spoil, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, var = tmp_path / "raw", tmp_path / "var"
    deliver(raw)
    spoil(var / build(raw, var).build.file)
    with pytest.raises((pointer.WarehouseMissing, connection.QueryFailed)) as error:
        shown(var, monkeypatch)
    assert all(error.value.says(lang) and error.value.do(lang) for lang in ("nb", "en"))
    assert build(raw, var).fresh
    assert shown(var, monkeypatch) == [99, 2400]


ODD_POINTERS = (
    "", "{", "[]", "{}", '{"hash": 1}', "\x00", "7", "null", '"x"', "[" * 100_000,
    '{"hash": "x", "file": 7, "built_at": "x"}', '{"hash": "x", "file": "../x", "built_at": "x"}',
    '{"hash": "x", "file": "", "built_at": "x"}',
)  # fmt: skip


@pytest.mark.parametrize("text", ODD_POINTERS, ids=lambda text: text[:40])
def test_a_damaged_pointer_is_said_and_built_anew(tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, var = tmp_path / "raw", tmp_path / "var"
    deliver(raw)
    build(raw, var)
    (var / pointer.POINTER).write_text(text)
    with pytest.raises(pointer.WarehouseMissing):
        shown(var, monkeypatch)
    build(raw, var)
    assert shown(var, monkeypatch) == [99, 2400]


def test_a_folder_where_the_pointer_should_be_is_said_and_steps_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, var = tmp_path / "raw", tmp_path / "var"
    deliver(raw)
    (var / pointer.POINTER).mkdir(parents=True)
    (var / pointer.POINTER / "somebodys").write_text("x")
    with pytest.raises(pointer.WarehouseMissing):
        shown(var, monkeypatch)
    build(raw, var)
    assert shown(var, monkeypatch) == [99, 2400]
    assert [each.name for each in var.glob("*.aside/*")] == ["somebodys"], "what is not ours is kept"


def test_a_build_that_is_damaged_while_it_is_read_is_said_at_the_next_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, var = tmp_path / "raw", tmp_path / "var"
    deliver(raw)
    made = build(raw, var)
    assert shown(var, monkeypatch) == [99, 2400]
    _one_bit(var / made.build.file)
    with pytest.raises(pointer.WarehouseMissing):
        shown(var, monkeypatch)


def test_no_build_at_all_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(pointer.WarehouseMissing):
        shown(tmp_path, monkeypatch)


def test_the_database_is_under_twenty_megabytes() -> None:
    current = pointer.current_build(built())
    assert current is not None
    assert (built() / current.file).stat().st_size < 20_000_000


def test_every_adapter_has_a_version_of_its_own_from_its_code():
    versions = {adapter: adapter_version(adapter) for adapter in ADAPTERS}
    assert len(set(versions.values())) == len(ADAPTERS)
    assert adapter_version("nobody") not in versions.values()
