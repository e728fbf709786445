"""Questions cut to size, mappings held against the table, and notices from two editions."""

import tomllib
from itertools import product

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.deliveries import revisions
from data.deliveries.read import problems_in
from data.ingest.contract import Problem, Problems
from data.pxweb.errors import FetchProblem
from data.pxweb.mapping import mappings
from data.pxweb.query import VariableSelection, cells, pairs, plan
from tests.data.fetch_ground import failing, fetch, mapping, server

__all__ = ["mapping", "server"]  # fixtures

AXES = ("Region", "Tid")


def asked(query) -> set[tuple[str, ...]]:
    return set(product(*(choice.codes for choice in query)))


@pytest.mark.long
@given(
    regions=st.integers(1, 40), years=st.integers(1, 20), others=st.integers(1, 6), limit=st.integers(1, 400),
)  # fmt: skip
def test_the_calls_cover_every_cell_once_and_none_is_too_large(regions, years, others, limit) -> None:
    sizes = {"Region": regions, "Alder": others, "Tid": years}
    query = tuple(
        VariableSelection(name, tuple(f"{n}" for n in range(size)), whole=True) for name, size in sizes.items()
    )
    calls = list(plan(query, lambda one: cells(one) <= limit, AXES))
    assert sum(cells(call) for call in calls) == cells(query)
    assert set().union(*(asked(call) for call in calls)) == asked(query)
    assert max(cells(call) for call in calls) <= limit
    assert calls == list(plan(query, lambda one: cells(one) <= limit, AXES))


def test_regions_are_cut_before_years_and_years_before_the_rest() -> None:
    query = (
        VariableSelection("Alder", ("a", "b")),
        VariableSelection("Tid", ("1", "2")),
        VariableSelection("Region", ("x", "y")),
    )
    assert [[len(c.codes) for c in call] for call in plan(query, lambda one: cells(one) <= 4, AXES)] == [[2, 2, 1]] * 2
    assert [[len(c.codes) for c in call] for call in plan(query, lambda one: cells(one) <= 2, AXES)] == [[2, 1, 1]] * 4


def test_what_is_taken_whole_is_asked_for_with_a_star_and_a_part_by_its_codes() -> None:
    query = (
        VariableSelection("Region", ("K-1", "K-2"), whole=True, codelist="agg"),
        VariableSelection("Tid", ("2023", "2024")),
    )
    assert pairs(query, "no") == [
        ("lang", "no"), ("outputFormat", "json-stat2"), ("valueCodes[Region]", "*"), ("codelist[Region]", "agg"),
        ("valueCodes[Tid]", "2023,2024"),
    ]  # fmt: skip
    first = next(plan(query, lambda one: cells(one) <= 2, AXES))
    assert pairs(first, "no")[2] == ("valueCodes[Region]", "K-1")


def test_one_cell_that_does_not_fit_is_an_error_and_not_an_endless_cut() -> None:
    with pytest.raises(FetchProblem):
        list(plan((VariableSelection("Tid", ("2024",)),), lambda _: False, AXES))


def named(problems: list[Problem]) -> set[tuple[str, str, str]]:
    return {(problem.code, problem.column, problem.expected) for problem in problems}


def test_a_table_that_has_other_codes_is_described_whole(server, mapping, tmp_path) -> None:
    del server.dims["HovArbStyrkStatus"]["NEET"]
    server.dims["HovArbStyrkStatus"]["NEET2"] = "Utenfor"
    del server.dims["Kjonn"]
    server.dims["InnvandrKat"] = {"A-G": "I alt"}
    found = failing(server, mapping, tmp_path)
    assert named(found) >= {
        ("fetch_no_code", "HovArbStyrkStatus", "NEET"), ("fetch_no_dimension", "Kjonn", "Kjonn"),
    }  # fmt: skip
    assert {problem.code for problem in found} == {"fetch_no_code", "fetch_no_dimension", "fetch_new_dimension"}
    said = " ".join(problem.says("en") for problem in found)
    assert "NEET2 = Utenfor" in said
    assert "A-G = I alt" in said
    assert server.data_calls() == []


def test_a_code_the_table_has_under_another_name_is_found_by_its_label(server, mapping, tmp_path) -> None:
    server.dims["HovArbStyrkStatus"] = {"I": "I alt", "Y": "Utenfor arbeid, utdanning og tiltak (NEET)"}
    assert fetch(server, mapping, tmp_path).rows == 6 * 36
    server.dims["HovArbStyrkStatus"]["Z"] = "NEET, unge"
    assert {problem.code for problem in failing(server, mapping, tmp_path)} == {"fetch_no_code"}


def test_men_and_women_who_changed_places_are_noticed(server, mapping, tmp_path) -> None:
    server.dims["Kjonn"] = {"0": "Begge kjønn", "1": "Kvinner", "2": "Menn"}
    assert {problem.code for problem in failing(server, mapping, tmp_path)} == {"fetch_other_label"}


