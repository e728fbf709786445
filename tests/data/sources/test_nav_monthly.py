from pathlib import Path

import polars as pl
import pytest

from data.ingest.contract import Delivery, Problems
from data.sources import nav, parse
from data.sources.layouts.description import described
from data.sources.layouts.month_words import years_of
from tests.data.layouts import found, hl060, workbook
from tests.shared_files import shared

MONTHS = ["Januar", "Februar", "Mars"]
HL060 = "fixtures/nav/202210_HL060_helt_ledige_fylke_kommune.xlsx"


def _refused(path: Path, **known: object) -> list[tuple[str, str, str]]:
    with pytest.raises(Problems) as caught:
        nav.parse(path, **known)  # type: ignore[arg-type]
    return found(caught.value)


def _cell(delivery: Delivery, **where: str) -> tuple[object, ...]:
    rows = delivery.rows.filter(*(pl.col(name) == value for name, value in where.items()))
    return rows.select("count", "share", "status").row(0) if len(rows) == 1 else ("rows", len(rows))


def _monthly(path: Path, counts: dict[str, object], shares: dict[str, object] | None = None, **more: object) -> Path:
    sheets = {"Tall": hl060("Antall", counts, **more)}  # type: ignore[arg-type]
    if shares is not None:
        sheets["Andeler"] = hl060("Prosent av arbeidsstyrken", shares, **more)  # type: ignore[arg-type]
    return workbook(path, sheets)  # type: ignore[arg-type]


AGDER = (MONTHS, [["I alt Agder", 50, 60, 70], ["4204 Kristiansand", 40, "*", 0], ["4203 Arendal", 7, 8, 9]])
AGDER_SHARES = (MONTHS, [["4203 Arendal", 0.9, 1.0, 1.2], ["I alt Agder", 2, 2, 2], ["4204 Kristiansand", 3.3, 0.1, 0]])


def test_counts_and_shares_meet_by_region_and_month_whatever_the_order_of_rows(tmp_path: Path) -> None:
    delivery = parse(_monthly(tmp_path / "a.xlsx", {"Agder": AGDER}, {"Agder": AGDER_SHARES}))
    assert _cell(delivery, region_code="4204", period="2019-01") == (40, pytest.approx(0.033), "final")
    assert _cell(delivery, region_code="4204", period="2019-02") == (None, None, "suppressed")
    assert _cell(delivery, region_code="4204", period="2019-03") == (0, 0.0, "final")
    assert _cell(delivery, region_code="4203", period="2019-03") == (9, pytest.approx(0.012), "final")
    assert len(delivery.rows) == 6
    assert set(delivery.rows["measure"]) == {"fully_unemployed"}
    assert [(n.reason, n.sheet, n.cell) for n in delivery.notes] == [
        ("total", "Tall", "B8"),
        ("total", "Andeler", "B9"),
    ]


def test_blocks_may_have_different_months_and_stray_empty_columns(tmp_path: Path) -> None:
    path = _monthly(
        tmp_path / "a.xlsx",
        {
            "Agder": (["Mars", None, "April"], [["4204 Kristiansand", 5, None, 6]]),
            "Oslo": (["April"], [["0301 Oslo", 99]]),
        },
        line="Februar - april 2031",
    )
    rows = parse(path).rows
    assert rows.select("region_code", "period", "count", "cell").rows() == [
        ("4204", "2031-03", 5, "Tall!C8"),
        ("4204", "2031-04", 6, "Tall!E8"),
        ("0301", "2031-04", 99, "Tall!C12"),
    ]


@pytest.mark.parametrize(
    ("line", "years"),
    [
        ("Januar - oktober 2022", dict.fromkeys(range(1, 11), "2022")),
        ("Mai 2030", {5: "2030"}),
        ("jan – feb 2021", {1: "2021", 2: "2021"}),
        ("November 2021 - januar 2022", {11: "2021", 12: "2021", 1: "2022"}),
        ("I perioden 2017 - 2020", {}),
        ("Oktober - mai 2022", {}),
    ],
)
def test_the_year_of_each_month_comes_from_the_line_of_text(line: str, years: dict[int, str]) -> None:
    assert years_of(described("nav"), line) == years


def test_a_label_on_one_sheet_only_has_its_own_row_and_is_named(tmp_path: Path) -> None:
    shares = (MONTHS, [["4203 Arendal", 0.9, 1.0, 1.2], ["4205 Lindesnes", 2, 2, "*"]])
    delivery = parse(_monthly(tmp_path / "a.xlsx", {"Agder": AGDER}, {"Agder": shares}))
    assert _cell(delivery, region_code="4205", period="2019-01") == (None, 0.02, "final")
    assert _cell(delivery, region_code="4205", period="2019-03") == (None, None, "suppressed")
    assert _cell(delivery, region_code="4204", period="2019-01") == (40, None, "final")
    assert {n.what for n in delivery.notes if n.reason == "one_sheet_only"} == {"Lindesnes", "Kristiansand"}


