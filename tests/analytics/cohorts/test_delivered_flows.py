"""A real delivery of flows beside the shipped example: what a reader is shown first."""

import hashlib
import shutil
from pathlib import Path

import pytest

from analytics import cohorts
from analytics.results import NotEstimable
from data import paths
from data.warehouse import build
from tests.analytics.cohorts.conftest import EXAMPLE, NEEDED
from tests.data import make_example_flows as model

HEADER = "measure,region_code,cohort,age_group,sex,origin,destination,months,count,status"
ROWS = [
    *(f"state_after,4204,2015,18-29,both,aap,{row},final" for row in ("total,12,100", "work,12,70", "aap,12,30")),
    *(f"state_after,4204,2016,18-29,both,aap,{row},final" for row in ("total,12,200", "work,12,80", "aap,12,120")),
    *(f"state_after,4203,2016,18-29,both,aap,{row},final" for row in ("total,12,0", "work,12,0")),
    *(f"first_exit,4204,2016,18-29,both,aap,{row},final" for row in ("total,0,200", "inside,6,90")),
    *(f"first_exit,4204,2016,18-29,both,aap,{row},final" for row in ("elsewhere,6,10", "left,6,0")),
]


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default figures with a delivery from NAV whose name comes before the example's in the alphabet."""
    raw, var = tmp_path_factory.mktemp("raw"), tmp_path_factory.mktemp("var")
    for edition in NEEDED:
        shutil.copytree(paths.shipped("raw") / edition, raw / edition)
    shutil.copytree(model.FOLDER, raw / EXAMPLE)
    folder = raw / "nav" / "a-flows-2020"
    folder.mkdir(parents=True)
    file = folder / "flows.csv"
    file.write_text("\n".join([HEADER, *ROWS]) + "\n", encoding="utf-8")
    told = (model.FOLDER / f"{model.NAME}.toml").read_text(encoding="utf-8")
    for old, new in (
        ('edition = "example-flows-1"', 'edition = "a-flows-2020"'), ("example = true", ""), ('"UiA"', '"NAV"'),
        ('published = "2024-01"', 'published = "2020-01"'),
    ):  # fmt: skip
        told = told.replace(old, new)
    checksum = next(line for line in told.splitlines() if line.startswith("sha256"))
    told = told.replace(checksum, f'sha256 = "{hashlib.sha256(file.read_bytes()).hexdigest()}"')
    (folder / "flows.toml").write_text(told, encoding="utf-8")
    build.build(raw, var)
    return var


@pytest.fixture
def both(delivered: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INNENFOR_VAR", str(delivered))


@pytest.mark.long
def test_real_figures_stand_before_the_example_and_the_newest_cohort_before_older(both: None) -> None:
    found = cohorts.flows("4204", 12, origin="aap")
    assert not isinstance(found, NotEstimable)
    assert {flow.example for flow in found} == {True, False}
    assert (found[-1].edition, found[-1].cohort, found[-1].back_inside.estimate) == ("a-flows-2020", "2016", 0.4)
    times = cohorts.exit_times("4204", "aap")
    assert not isinstance(times, NotEstimable)
    assert (times.edition, times.frame["survival"].to_list()) == ("a-flows-2020", [0.5])


def test_an_origin_in_which_nobody_started_has_no_shares_and_says_so(both: None) -> None:
    found = cohorts.flows("4203", 12)
    assert isinstance(found, NotEstimable)
    assert found.reason == "nobody_started"
    assert "Arendal" in found.sentence("nb")