@pytest.mark.long
def test_a_list_of_counties_the_table_lacks_is_passed_over(server, mapping, tmp_path) -> None:
    del server.lists["agg_KommFylker"]
    outcome = fetch(server, mapping, tmp_path)
    assert outcome.passed_over == ("counties",)
    assert outcome.rows == 4 * 36


@pytest.mark.long
def test_where_the_first_list_of_municipalities_is_not_offered_the_next_is_taken_and_told(
    server, mapping, tmp_path
) -> None:
    server.lists["agg_KommGjeldende"] = server.lists.pop("agg_KommSummer")
    assert fetch(server, mapping, tmp_path).rows == 6 * 36
    note = tomllib.loads((tmp_path / "ssb/2025-11-20/neet_register.toml").read_text(encoding="utf-8"))["note_en"]
    assert "lists of regions: agg_KommFylker, agg_KommGjeldende." in note


def test_a_table_without_any_list_of_municipalities_is_refused(server, mapping, tmp_path) -> None:
    del server.lists["agg_KommSummer"]
    [problem] = failing(server, mapping, tmp_path)
    assert (problem.code, problem.detail) == ("fetch_no_codelist", "agg_KommFylker")


@pytest.mark.parametrize(
    ("old", "new", "code", "cell"),
    [
        ('indicator = "neet_register"', 'indicator = "nobody"', "toml_unknown_name", "series[1].indicator"),
        ("[take]", "[taken]", "toml_unknown_key_near", "taken"),
        ('table = "13556"', "", "toml_missing", "table"),
        ("[series.quantities.count]", "[series.quantities.number]", "toml_value", "series[1].quantities.number"),
        ('region = "Region"', "region = ", "toml_broken", ""),
        ('pattern = "(?i)rest"', 'pattern = "(rest"', "toml_value", "left_out[1].pattern"),
    ],
)
def test_a_mapping_that_is_not_understood_is_named(old, new, code, cell, tmp_path) -> None:
    from data.pxweb.mapping import FOLDER

    text = (FOLDER / "13556.toml").read_text(encoding="utf-8")
    (tmp_path / "mine.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(Problems) as caught:
        mappings(tmp_path)
    assert (code, cell, "mine.toml") in [(each.code, each.cell, each.file) for each in caught.value.exceptions]


def test_a_quantity_the_answer_does_not_hold_is_named_with_what_it_holds(server, mapping, tmp_path) -> None:
    mapping.quantities["population"]["dimensions"] = "HovArbStyrkStatus=TOT"
    try:
        [problem] = failing(server, mapping, tmp_path)
    finally:
        mapping.quantities["population"]["dimensions"] = "HovArbStyrkStatus=TOT3"
    assert (problem.code, problem.column) == ("fetch_no_quantity", "population")
    assert "HovArbStyrkStatus=TOT3" in problem.detail


def rows(*cells: tuple[str, int | None, str], edition: str) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"indicator": "i", "region_code": region, "period": "2024", "age_group": "15-29", "sex": "both",
             "count": count, "population": 100, "value": None if count is None else count / 100, "status": status,
             "edition": edition}
            for region, count, status in cells
        ],
        schema_overrides={"count": pl.Int64, "population": pl.Int64, "value": pl.Float64},
    )  # fmt: skip


def noticed(old: tuple[int | None, str], new: tuple[int | None, str] | None) -> list[str]:
    after = rows(("b", 1, "final"), *([("a", *new)] if new else []), edition="new")
    return revisions.compare(rows(("a", *old), edition="old"), after)["code"].to_list()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [((10, "final"), (10, "final"), []), ((10, "final"), (12, "final"), ["corrected"]),
     ((10, "preliminary"), (10, "final"), ["finalised"]), ((10, "preliminary"), (12, "final"), ["finalised"]),
     ((10, "preliminary"), (12, "preliminary"), ["corrected"]), ((10, "preliminary"), (10, "preliminary"), []),
     ((10, "final"), (None, "suppressed"), ["withdrawn"]), ((10, "final"), (None, "missing"), ["withdrawn"]),
     ((10, "final"), None, ["withdrawn"]), ((0, "final"), None, ["withdrawn"]),
     ((None, "missing"), (10, "final"), []), ((None, "suppressed"), None, [])],
)  # fmt: skip
def test_what_becomes_of_a_figure_decides_its_notice(old, new, code) -> None:
    assert noticed(old, new) == code


def test_notices_are_read_as_they_were_written(tmp_path) -> None:
    made = revisions.compare(rows(("a", 10, "final"), edition="old"), rows(("a", None, "suppressed"), edition="new"))
    (tmp_path / "ssb" / "2026-01").mkdir(parents=True)
    revisions.write(tmp_path / "ssb" / "2026-01" / f"x{revisions.SUFFIX}", made)
    assert revisions.read(tmp_path).equals(made)
    assert revisions.read(tmp_path / "nothing").is_empty()


def test_an_error_of_many_parts_is_read_part_by_part() -> None:
    group = ExceptionGroup(
        "all", [FetchProblem(code="fetch_older", file="1"), FetchProblem(code="fetch_older", file="2")]
    )
    assert [problem.file for problem in problems_in(group)] == ["1", "2"]
