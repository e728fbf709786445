"""A table's names and values suggest a design; what they do not tell is left open, and rare values are not told."""

import polars as pl
import pytest

from analytics.experiments.input.proposed_design import columns_held, proposed_design

PERSONS = pl.DataFrame(
    {"school": [f"s{row // 10}" for row in range(40)], "group": ["control"] * 20 + ["new"] * 20, "work": [0, 1] * 20}
)


@pytest.mark.parametrize(
    ("table", "found"),
    [
        (
            PERSONS,
            {"method": "cluster_rct", "arm": "group", "cluster": "school", "outcome": "work", "control": "control"},
        ),
        (
            pl.DataFrame({"arm": ["a", "b"], "n": [10, 10], "events": [3, 4]}),
            {"method": "rct", "arm": "arm"},
        ),
        (
            pl.DataFrame({"kommune": list("xxyy"), "år": [1, 2, 1, 2], "start": [2, 2, 0, 0], "andel": [1.0] * 4}),
            {"method": "staggered", "unit": "kommune", "period": "år", "start": "start", "outcome": "andel"},
        ),
        (
            pl.DataFrame({"unit": ["x", "x"], "period": ["before", "after"], "treated": [1, 1], "y": [1.0, 2.0]}),
            {"method": "before_after", "unit": "unit", "period": "period", "arm": "treated", "outcome": "y"},
        ),
    ],
)  # fmt: skip
def test_a_design_is_proposed_from_names_and_values(table, found) -> None:
    assert proposed_design(table) == found


def test_schools_with_both_arms_are_no_cluster_trial() -> None:
    mixed = PERSONS.with_columns(group=pl.Series(["control", "new"] * 20))
    assert proposed_design(mixed)["method"] == "rct"


def test_values_of_few_persons_are_not_told() -> None:
    rare = PERSONS.with_columns(group=pl.Series(["control"] * 37 + ["Kari"] * 3))
    values = {each.name: each.values for each in columns_held(rare)}
    assert values["group"] == ()
    assert values["work"] == ("0", "1")
    assert "Kari" not in str(columns_held(rare))
