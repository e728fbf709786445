"""Results of experiments in the warehouse: loaded like any delivery, hidden never zero, the newest edition in use."""

from pathlib import Path

import polars as pl
import pytest

from analytics.experiments.portfolio.delivered import delivered, to_evaluate, with_deliveries
from analytics.experiments.portfolio.registry import experiments
from data.deliveries.read import problems_in
from data.records import RecordsUnusable
from data.warehouse import build, connection, pointer
from data.warehouse.pending import pending
from tests import experiment_home
from tests.experiment_home import DURATIONS, FLOW, KEY, RECORD, RESULTS

pytestmark = pytest.mark.long


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    experiment_home.opened(folder, monkeypatch)
    experiment_home.registered(folder)
    return folder


def cells() -> pl.DataFrame:
    return connection.query("experiment_cells", experiment=KEY)


def test_a_registration_and_its_cells_stand_in_their_tables(home: Path) -> None:
    experiment_home.deliver(home)
    build.build()
    listed = connection.query("experiment_deliveries")
    row = listed.row(by_predicate=pl.col("experiment") == KEY, named=True)
    told = ("title_en", "standing", "registered", "literature", "example", "delivered", "rows")
    assert [row[name] for name in told] == ["Short course", "planned", "2026-01-12", False, False, "results", 2]
    assert listed.filter(pl.col("literature"))["delivered"].null_count() == len(listed.filter("literature")) > 0
    assert cells().select("arm", "period", "outcome", "n", "events", "status").rows() == [
        ("control", "1", "in_work", 260.0, 168.0, "final"), ("treatment", "1", "in_work", 185.0, 140.0, "final"),
    ]  # fmt: skip


def test_a_hidden_count_is_unknown_with_a_status_and_read_as_the_mark_it_was(home: Path) -> None:
    experiment_home.deliver(home, RESULTS.replace("168", "<5"))
    build.build()
    assert cells().select("events", "status").rows() == [(None, "suppressed"), (140.0, "final")]
    (mine,) = [each for each in experiments() if each.key == KEY]
    found = delivered(mine)
    assert found is not None
    assert found.table["events"].to_list() == ["*", "140.0"]


def test_the_newest_delivery_counts_whole_and_the_older_stays(home: Path) -> None:
    experiment_home.deliver(home)
    experiment_home.deliver(home, RESULTS.replace("168", "170"), published="2026-09")
    experiment_home.deliver(home, FLOW, "flow")
    build.build()
    assert cells()["events"].to_list() == [170.0, 140.0]
    told = connection.query("experiment_deliveries").filter(experiment=KEY).select("delivered", "edition").rows()
    assert told == [
        ("results", "uia-2026-09-results"), ("results", "uia-2026-06-results"), ("flow", "uia-2026-06-flow"),
    ]  # fmt: skip
    _, found = to_evaluate(KEY)
    assert found.flow is not None
    assert found.edition == "uia-2026-09-results"


def test_an_experiment_of_durations_is_read_from_its_life_table(home: Path) -> None:
    experiment_home.registered(home, RECORD.replace('"binary"', '"duration"').replace("mde = 5\n", ""), "2026-02-01")
    experiment_home.deliver(home, DURATIONS, "durations")
    build.build()
    _, found = to_evaluate(KEY)
    assert found.table.columns == ["experiment", "arm", "outcome", "interval", "at_risk", "events", "censored"]
    assert with_deliveries() == {KEY}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (RESULTS.replace(KEY, "kort-kus"), "experiment_not_registered"),
        (RESULTS.replace("168", "961"), "uia_above"),
        (RESULTS.replace("260,168", "260"), "ragged_row"),
    ],
)
def test_a_delivery_that_cannot_be_stops_the_build_and_leaves_the_old_results(home: Path, text: str, code: str) -> None:
    experiment_home.deliver(home)
    before = build.build().build
    experiment_home.deliver(home, text, published="2026-09")
    with pytest.raises(ExceptionGroup) as caught:
        build.build()
    (problem,) = problems_in(caught.value)
    assert problem.code == code
    assert all(len(problem.line(lang)) > 40 for lang in ("nb", "en"))
    assert pointer.current_build() == before
    assert cells()["events"].to_list() == [168.0, 140.0]


def test_a_name_that_is_nearly_right_is_told_with_the_one_that_is(home: Path) -> None:
    experiment_home.deliver(home, RESULTS.replace(KEY, "kort-kus"))
    with pytest.raises(ExceptionGroup) as caught:
        build.build()
    (problem,) = problems_in(caught.value)
    assert problem.expected.startswith(KEY)


def test_every_slip_of_every_experiments_file_stops_the_build_at_once(home: Path) -> None:
    (home / "experiments" / "other.toml").write_text(RECORD.replace("area = 3", "area = 9"), encoding="utf-8")
    file = home / "experiments" / f"{KEY}.toml"
    file.write_text(RECORD.replace('"test"', '"tset"').replace("mde =", "mdee ="), encoding="utf-8")
    with pytest.raises(ExceptionGroup) as caught:
        build.build()
    told = [(each.file.rpartition("/")[2], each.cell) for each in problems_in(caught.value)]
    assert sorted(told) == [
        ("kort-kurs.toml", "design.mdee"), ("kort-kurs.toml", "experiment.phase"), ("other.toml", "experiment.area"),
    ]  # fmt: skip


def test_what_lies_otherwise_than_it_was_loaded_is_named_until_it_is_built(home: Path) -> None:
    file = experiment_home.deliver(home)
    build.build()
    assert pending() == ()
    experiment_home.deliver(home, FLOW, "flow")
    assert pending() == ("uia-2026-06-flow",)
    build.build()
    assert pending() == ()
    file.write_text(RESULTS.replace("168", "169"), encoding="utf-8")
    assert set(pending()) == {"uia-2026-06-results", "results.csv"}
    experiment_home.deliver(home, RESULTS.replace("168", "169"))
    assert pending() == ("uia-2026-06-results",)
    build.build()
    assert cells()["events"].to_list() == [169.0, 140.0]


def test_records_that_cannot_be_read_stop_no_file_that_does_without_them(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INNENFOR_RECORDS", f"sqlite:///{home.parent}")
    experiment_home.deliver(home)
    build.build()
    assert to_evaluate(KEY)[1].table.height == 2
    experiment_home.deliver(home, RESULTS.replace(KEY, "kort-kus"), published="2026-09")
    with pytest.raises(RecordsUnusable):
        build.build()
