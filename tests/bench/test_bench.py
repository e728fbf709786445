"""Measurements report in one form, hold bounds rightly, and say why something was not measured. Nothing is timed."""

import json
from itertools import groupby

import pytest

from tests.bench import __main__ as bench
from tests.bench import clock, journeys, pages, registry, report
from tests.bench.ground import Ground
from tests.bench.journeys import static_page
from tests.bench.table import CHEAP, LINES

pytestmark = pytest.mark.long
KEYS = {
    *("name", "value", "bound", "unit", "ours", "floor", "spread", "median", "repetitions", "about"),
    *("within", "verdict"),
}


@pytest.fixture(scope="module")
def found() -> report.Report:
    return bench.run(list(CHEAP), repetitions=1)


def test_the_cheap_measurements_give_a_number_each(found) -> None:
    assert [result.name for result in found.results if result.value > 0] == list(CHEAP)
    assert (found.skipped, found.failed) == ((), ())


def test_a_run_is_one_json_object_with_the_machine_and_a_verdict_a_line(found) -> None:
    told = json.loads(found.as_json())
    assert set(told) == {"measured_at", "machine", "results", "failed", "skipped"}
    assert all(set(result) == KEYS for result in told["results"])
    assert {"cores", "memory_gb", "load_before", "system", "python", "packages"} == set(told["machine"])


def test_the_table_has_a_line_for_every_result(found) -> None:
    assert all(any(line.startswith(name) for line in found.as_table().splitlines()) for name in CHEAP)


def test_a_value_at_its_bound_is_within_and_one_above_is_not() -> None:
    at, above, free = (report.Result("x", value, bound) for value, bound in ((2.0, 2.0), (2.1, 2.0), (9.0, None)))
    assert (at.within, above.within, free.within) == (True, False, None)
    assert report.Report((at, above, free), (), "2026-01-01", {}).missed == ["x"]


def result_of(ratios: list[float], bound: float | None) -> report.Result:
    return clock.median_ratio("x", bound, ratios, [1.0] * len(ratios))


@pytest.mark.parametrize(
    ("ratios", "bound", "verdict"),
    [
        ([1.0, 1.1, 1.2, 1.1, 1.0], 1.5, report.WITHIN),
        ([1.0, 1.1, 1.2, 1.1, 1.0], 0.9, report.MISSED),
        ([0.7, 1.1, 9.6, 11.4, 0.8], 5.0, report.NOISY),
        ([0.7, 1.1, 9.6, 11.4, 0.8], None, report.NOISY),
        ([1.0, 1.1, 1.2, 1.1, 1.0], None, ""),
        ([1.0, 1.0], 1.5, report.NOISY),
    ],
)
def test_a_verdict_is_only_given_where_another_run_would_give_the_same(ratios, bound, verdict) -> None:
    assert result_of(ratios, bound).verdict == verdict


def test_a_run_that_cannot_tell_does_not_pass() -> None:
    good, bad, unclear = (result_of([1.0, 1.1, 1.2, 1.1, 1.0], bound) for bound in (2.0, 0.5, 1.05))
    free = result_of([0.7, 9.6, 11.4], None)
    codes = [
        report.Report(results, (), "2026-01-01", {}).exit_code for results in ((good, free), (unclear,), (bad, unclear))
    ]
    assert codes == [0, 3, 1]
    assert report.Report((good,), (), "2026-01-01", {}, (report.Failed("x", "no click"),)).exit_code == 1


def test_the_table_shows_median_and_quartiles_and_what_failed_and_why(found) -> None:
    told = report.Report(
        (result_of([1.0, 2.0, 3.0], None),), (), "", found.machine, (report.Failed("D x", "no click"),)
    )
    assert "2.00 (1.50–2.50)" in told.as_table()
    assert "FAILED: D x: no click" in told.as_table()


def test_the_last_run_is_kept_beside_those_that_are_saved(found, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(report, "RESULTS", tmp_path)
    assert [path.name for path in (found.save("last"), found.save())] == ["last.json", f"{found.measured_at[:10]}.json"]
    assert json.loads((tmp_path / "last.json").read_text(encoding="utf-8")) == json.loads(found.as_json())


def test_computations_compare_the_quickest_and_pages_the_median() -> None:
    ours, floor = [3.0, 2.0, 10.0], [1.0, 2.0, 4.0]
    assert clock.least_ratio("x", None, ours, floor).value == 2.0
    assert clock.median_ratio("x", None, ours, floor).value == 1.5


def test_both_sides_run_equally_often_and_in_turns() -> None:
    calls: list[str] = []

    def side(name: str):
        def run() -> None:
            calls.append(name)
            sum(range(2_000_000))  # longer than the least sample

        return run

    times = clock.interleaved({"ours": side("ours"), "floor": side("floor")}, 2)
    assert {name: len(seconds) for name, seconds in times.items()} == {"ours": 2, "floor": 2}
    assert [name for name, _ in groupby(calls)][-3:] == ["floor", "ours", "floor"]


def measured(tmp_path, prepare) -> report.Result | report.Skipped:
    return registry.measure(registry.Line("note", 20.0, prepare), Ground(tmp_path), 1)


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        (ModuleNotFoundError("no pages.report"), report.Failed),
        (report.Unproven("the estimates differ"), report.Failed),
        (report.Unavailable("no /proc here"), report.Skipped),
    ],
)
def test_only_what_this_machine_cannot_measure_is_skipped(tmp_path, reason, kind) -> None:
    def prepare(ground: Ground) -> registry.Sides:
        raise reason

    told = measured(tmp_path, prepare)
    assert type(told) is kind
    assert str(reason) in told.reason


KEPT = [1]


@pytest.mark.parametrize(
    ("ours", "floor", "said"),
    [
        (lambda: None, lambda: [1], "no answer"),
        (lambda: [1], lambda: None, "no answer"),
        (lambda: KEPT, lambda: [1], "kept"),
        (lambda: [1], lambda: [2], "differ"),
    ],
)
def test_a_computation_that_does_nothing_or_another_thing_than_its_floor_fails(tmp_path, ours, floor, said) -> None:
    told = measured(tmp_path, lambda _: registry.Sides(ours, floor, lambda a, b: "" if a == b else "they differ"))
    assert isinstance(told, report.Failed)
    assert said in told.reason


def test_a_wrong_measurement_is_an_error_and_not_skipped(tmp_path) -> None:
    def prepare(ground: Ground) -> registry.Sides:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        registry.measure(registry.Line("x", None, prepare), Ground(tmp_path), 1)


@pytest.mark.parametrize("table", [LINES, pages.PAGES])
def test_no_two_lines_of_a_table_share_a_name(table) -> None:
    names = [line.name for line in table]
    assert sorted(set(names)) == sorted(names)


def test_a_static_page_cannot_be_left_by_the_words_of_a_figure() -> None:
    assert "</script><b>" not in static_page('[{"data": [{"name": "</script><b>"}]}]')


def test_only_what_is_asked_for_is_measured_and_everything_where_nothing_is() -> None:
    assert registry.chosen(["D", "build", "note"], ["note"]) == ["note"]
    assert registry.chosen(["D", "build"], []) == ["D", "build"]


def test_a_page_is_measured_alone_by_its_name(monkeypatch, capsys) -> None:
    asked = []
    monkeypatch.setattr(journeys, "measure", lambda _, times, pages: asked.append((times, pages)) or [])
    found = list(bench._measured(None, ["D_pivot"], 5))
    assert found == []
    assert [(times, [page.name for page in pages]) for times, pages in asked] == [(5, ["pivot"])]
