"""Measurements report in one form, count bounds rightly, and say why something was not measured. Nothing is timed."""

import json
from itertools import groupby

import pytest

from tests.bench import __main__ as bench
from tests.bench import clock, pages, registry, report
from tests.bench.ground import Ground
from tests.bench.journeys import static_page
from tests.bench.table import CHEAP, LINES

KEYS = {"name", "value", "bound", "unit", "ours", "floor", "spread", "repetitions", "about", "within"}


@pytest.fixture(scope="module")
def found() -> report.Report:
    return bench.run(list(CHEAP), repetitions=1)


def test_the_cheap_measurements_give_a_number_each(found) -> None:
    assert [result.name for result in found.results if result.value > 0] == list(CHEAP)
    assert found.skipped == ()


def test_a_run_is_one_json_object_with_the_machine_and_a_verdict_a_line(found) -> None:
    told = json.loads(found.as_json())
    assert set(told) == {"measured_at", "machine", "results", "skipped"}
    assert all(set(result) == KEYS for result in told["results"])
    assert {"cores", "memory_gb", "load_before", "system", "python", "packages"} == set(told["machine"])


def test_the_table_has_a_line_for_every_result(found) -> None:
    assert all(any(line.startswith(name) for line in found.as_table().splitlines()) for name in CHEAP)


def test_a_value_at_its_bound_is_within_and_one_above_is_not() -> None:
    at, above, free = (report.Result("x", value, bound) for value, bound in ((2.0, 2.0), (2.1, 2.0), (9.0, None)))
    assert (at.within, above.within, free.within) == (True, False, None)
    assert report.Report((at, above, free), (), "2026-01-01", {}).missed == ["x"]


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


@pytest.mark.parametrize("reason", [ModuleNotFoundError("no pages.note"), report.Unavailable("the estimates differ")])
def test_what_is_not_there_yet_is_skipped_with_its_reason(tmp_path, reason) -> None:
    def prepare(ground: Ground) -> registry.Sides:
        raise reason

    skipped = registry.measure(registry.Line("note", 20.0, prepare), Ground(tmp_path), 1)
    assert isinstance(skipped, report.Skipped)
    assert str(reason) in skipped.reason


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
