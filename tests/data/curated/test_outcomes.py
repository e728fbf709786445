"""Published studies: what is shipped holds together, and whatever does not is told with its line, never mended."""

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.curated.outcomes.read import COLUMNS, KEY, ROUNDING, rows, studies
from data.curated.outcomes.study import OutcomeStudy, destinations
from data.i18n import LANGUAGES
from data.problems import Problems

STUDY = "nav_reduced_work_capacity"
HEADING = ",".join(COLUMNS)
GROUP = "0,2024-Q3,2025-Q1,20-24,"
EVERY = pytest.mark.parametrize("study", studies().values(), ids=lambda each: each.id)


def study_of(*names: str, exhaustive: bool = True) -> OutcomeStudy:
    return replace(studies()[STUDY], destinations=names, exhaustive=exhaustive)


def written(folder: Path, *lines: str, heading: str = HEADING) -> Path:
    (folder / f"{STUDY}.csv").write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8")
    return folder


def faults(study: OutcomeStudy, folder: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(Problems) as group:
        rows(study, folder)
    found = group.value.exceptions
    assert all(min(len(each.says(lang)), len(each.do(lang))) > 10 for each in found for lang in LANGUAGES)
    return [(each.code, each.cell, each.found) for each in found]


@EVERY
def test_every_share_is_one_and_an_exhaustive_group_is_everybody(study: OutcomeStudy) -> None:
    table = rows(study)
    assert table["share"].drop_nulls().is_between(0, 1).all()
    for group in table.partition_by(*KEY):
        total, slack = group["share"].sum(), ROUNDING * group.height + 1e-9
        assert total <= 1 + slack
        if study.exhaustive and not group["share"].null_count():
            assert total >= 1 - slack


@EVERY
def test_a_row_has_words_for_all_it_names(study: OutcomeStudy) -> None:
    table = rows(study)
    assert set(table["destination"]) == set(study.destinations) <= set(destinations())
    assert set(table["subgroup"]) - {""} == set(study.subgroups)


@EVERY
def test_a_study_read_elsewhere_says_where(study: OutcomeStudy) -> None:
    assert bool(study.copy) == (study.provenance != "published")
    assert study.exhaustive or study.rest


def test_what_the_publisher_does_not_show_is_unknown_and_not_zero() -> None:
    hidden = rows(studies()["nav_unemployment_benefit_used_up"]).filter(pl.col("count").is_null())
    assert hidden.select("period", "age_group", "destination", "share").rows() == [
        ("2019", "25-29", "higher_education", None)
    ]


@pytest.mark.long
@given(st.lists(st.integers(0, 9_999), min_size=2, max_size=5), st.integers(1, 5_000))
def test_counts_of_one_group_sum_to_it_or_are_refused(tmp_path_factory, counts: list[int], off: int) -> None:
    folder, whole = tmp_path_factory.mktemp("outcomes"), sum(counts) + 1
    names = tuple(destinations())[: len(counts) + 1]
    lines = [f"{GROUP},{name},{whole},{count}," for name, count in zip(names, (*counts, 1), strict=True)]
    table = rows(study_of(*names), written(folder, *lines))
    assert table["share"].sum() == pytest.approx(1)
    wrong = [line.replace(f",{whole},", f",{whole + off},") for line in lines]
    if off > whole * ROUNDING * len(lines) * 2:
        assert [code for code, *_ in faults(study_of(*names), written(folder, *wrong))] == ["outcome_sum"]
    assert rows(study_of(*names, exhaustive=False), folder).height == len(lines)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (f"{GROUP},employee,,,1.2", ("outcome_share", "A2", "1.2")),
        (f"{GROUP},employee,,,forty", ("outcome_number", "A2", "forty")),
        (f"{GROUP},asleep,,,0.4", ("outcome_unknown", "A2", "asleep")),
        ("9999,2024,,all,,employee,,,0.4", ("outcome_unknown", "A2", "9999")),
        ("0,2024,,all,others,employee,,,0.4", ("outcome_unknown", "A2", "others")),
        ("0,2024,,all,,employee,,,0.4\n0,2024,,all,,employee,,,0.4", ("outcome_twice", "A2", "")),
        ("0,2024,,all,,employee,10,12,", ("outcome_share", "A2", "1.2")),
    ],
)
def test_a_slip_is_told_with_its_line(tmp_path: Path, line: str, fault: tuple[str, str, str]) -> None:
    assert fault in faults(study_of("employee", exhaustive=False), written(tmp_path, line))


def test_another_heading_is_told(tmp_path: Path) -> None:
    assert faults(study_of("employee"), written(tmp_path, heading="a,b"))[0][0] == "outcome_columns"
