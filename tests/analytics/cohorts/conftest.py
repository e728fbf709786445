"""A warehouse built from the deliveries that cohorts need, in a folder of its own."""

import shutil
from pathlib import Path

import pytest

from data import building, paths
from tests import demo_ground

NEEDED = ("ssb/2025-11", "ssb/2026-03", "county/2021-01", "county/2022-05")
EXAMPLE = "uia/example-flows"


@pytest.fixture(scope="session")
def built_cohorts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    raw, var = tmp_path_factory.mktemp("raw"), tmp_path_factory.mktemp("var")
    for edition in NEEDED:
        shutil.copytree(paths.shipped("raw") / edition, raw / edition)
    shutil.copytree(demo_ground.HOME / "raw" / EXAMPLE, raw / EXAMPLE)
    building.build(raw, var)
    return var


@pytest.fixture
def real(built_cohorts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The published figures, as the app sees them."""
    monkeypatch.setenv("INNENFOR_VAR", str(built_cohorts))
