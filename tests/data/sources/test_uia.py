"""UiA's deliveries: aggregates in four formats come in alike, persons and impossible numbers never."""

import polars as pl
import pytest

from data.deliveries.read import problems_in
from data.ingest.contract import Problem
from data.sources.uia import parse
from data.sources.uia.tables import read_table

ROWS = [
    {
        "experiment": "jobbsmak",
        "unit": "øst",
        "arm": "control",
        "period": 1,
        "outcome": "in_work",
        "n": 40,
        "events": 14,
    },
    {"experiment": "jobbsmak", "unit": "øst", "arm": "new", "period": 1, "outcome": "in_work", "n": 97, "events": 21},
    {
        "experiment": "jobbsmak",
        "unit": "vest",
        "arm": "control",
        "period": 1,
        "outcome": "in_work",
        "n": 38,
        "events": 0,
    },
    {"experiment": "jobbsmak", "unit": "vest", "arm": "new", "period": 1, "outcome": "in_work", "n": 41, "events": 17},
]
FRAME = pl.DataFrame(ROWS)


def refused(path) -> list[Problem]:
    with pytest.raises(ExceptionGroup) as caught:
        parse(path)
    return problems_in(caught.value)


def csv(tmp_path, frame: pl.DataFrame, name: str = "results.csv"):
    path = tmp_path / name
    frame.write_csv(path)
    return path


def write(tmp_path, kind: str):
    import pyreadstat

    path = tmp_path / f"results.{kind}"
    coded = FRAME.with_columns(arm=pl.when(pl.col("arm") == "new").then(1.0).otherwise(0.0)).to_pandas()
    labels = {"arm": {0.0: "control", 1.0: "new"}}
    if kind == "csv":
        FRAME.write_csv(path)
    elif kind == "parquet":
        FRAME.write_parquet(path)
    elif kind == "dta":
        pyreadstat.write_dta(coded, str(path), variable_value_labels=labels)
    else:
        pyreadstat.write_sav(coded, str(path), variable_value_labels=labels)
    return path


@pytest.mark.parametrize("kind", ["csv", "parquet", "dta", "sav"])
def test_four_formats_hold_the_same_delivery(tmp_path, kind) -> None:
    found = parse(write(tmp_path, kind))
    assert found.table == "results"
    assert found.rows.select("unit", "arm", "n", "events", "status").sort("unit", "arm").rows() == [
        ("vest", "control", 38.0, 0.0, "final"), ("vest", "new", 41.0, 17.0, "final"),
        ("øst", "control", 40.0, 14.0, "final"), ("øst", "new", 97.0, 21.0, "final"),
    ]  # fmt: skip


def test_user_missing_codes_of_spss_become_missing_and_97_persons_stay(tmp_path) -> None:
    import pyreadstat

    path = tmp_path / "results.sav"
    table = FRAME.with_columns(events=pl.Series([14.0, 98.0, -9.0, 17.0])).to_pandas()
    pyreadstat.write_sav(table, str(path), missing_ranges={"events": [-9, {"lo": 97, "hi": 99}]})
    rows = parse(path).rows.sort("unit", "arm")
    assert rows["events"].to_list() == [None, 17.0, 14.0, None]
    assert rows["status"].to_list() == ["missing", "final", "final", "missing"]
    assert 97.0 in rows["n"].to_list()


def test_labelled_missing_codes_of_stata_become_missing(tmp_path) -> None:
    import pyreadstat

    path = tmp_path / "results.dta"
    table = FRAME.with_columns(events=pl.Series([14, 99, -9, 17])).to_pandas()
    pyreadstat.write_dta(table, str(path), variable_value_labels={"events": {99: "ubesvart", -9: "mangler"}})
    assert parse(path).rows.sort("unit", "arm")["events"].to_list() == [None, 17.0, 14.0, None]


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(";", "utf-8-sig"), ("\t", "utf-8"), (";", "iso-8859-1"), (",", "utf-8")]
)
def test_delimiter_and_encoding_are_recognised_by_rule(tmp_path, delimiter, encoding) -> None:
    path = tmp_path / "results.csv"
    path.write_bytes(FRAME.write_csv(separator=delimiter).encode(encoding))
    assert set(parse(path).rows["unit"]) == {"øst", "vest"}


