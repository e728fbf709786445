from pathlib import Path

import polars as pl
import pytest

from data import catalogue, paths
from data.catalogue import indicators
from data.deliveries.read import sidecars
from data.settings import settings
from data.warehouse import connection
from tests.ground import opened


def rows_of(monkeypatch: pytest.MonkeyPatch, indicator: str, region: str | None) -> pl.DataFrame:
    opened(monkeypatch)
    return connection.query("observations_shown", indicator=indicator, region=region)


@pytest.mark.long
@pytest.mark.parametrize(
    ("region", "period", "edition", "expected"),
    [
        ("4204", "2024", "ssb-13556-2025-11", (2465, 24814, 9.9, "preliminary")),
        ("0", "2024", "ssb-13556-2025-11", (104388, 1044103, 10.0, "preliminary")),
        ("0", "2024", "ssb-13563-2026-03", (None, None, 9.9, "final")),
        ("42", "2024", "ssb-13556-2025-11", (6364, 61503, 10.3, "preliminary")),
        ("42", "2024", "ssb-13563-2026-03", (None, None, 10.2, "final")),
        ("0", "2023", "ssb-13556-2025-11", (102259, None, 9.9, "final")),
    ],
)
def test_the_published_numbers_are_these(
    region: str, period: str, edition: str, expected: tuple, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = rows_of(monkeypatch, "neet_register", region).filter(
        period=period, edition=edition, age_group="15-29", sex="both"
    )
    count, people, value, status = rows.select("count", "population", "value", "status").row(0)
    assert (count, round(value * 100, 1), status) == (expected[0], expected[2], expected[3])
    assert expected[1] in (None, people)


@pytest.mark.parametrize(("region", "percent"), [("42", 7.8), ("0", 6.2)])
def test_reduced_work_capacity_of_november_2025(region: str, percent: float, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = rows_of(monkeypatch, "reduced_work_capacity", region)
    value = rows.filter(period="2025-11", age_group="18-29", sex="both")["value"].item()
    assert round(value * 100, 1) == percent


@pytest.mark.parametrize(
    ("indicator", "region", "period", "column", "expected"),
    [
        ("neet_register_immigrants", "4204", "2024", "count", 852),
        ("neet_register_immigrants", "4204", "2024", "population", 3904),
        ("neet_register_others", "4204", "2024", "count", 1613),
        ("neet_register_others", "4204", "2024", "population", 20910),
        ("long_term_outside", "42", "2023", "value", 0.1236),
        ("long_term_outside", "0", "2023", "value", 0.0952),
        ("aap_new", "10", "2018-Q2", "count", 153),
        ("reduced_work_capacity_new", "42", "2023-Q1", "count", 360),
        ("disability_benefit", "0", "2016-06", "count", 13781),
        ("disability_benefit", "0", "2021-06", "count", 21201),
        ("social_assistance", "1001", "2015", "value", 0.069),
        ("apprenticeship_contract", "0", "2025", "value", 0.795),
        ("upper_secondary_cohort", "42", "2019", "value", 0.814),
    ],
)
def test_a_figure_is_as_its_publisher_has_it(
    indicator: str, region: str, period: str, column: str, expected: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = rows_of(monkeypatch, indicator, region).filter(period=period, sex="both")
    assert rows[column].to_list() == [expected]


def test_immigrants_and_others_of_the_country_are_the_sum_of_todays_municipalities(monkeypatch) -> None:
    for indicator in ("neet_register_immigrants", "neet_register_others"):
        rows = rows_of(monkeypatch, indicator, None).filter(
            pl.col("period").is_between(pl.lit("2020"), pl.lit("2024")), age_group="15-29"
        )
        whole = dict(rows.filter(region_code="0").select("period", "population").iter_rows())
        members = rows.filter(pl.col("region_code").str.len_chars() == 4)
        parts = members.group_by("period").agg(pl.col("population").sum())
        assert dict(parts.iter_rows()) == whole


def delivered() -> pl.DataFrame:
    file = paths.DATA / "raw" / "ssb" / "2025-11" / "neet_register.csv"
    rows = pl.read_csv(file, infer_schema=False)
    return rows.with_columns(pl.col("count", "population", "parts_missing").cast(pl.Int64))


def test_the_nation_of_2024_is_the_sum_of_its_municipalities() -> None:
    rows = delivered().filter(period="2024", age_group="15-29", sex="both")
    members = rows.filter(pl.col("region_code").str.len_chars() == 4)
    assert members.height == 357
    assert members["count"].sum() == rows.filter(region_code="0")["count"].item()


@pytest.mark.long
def test_age_15_to_19_is_what_is_left_and_unknown_where_a_part_is(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    made = connection.query("observations_shown", indicator="neet_register", region=None).filter(age_group="15-19")
    parts = {
        (r["region_code"], r["period"], r["sex"], r["age_group"]): (r["count"] if not r["parts_missing"] else None)
        for r in delivered().iter_rows(named=True)
    }
    checked = 0
    for row in made.filter(pl.col("region_code").str.len_chars() == 4).iter_rows(named=True):
        whole, *taken = (parts[row["region_code"], row["period"], row["sex"], a] for a in ("15-29", "20-24", "25-29"))
        known = whole is not None and None not in taken
        left = whole - sum(taken) if known else None
        assert row["count"] == (left if left is not None and left >= 0 else None)
        checked += 1
    assert checked > 10_000
    assert made["count"].null_count() > 0


def test_a_county_is_the_sum_of_its_municipalities_only_where_all_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)
    made = connection.query("observations_shown", indicator="neet_register", region="11").filter(
        pl.col("derived").str.starts_with("sum")
    )
    members = catalogue.regions().filter(pl.col("current"), county="11", level="municipality")["code"].to_list()
    rows = delivered().filter(pl.col("region_code").is_in(members))
    for row in made.iter_rows(named=True):
        own = rows.filter(period=row["period"], age_group=row["age_group"], sex=row["sex"])
        assert own.height == len(members)
        assert row["count"] == own["count"].sum()
        assert row["parts_missing"] == own["count"].null_count() + own.drop_nulls("count")["parts_missing"].sum()
    assert made.height > 50


def test_oslo_is_not_counted_twice() -> None:
    county = catalogue.county_today()
    assert county["0301"] == "03"
    assert "03" not in county


def test_kristiansand_of_today_is_three_municipalities_of_before() -> None:
    row = catalogue.regions().row(by_predicate=pl.col("code") == "4204", named=True)
    assert row["predecessors"] == ["1001", "1017", "1018"]


def test_nothing_is_joined_by_name() -> None:
    names = catalogue.regions()["name"]
    assert names.n_unique() < len(names), "two places share a name, so a name can never be a key"
    assert all("name =" not in path.read_text() for path in (paths.DATA / "sql").glob("*.sql"))


def test_every_indicator_has_all_its_texts_in_both_languages() -> None:
    for indicator in indicators().values():
        for text in ("label", "short", "definition", "unit", "numerator", "denominator", "rounding", "overlap"):
            said = getattr(indicator, text)
            assert set(said) == {"nb", "en"}, f"{indicator.id} {text}"
            optional = text in {"rounding", "overlap", "denominator"}  # a bare count has no denominator
            assert all(said.values()) or (optional and not any(said.values())), f"{indicator.id} {text}"
        assert all(set(point.reason) == {"nb", "en"} for point in indicator.breaks)


def test_another_municipality_needs_two_lines_of_settings(tmp_path: Path) -> None:
    text = (paths.DATA / "settings.toml").read_text(encoding="utf-8").replace('"4204"', '"5001"')
    (tmp_path / "settings.toml").write_text(text, encoding="utf-8")
    assert settings(tmp_path / "settings.toml").home_municipality == "5001"


def test_what_is_read_second_hand_is_told_in_both_languages() -> None:
    untold = [each.edition for each in sidecars()[0] if "lest i" in each.source and not each.source_en]
    assert untold == []


def test_a_definition_says_what_is_counted_and_nothing_of_how_much_of_it_is_here() -> None:
    of_what_is_here = ("enkelttall", "serie", "single point", "series")
    said = {name: " ".join(each.definition.values()).lower() for name, each in indicators().items()}
    assert not [name for name, words in said.items() if any(word in words for word in of_what_is_here)]


def test_years_in_a_row_are_not_called_single_figures() -> None:
    tables = {each: pl.read_csv(each.file, infer_schema=False) for each in sidecars()[0] if each.adapter == "table"}
    several = {
        each.edition: each.note_nb + each.note_en
        for each, rows in tables.items()
        if any(own["period"].n_unique() > 2 for own in rows.partition_by("region_code"))
    }
    assert several
    words = ("enkelttall", "ikke en løpende serie", "single points", "not a running series")
    assert not [name for name, note in several.items() if any(word in note.lower() for word in words)]