@pytest.mark.long
@pytest.mark.parametrize(
    ("body", "problems"),
    [
        ([["4204 Kristiansand", "2,1", 3, 4]], [("bad_count", "Tall", "C8")]),
        ([["4204 Kristiansand", -2, 3, 4.5]], [("bad_count", "Tall", "E8"), ("negative_count", "Tall", "C8")]),
        ([["4204 Kristiansand", 1, 2, "=SUM(C9:C12)"]], [("formula_without_value", "Tall", "E8")]),
        ([["4204 Kristiansand", 1, 2, 3, 44]], [("value_without_heading", "Tall", "F8")]),
        (
            [["4204 Kristiansand", 1, 2, 3], ["4204 Kristiansand", 1, 2, 3]],
            [("duplicate_row", "Tall", "C9"), ("duplicate_row", "Tall", "D9"), ("duplicate_row", "Tall", "E9")],
        ),
    ],
)
def test_each_bad_cell_of_a_monthly_workbook_is_named(
    tmp_path: Path, body: list[list[object]], problems: list[object]
) -> None:
    assert _refused(_monthly(tmp_path / "a.xlsx", {"Agder": (MONTHS, body)})) == problems


@pytest.mark.long
def test_a_sheet_without_year_unit_or_months_is_refused_by_name(tmp_path: Path) -> None:
    good = [["4204 Kristiansand", 1, 2, 3]]
    sheets = {
        "Uten år": hl060("Antall", {"Agder": (MONTHS, good)}, line="tall fra NAV"),
        "Uten enhet": hl060("Tall", {"Agder": (MONTHS, good)}),
        "Uten måneder": hl060("Antall", {"Agder": (["a", "b", "c"], good)}),
        "Feil måned": hl060("Antall", {"Agder": (["Januar", "Februar", "Mai"], good)}),
        "Skrivefeil": hl060("Antall", {"Agder": (["Januar", "Februar", "Mras"], [["4205 Lindesnes", 1, 2, 3]])}),
    }
    assert [(code, sheet) for code, sheet, _ in _refused(workbook(tmp_path / "a.xlsx", sheets))] == [
        ("missing_header", "Uten måneder"),
        ("missing_unit", "Uten enhet"),
        ("missing_year", "Uten år"),
        ("month_outside_period", "Feil måned"),
        ("unknown_heading", "Skrivefeil"),
        ("value_without_heading", "Skrivefeil"),
    ]


def test_fractions_on_a_sheet_that_says_percent_are_refused(tmp_path: Path) -> None:
    shares = (MONTHS, [["4203 Arendal", 0.009, 0.01, 0.012], ["4204 Kristiansand", 0.033, 0.031, 0.03]])
    assert _refused(_monthly(tmp_path / "a.xlsx", {"Agder": AGDER}, {"Agder": shares})) == [
        ("share_not_percent", "Andeler", "")
    ]


@pytest.mark.long
def test_the_real_monthly_workbook_gives_every_published_figure() -> None:
    delivery = parse(shared(HL060))
    assert _cell(delivery, region_code="0301", period="2022-01") == (13613, pytest.approx(0.034), "final")
    assert _cell(delivery, region_code="42", period="2022-03") == (2875, pytest.approx(0.019), "final")
    figures = pl.read_csv(
        shared("figures/fully_unemployed_nav_municipalities_2022.csv"), schema_overrides={"region_code": pl.String}
    )
    mine = delivery.rows.filter(pl.col("region_code").str.len_chars() == 4).select(
        "region_code",
        month="period",
        persons="count",
        percent=(pl.col("share") * 100).round(6),
        suppressed=pl.col("status") == "suppressed",
    )
    theirs = figures.select(
        "region_code",
        "month",
        persons=pl.col("persons").cast(pl.Int64),
        percent="share_of_labour_force_percent",
        suppressed="suppressed",
    )
    order_by = ["region_code", "month"]
    assert mine.sort(order_by).equals(theirs.sort(order_by))
    assert {n.sheet for n in delivery.notes if n.reason == "foreign_sheet"} >= {"Telemark", "Viz"}
    assert {"99 Øvrige områder", "Ukjent"} <= {n.what for n in delivery.notes if n.reason == "unknown_region"}


def test_the_copy_from_a_document_is_refused_with_the_reason() -> None:
    with pytest.raises(Problems) as caught:
        parse(shared("fixtures/nav/arbeidsledighet_nav_okt_2022.xlsx"))
    codes_found = {code for code, _, _ in found(caught.value)}
    assert codes_found == {"numbers_as_text", "label_apart"}
    assert "2,1" in " ".join(p.line("nb") for p in caught.value.exceptions)