def test_a_decimal_comma_is_a_decimal_sign(tmp_path) -> None:
    path = tmp_path / "results.csv"
    path.write_text("experiment;arm;outcome;n;mean;sd\na;c;y;10;1,5;0,25\na;t;y;12;2,5;0,5\n", encoding="utf-8")
    assert parse(path).rows["mean"].to_list() == [1.5, 2.5]


def test_a_marked_count_is_suppressed_not_zero(tmp_path) -> None:
    table = FRAME.with_columns(events=pl.Series(["14", "*", "<5", "0"]))
    rows = parse(csv(tmp_path, table)).rows.sort("unit", "arm")
    assert rows["events"].to_list() == [None, 0.0, 14.0, None]
    assert rows["status"].to_list() == ["suppressed", "final", "final", "suppressed"]


def test_rows_that_are_persons_are_refused(tmp_path) -> None:
    persons = pl.DataFrame({
        "experiment": "jobbsmak", "unit": [f"{i}" for i in range(8)], "arm": ["c", "t"] * 4, "outcome": "in_work",
        "n": 1, "events": [0, 1] * 4,
    })  # fmt: skip
    assert [problem.code for problem in refused(csv(tmp_path, persons))] == ["uia_persons"]


def test_an_identity_number_refuses_the_file_without_repeating_it(tmp_path) -> None:
    table = FRAME.with_columns(unit=pl.Series(["13097248022", "a", "b", "c"]))
    problems = refused(csv(tmp_path, table))
    assert problems[0].code == "identity_number"
    assert all("13097248022" not in problem.line(lang) for problem in problems for lang in ("nb", "en"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"events": pl.Series([14, 21, 50, 17])}, "uia_above"),
        ({"events": pl.Series([14, 21, 2.5, 17.0], dtype=pl.Float64)}, "bad_count"),
        ({"n": pl.Series(["40", "førti", "38", "41"])}, "bad_count"),
        ({"n": pl.Series([40, None, 38, 41])}, "uia_empty"),
        ({"arm": pl.Series(["control", "", "control", "new"])}, "uia_empty"),
        ({"unit": pl.Series(["øst", "øst", "øst", "øst"])}, "uia_repeated"),
        ({"kommentar": pl.lit("ja")}, "uia_foreign"),
    ],
)
def test_a_delivery_that_cannot_be_is_refused_with_its_place(tmp_path, change, code) -> None:
    problems = refused(csv(tmp_path, FRAME.with_columns(**change)))
    assert {problem.code for problem in problems} == {code}
    for lang in ("nb", "en"):
        assert all("results.csv" in problem.line(lang) for problem in problems)


def test_all_problems_are_told_at_once(tmp_path) -> None:
    table = FRAME.with_columns(n=pl.Series(["40", "x", "38", "41"]), events=pl.Series(["1", "2", "-3", "4"]))
    assert {problem.cell for problem in refused(csv(tmp_path, table))} == {"F3", "G4"}


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2,3\n", b"a,a\n1,2\n", b"arm,n\n"])
def test_a_file_that_is_no_table_is_refused(tmp_path, content) -> None:
    path = tmp_path / "results.csv"
    path.write_bytes(content)
    assert refused(path)


@pytest.mark.parametrize("name", ["results.parquet", "results.dta", "results.sav"])
def test_a_damaged_file_is_refused(tmp_path, name) -> None:
    path = tmp_path / name
    path.write_bytes(b"nothing of the kind")
    assert [problem.code for problem in refused(path)] == ["uia_unreadable"]


def test_durations_and_flow_are_recognised_by_their_columns(tmp_path) -> None:
    life = pl.DataFrame(
        {"experiment": "a", "arm": ["c", "t"], "interval": "0-3", "at_risk": [30, 31], "events": [4, 9]}
    )
    flow = pl.DataFrame({"experiment": "a", "arm": ["c", "t"], "assigned": [30, 31], "measured": [28, 30]})
    assert parse(csv(tmp_path, life, "durations.csv")).table == "durations"
    assert parse(csv(tmp_path, flow, "flow.csv")).table == "flow"


def test_a_code_with_a_leading_zero_stays_a_text(tmp_path) -> None:
    path = tmp_path / "results.csv"
    path.write_text("unit,n\n0301,4\n4204,5\n", encoding="utf-8")
    assert read_table(path)["unit"].to_list() == ["0301", "4204"]
