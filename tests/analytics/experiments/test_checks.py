"""Every error and note a person could meet with a file they could really send."""

import polars as pl
import pytest

from analytics.experiments import Design, evaluate
from data.errors import InnenforError


def refused(design: Design, table: pl.DataFrame) -> InnenforError:
    with pytest.raises((InnenforError, ExceptionGroup)) as caught:
        evaluate(design, table)
    error = caught.value
    return error.exceptions[0] if isinstance(error, ExceptionGroup) else error


def codes(design: Design, table: pl.DataFrame, flow: pl.DataFrame | None = None) -> dict[str, str]:
    return {note["code"]: note["says"] for note in evaluate(design, table, flow).note_texts("nb")}


PERSONS = pl.DataFrame(
    {"id": range(12), "gruppe": ["ny", "kontroll"] * 6, "i_jobb": [1, 0, 1, 1, 0, 0, 1, 0, 1, 0, 1, 0]}
)
DESIGN = Design(arm="gruppe", outcome="i_jobb", unit="id")


def both_languages(error: InnenforError, *words: str) -> None:
    for lang in ("nb", "en"):
        told = f"{error.says(lang)} {error.do(lang)}"
        for word in words:
            assert word in told


def test_e01_a_misspelt_column_is_named_with_the_nearest_one() -> None:
    error = refused(Design(arm="gruppe", outcome="ijobb", unit="id"), PERSONS)
    assert error.code == "E01"
    both_languages(error, "ijobb", "i_jobb")


def test_e01_several_missing_columns_are_told_at_once() -> None:
    with pytest.raises(ExceptionGroup) as caught:
        evaluate(Design(arm="gruppa", outcome="i_jobb", unit="idd"), PERSONS)
    assert [error.column for error in caught.value.exceptions] == ["gruppa", "idd"]


def test_e01_an_outcome_that_was_not_delivered_is_told_with_those_that_were() -> None:
    table = pl.DataFrame({"arm": ["a", "control"], "outcome": ["employed"] * 2, "n": [20, 20], "events": [5, 3]})
    error = refused(Design(outcome="employd"), table)
    assert (error.code, error.meant) == ("E01", "employed")


def test_e02_one_arm_only() -> None:
    error = refused(DESIGN, PERSONS.filter(pl.col("gruppe") == "ny"))
    assert error.code == "E02"
    both_languages(error, "gruppe", "ny")


def test_e02_a_control_arm_that_is_not_in_the_table() -> None:
    error = refused(Design(arm="gruppe", outcome="i_jobb", control="venteliste"), PERSONS)
    assert error.code == "E02"
    both_languages(error, "venteliste", "kontroll")


def test_e02_three_arms_need_a_choice() -> None:
    table = pl.DataFrame({"arm": ["control", "a", "b"], "n": [20, 20, 20], "events": [5, 9, 7]})
    assert refused(Design(), table).code == "E02"
    assert evaluate(Design(treatment="b"), table).n == {"control": 20, "b": 20}


def test_e03_blank_arms_are_counted_not_dropped() -> None:
    table = PERSONS.with_columns(gruppe=pl.when(pl.col("id") < 3).then(pl.lit(" ")).otherwise("gruppe"))
    error = refused(DESIGN, table)
    assert (error.code, error.count) == ("E03", 3)
    both_languages(error, "3", "gruppe")


def test_e04_a_unit_in_two_arms() -> None:
    table = pl.concat([PERSONS, PERSONS[:1].with_columns(gruppe=pl.lit("kontroll"))])
    error = refused(DESIGN, table)
    assert error.code == "E04"
    both_languages(error, "id", "0")


def test_e05_a_unit_twice_in_one_period() -> None:
    error = refused(DESIGN, pl.concat([PERSONS, PERSONS[3:5]]))
    assert (error.code, error.count) == ("E05", 2)
    both_languages(error, "id", "3, 4")


def schools(treated: int, control: int, size: int = 20) -> pl.DataFrame:
    rows = [("new", i) for i in range(treated)] + [("control", i + treated) for i in range(control)]
    return pl.DataFrame({
        "arm": [arm for arm, _ in rows], "unit": [f"school {i}" for _, i in rows], "n": [size] * len(rows),
        "events": [7 + (i * 5) % 6 + (3 if arm == "new" else 0) for arm, i in rows],
    })  # fmt: skip


def test_e06_one_cluster_in_an_arm_leaves_only_permutation() -> None:
    found = evaluate(Design(method="cluster_rct"), schools(1, 9))
    assert found.se is None
    assert found.p == found.p_randomisation
    assert "E06" in [note.code for note in found.notes]


def test_e07_a_cluster_in_both_arms() -> None:
    table = pl.concat([schools(4, 4), schools(4, 4)[:1].with_columns(arm=pl.lit("control"))])
    error = refused(Design(method="cluster_rct"), table)
    assert error.code == "E07"
    both_languages(error, "school 0", "unit" if error.column == "unit" else "cluster")


def test_e08_an_outcome_without_variance() -> None:
    error = refused(DESIGN, PERSONS.with_columns(i_jobb=pl.lit(1)))
    assert error.code == "E08"
    both_languages(error, "i_jobb", "1")


def test_e08_a_table_without_rows() -> None:
    assert refused(Design(method="staggered", outcome="y"), offices({"a": 2}).clear()).code == "E08"


def test_e09_a_missing_code_in_a_yes_no_outcome() -> None:
    table = PERSONS.with_columns(i_jobb=pl.when(pl.col("id") < 2).then(9).otherwise("i_jobb"))
    error = refused(Design(arm="gruppe", outcome="i_jobb", kind="binary"), table)
    assert (error.code, error.count) == ("E09", 2)
    both_languages(error, "i_jobb", "9")


