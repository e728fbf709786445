"""Deliveries of transitions: what adds up is loaded with bounds, everything else is named, all at once."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.cli import commands
from data.deliveries.transitions import UnknownRemainder, bounds, transitions
from data.flow_states import SIDES, states
from data.ingest.contract import Problems
from data.settings import Disclosure
from tests.data import make_example_flows as model

RULE = Disclosure(threshold=5, max_suppressed_count=4, zeros_published=True)
HEADER = "measure,region_code,cohort,age_group,sex,origin,destination,months,count,status"
GROUP = "state_after,4204,2020,18-29,both,aap"
FINE = [f"{GROUP},total,12,100,final", f"{GROUP},work,12,40,final", f"{GROUP},aap,12,60,final"]
EXITS = "first_exit,4204,2020,18-29,both,aap"


def _file(folder: Path, lines: list[str], header: str = HEADER) -> Path:
    path = folder / "flows.csv"
    path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return path


def _codes(folder: Path, lines: list[str], header: str = HEADER) -> list[str]:
    with pytest.raises(Problems) as caught:
        transitions(_file(folder, lines, header), RULE)
    for problem in caught.value.exceptions:
        assert problem.says("nb") != problem.says("en")
        assert problem.do("nb")
    return sorted(problem.code for problem in caught.value.exceptions)


def test_a_group_that_adds_up_is_loaded(tmp_path: Path) -> None:
    table = transitions(_file(tmp_path, FINE), RULE).rows
    assert table.select("destination", "interval_months", "count", "low", "high").rows() == [
        ("total", 12, 100, 100, 100), ("work", 12, 40, 40, 40), ("aap", 12, 60, 60, 60),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda lines: lines[1:], "flow_without_total"),
        (lambda lines: [*lines[:1], f"{GROUP},work,12,41,final", lines[2]], "flow_does_not_add_up"),
        (lambda lines: lines[:2], "flow_does_not_add_up"),
        (lambda lines: [*lines[:2], f"{GROUP},kiosk,12,60,final"], "unknown_state"),
        (lambda lines: [line.replace("4204", "9999") for line in lines], "unknown_region"),
        (lambda lines: [line.replace(",12,", ",13,") for line in lines], "flow_interval"),
        (lambda lines: [*lines[:2], f"{GROUP},aap,12,,suppressed"], "flow_gives_hidden_back"),
        (lambda lines: [*lines[:2], f"{GROUP},aap,12,,final"], "shown_but_empty"),
        (lambda lines: [*lines[:2], f"{GROUP},aap,12,60,suppressed"], "hidden_but_shown"),
        (lambda lines: [*lines, lines[1]], "duplicate_row"),
        (lambda lines: [*lines[:2], f"{GROUP},aap,12,-60,final"], "negative_count"),
        (lambda lines: [*lines[:2], f"{GROUP},aap,12,many,final"], "bad_count"),
        (lambda lines: [*lines, "state_after,4204"], "ragged_row"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, change: Callable[[list[str]], list[str]], code: str) -> None:
    assert code in _codes(tmp_path, change(FINE))


def test_a_count_under_the_threshold_must_be_hidden_before_it_comes(tmp_path: Path) -> None:
    lines = [FINE[0], f"{GROUP},work,12,3,final", f"{GROUP},aap,12,97,final"]
    assert _codes(tmp_path, lines) == ["flow_small_shown"]


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    other = GROUP.replace("aap", "work")
    lines = [*FINE[:2], f"{GROUP},aap,12,61,final", f"{other},work,12,50,final", f"{other},kiosk,12,5,final"]
    assert _codes(tmp_path, lines) == ["flow_does_not_add_up", "flow_without_total", "unknown_state"]


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    assert _codes(tmp_path, [], HEADER.replace(",status", "")) == ["missing_column"]


def test_hidden_counts_get_the_bounds_that_the_total_leaves(tmp_path: Path) -> None:
    lines = [*FINE[:2], f"{GROUP},aap,12,55,final", f"{GROUP},education,12,,suppressed", f"{GROUP},left,12,,suppressed"]
    hidden = transitions(_file(tmp_path, lines), RULE).rows.filter(pl.col("status") == "suppressed")
    assert hidden.select("count", "low", "high").rows() == [(None, 1, 4), (None, 1, 4)]


@pytest.mark.long
@given(st.lists(st.integers(1, 60), min_size=1, max_size=6))
def test_the_bounds_hold_every_hidden_count_also_those_hidden_to_protect_others(counts: list[int]) -> None:
    low, high = bounds(UnknownRemainder(len(counts), sum(counts)), RULE)
    assert low <= min(counts)
    assert max(counts) <= high


def test_an_interval_of_first_exits_names_every_way_out(tmp_path: Path) -> None:
    lines = [f"{EXITS},total,0,100,final", f"{EXITS},inside,6,40,final", f"{EXITS},elsewhere,6,10,final"]
    assert _codes(tmp_path, lines) == ["flow_incomplete"]
    assert transitions(_file(tmp_path, [*lines, f"{EXITS},left,6,0,final"]), RULE).rows.height == 4


def test_more_first_exits_than_started_do_not_add_up(tmp_path: Path) -> None:
    ways = [f"{EXITS},{way},6,40,final" for way in ("inside", "elsewhere", "left")]
    assert _codes(tmp_path, [f"{EXITS},total,0,100,final", *ways]) == ["flow_does_not_add_up"]


def test_a_person_row_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExceptionGroup):
        transitions(_file(tmp_path, [line + ",01010112377" for line in FINE], HEADER + ",PERSON_FODSELSNR"), RULE)


@pytest.mark.long
def test_the_shipped_example_passes_its_own_contract() -> None:
    table = transitions(model.FOLDER / f"{model.NAME}.csv", RULE).rows
    hidden = table.filter(pl.col("status") == "suppressed")
    assert hidden["count"].null_count() == hidden.height > 0
    assert hidden.select((pl.col("low") >= 1).all() & (pl.col("high") > pl.col("low")).all()).item()


def test_every_state_says_who_defines_it_and_names_known_states() -> None:
    known = states()
    assert all(state.side in SIDES and state.publisher for state in known.values())
    assert {other for state in known.values() for other in state.overlaps} <= set(known)
    assert all(set(state.label) == set(state.definition) == {"nb", "en"} for state in known.values())


def test_a_header_without_rows_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    assert _codes(tmp_path, []) == ["no_rows"]


def test_a_missing_count_may_be_zero_while_a_hidden_one_may_not(tmp_path: Path) -> None:
    lines = [FINE[0], f"{GROUP},work,12,90,final", f"{GROUP},aap,12,,missing", f"{GROUP},education,12,,suppressed"]
    table = transitions(_file(tmp_path, lines), RULE).rows
    assert dict(zip(table["destination"], table.select("low", "high").rows(), strict=True)) == {
        "total": (100, 100), "work": (90, 90), "aap": (0, 9), "education": (1, 10),
    }  # fmt: skip
    nobody_left = [FINE[0], f"{GROUP},work,12,100,final", f"{GROUP},aap,12,,missing"]
    assert transitions(_file(tmp_path, nobody_left), RULE).rows["low"].to_list() == [100, 100, 0]


def _by_sex(female: str, male: str) -> list[str]:
    """100 in all, 60 women and 40 men; the rows of `aap` as given."""
    counts = {"both": (100, 90, 10, "10,final"), "female": (60, 50, 10, female), "male": (40, 40, 0, male)}
    lines = []
    for sex, (total, work, _, aap) in counts.items():
        group = GROUP.replace("both", sex)
        shown = f"{work},final" if aap.endswith("final") else ",suppressed"
        lines += [f"{group},total,12,{total},final", f"{group},work,12,{shown}", f"{group},aap,12,{aap}"]
    return lines


def test_women_and_men_add_up_to_both(tmp_path: Path) -> None:
    assert transitions(_file(tmp_path, _by_sex("10,final", "0,final")), RULE).rows.height == 9
    wrong = [line.replace("both,aap,work,12,90", "both,aap,work,12,80") for line in _by_sex("10,final", "0,final")]
    wrong = [line.replace("both,aap,aap,12,10", "both,aap,aap,12,20") for line in wrong]
    assert _codes(tmp_path, wrong) == ["flow_sexes", "flow_sexes"]


def test_a_count_hidden_for_one_sex_is_not_given_back_by_the_other(tmp_path: Path) -> None:
    """Men: work 38 and aap 2, both hidden; both sexes and women are shown, so 2 = 10 − 8."""
    lines = _by_sex("8,final", ",suppressed")
    lines = [line.replace("female,aap,work,12,50", "female,aap,work,12,52") for line in lines]
    assert _codes(tmp_path, lines) == ["flow_sexes_give_back"]


@pytest.mark.long
@pytest.mark.parametrize("source", [None, "nav", "county", "uia"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_check_of_a_file_knows_a_delivery_of_flows(
    tmp_path: Path, source: str | None, encoding: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "from_nav.csv"
    path.write_text("\n".join([HEADER, *FINE]).replace(",", ";"), encoding=encoding)
    asked = argparse.Namespace(file=path, source=source, json=True)
    assert commands.run_check(asked, "nb") == 0
    told = json.loads(capsys.readouterr().out)
    facts = {"ok": True, "problems": [], "file": "from_nav.csv", "layout": "flows", "rows": 3, "title": ""}
    assert told | facts == told
    assert told["regions"] == ["4204"]
    _file(tmp_path, [*FINE[:2], f"{GROUP},aap,12,59,final"]).rename(path)
    with pytest.raises(Problems):
        commands.run_check(asked, "nb")
