"""What lies beside a build: leftovers, pointers of another release, deliveries that make no build."""

import json
import shutil
from pathlib import Path

import pytest

from data import paths
from data.deliveries.read import problems_in
from data.warehouse import connection, pointer
from data.warehouse.build import build
from tests.data.raw_ground import deliver

pytestmark = pytest.mark.long


def test_what_a_killed_build_left_is_swept_also_where_nothing_is_to_be_built(tmp_path: Path) -> None:
    raw, var = tmp_path / "raw", tmp_path / "var"
    deliver(raw)
    build(raw, var)
    left = [var / name for name in ("current.json.7.new", "builds.json.7.new", "unfinished-7.duckdb.wal")]
    for each in left:
        each.write_text("x")
    assert not build(raw, var).fresh
    assert not any(each.exists() for each in left)


def test_a_pointer_of_the_first_release_is_read_and_its_build_built_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, var = tmp_path / "raw", tmp_path / "var"
    deliver(raw)
    build(raw, var)
    told = json.loads((var / pointer.POINTER).read_text())
    del told["sha256"]
    (var / pointer.POINTER).write_text(json.dumps(told))
    monkeypatch.setenv("INNENFOR_VAR", str(var))
    assert connection.query("observations_shown", indicator="neet_register", region=None).height == 2
    assert build(raw, var).fresh, "nothing tells whether it is whole"


def test_flows_alone_are_refused_in_words(tmp_path: Path) -> None:
    flows = paths.ROOT / "demo" / "raw" / "uia" / "example-flows"
    shutil.copytree(flows, tmp_path / "raw" / "uia" / "example-flows")
    with pytest.raises(ExceptionGroup) as caught:
        build(tmp_path / "raw", tmp_path / "var")
    assert [each.code for each in problems_in(caught.value)] == ["no_observations"]
    assert not list((tmp_path / "var").glob("*.duckdb"))