def test_e09_more_events_than_persons() -> None:
    table = pl.DataFrame({"arm": ["control", "new"], "n": [20, 20], "events": [5, 98]})
    assert refused(Design(), table).code == "E09"


def offices(starts: dict[str, int], periods: int = 6) -> pl.DataFrame:
    rows = [
        (name, t, start, float((i * 7 + t * 3) % 5 + (2 if start and t >= start else 0)))
        for i, (name, start) in enumerate(starts.items())
        for t in range(1, periods + 1)
    ]
    return pl.DataFrame(rows, schema=["unit", "period", "start", "y"], orient="row")


def test_e10_a_unit_treated_from_the_first_period_is_named_and_counted() -> None:
    starts = {"Mandal": 1, "Vennesla": 3, "Lillesand": 4, "Arendal": 0, "Grimstad": 0}
    told = codes(Design(method="staggered", outcome="y"), offices(starts))
    assert "Mandal" in told["E10"]
    assert "1" in told["E10"]


def test_e10_all_treated_from_the_first_period_cannot_be_compared() -> None:
    assert refused(Design(method="staggered", outcome="y"), offices({"Mandal": 1, "Vennesla": 1})).code == "E10"


def test_e11_effects_run_up_to_the_last_period_with_someone_untreated() -> None:
    found = evaluate(Design(method="staggered", outcome="y"), offices({"a": 2, "b": 3, "c": 5, "d": 5}))
    assert {note.code: dict(note.facts) for note in found.notes}["E11"] == {"last": "4"}
    assert max(point["time"] for point in found.by_time) == 2


def test_several_problems_are_collected() -> None:
    table = pl.concat([PERSONS, PERSONS[:2], PERSONS[5:6].with_columns(gruppe=pl.lit("ny"))])
    table = table.with_columns(i_jobb=pl.lit(3))
    with pytest.raises(ExceptionGroup) as caught:
        evaluate(Design(arm="gruppe", outcome="i_jobb", unit="id", kind="binary"), table)
    assert {error.code for error in caught.value.exceptions} >= {"E04", "E09"}


FLOW = pl.DataFrame({"arm": ["control", "new"], "assessed": [60, 70], "assigned": [50, 50], "measured": [45, 34]})
CELLS = pl.DataFrame({"arm": ["control", "new"], "n": [45, 34], "events": [15, 17]})


def test_n01_high_attrition_lowers_the_grade_and_gives_bounds() -> None:
    found = evaluate(Design(registered="2026-01-01"), CELLS, FLOW)
    assert "N01" in [note.code for note in found.notes]
    assert found.grade["execution"] == 4
    bounds = found.beside["attrition"]["manski"]
    assert (bounds["low"], bounds["high"]) == (
        pytest.approx(100 * (17 / 50 - 20 / 50)),
        pytest.approx(100 * (33 / 50 - 15 / 50)),
    )
    assert found.beside["attrition"]["lee"] == {"not_estimable": "needs_person_rows"}


def test_n01_missing_outcomes_of_persons_are_attrition_not_dropped() -> None:
    table = PERSONS.with_columns(i_jobb=pl.when(pl.col("id") < 4).then(None).otherwise("i_jobb"))
    found = evaluate(DESIGN, table)
    assert found.flow == {"assigned": {"kontroll": 6.0, "ny": 6.0}, "measured": {"kontroll": 4.0, "ny": 4.0}}
    assert {"N01", "outcome_missing"} <= {note.code for note in found.notes}


def test_n02_and_n08_few_clusters() -> None:
    told = codes(Design(method="cluster_rct"), schools(3, 3))
    assert "3" in told["N02"]
    assert "0," in told["N08"]


def test_n03_arms_far_from_the_planned_allocation() -> None:
    flow = FLOW.with_columns(assigned=pl.Series([120, 50]), measured=pl.Series([118, 49]))
    assert "N03" in codes(Design(allocation=0.5), CELLS, flow)
    assert "N03" not in codes(Design(), CELLS, flow)


def test_n04_a_hidden_count_gives_a_band_and_no_point() -> None:
    found = evaluate(Design(), pl.DataFrame({"arm": ["control", "new"], "n": [40, 40], "events": ["*", "18"]}))
    assert found.value is None
    assert found.low < 35 < found.high
    assert "N04" in [note.code for note in found.notes]


def test_n05_not_registered_before_start() -> None:
    assert "N05" in codes(Design(), CELLS)
    assert "N05" in codes(Design(registered="2026-03-01", started="2026-02-01"), CELLS)
    assert "N05" not in codes(Design(registered="2026-01-01", started="2026-02-01"), CELLS)


def test_n06_says_what_the_trial_could_have_seen() -> None:
    found = evaluate(Design(), pl.DataFrame({"arm": ["control", "new"], "n": [20, 20], "events": [8, 10]}))
    facts = dict(next(note for note in found.notes if note.code == "N06").facts)
    assert facts["effect"] == pytest.approx(2.8016 * found.se, rel=1e-3)


def test_n07_a_trend_before_the_start() -> None:
    rows = [
        (f"u{i}", t, int(i < 8), 10.0 + (3 * t if i < 8 else 0) + ((i * 31 + t * 17) % 7) / 10)
        for i in range(16)
        for t in range(-2, 3)
    ]
    table = pl.DataFrame(rows, schema=["unit", "period", "arm", "y"], orient="row")
    assert "N07" in codes(Design(method="before_after", outcome="y"), table)


def test_a_number_that_is_no_number_is_named() -> None:
    table = pl.DataFrame({"arm": ["control", "new"], "n": ["20", "tjue"], "events": ["5", "6"]})
    error = refused(Design(), table)
    both_languages(error, "tjue", "n")
