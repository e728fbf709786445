import datetime as dt
import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.i18n import LANGUAGES
from pages.format import numbers as written

NB = "\u00a0"


@pytest.mark.parametrize(
    ("value", "decimals", "nb", "en"),
    [
        (1234.5, 1, f"1{NB}234,5", "1,234.5"),
        (2465, 0, f"2{NB}465", "2,465"),
        (1234567, 0, f"1{NB}234{NB}567", "1,234,567"),
        (0, 0, "0", "0"),
        (999.95, 1, f"1{NB}000,0", "1,000.0"),
        (-3.25, 1, "−3,3", "−3.3"),
        (-0.04, 1, "0,0", "0.0"),
        (2.675, 2, "2,68", "2.68"),
        (0.5, 0, "1", "1"),
        (1.5, 0, "2", "2"),
        (-0.5, 0, "−1", "−1"),
        (Decimal("1e3"), 0, f"1{NB}000", "1,000"),
        (1e-9, 2, "0,00", "0.00"),
    ],
)
def test_a_number_is_written_as_its_language_writes_it(value, decimals, nb, en) -> None:
    assert written.number(value, decimals, "nb") == nb
    assert written.number(value, decimals, "en") == en


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("value", [None, math.nan, math.inf, -math.inf, Decimal("NaN")])
def test_unknown_is_a_dash_and_never_zero(value, lang) -> None:
    for way in (written.number, written.percent, written.persons, written.nok, written.nok_million, written.points):
        assert way(value, lang=lang) == "–"
    assert written.percent_interval(value, 0.1, lang=lang) == "–"


def test_a_dash_can_say_why() -> None:
    assert written.unknown("suppressed", "nb") == "– (skjult for ikke å røpe et lavt tall)"
    assert written.unknown("suppressed", "en") == "– (hidden so as not to give a small number away)"


@pytest.mark.parametrize(
    ("share", "nb", "en"),
    [(2465 / 24814, f"9,9{NB}%", "9.9%"), (0.0995, f"10,0{NB}%", "10.0%"), (1, f"100,0{NB}%", "100.0%")],
)
def test_a_share_becomes_percent_only_here(share, nb, en) -> None:
    assert written.percent(share, lang="nb") == nb
    assert written.percent(share, lang="en") == en


def test_half_a_tenth_rounds_away_from_zero_although_binary_numbers_lie_below_it() -> None:
    assert written.percent(0.1235, lang="en") == "12.4%"
    assert written.percent(-0.1235, lang="en") == "−12.4%"
    assert written.percent(0.285, 0, "en") == "29%"


def test_an_interval_with_a_negative_limit_is_not_read_as_a_difference() -> None:
    assert written.percent_interval(0.095, 0.103, lang="nb") == f"9,5–10,3{NB}%"
    assert written.percent_interval(-0.005, 0.012, lang="nb") == f"−0,5{NB}% til 1,2{NB}%"
    assert written.percent_interval(-0.005, 0.012, lang="en") == "−0.5% to 1.2%"


def test_one_person_is_singular_in_both_languages() -> None:
    assert [written.persons(n, "nb") for n in (0, 1, 2)] == [f"0{NB}personer", f"1{NB}person", f"2{NB}personer"]
    assert [written.persons(n, "en") for n in (0, 1, 2)] == [f"0{NB}people", f"1{NB}person", f"2{NB}people"]
    assert written.points(0.01, 0, "en") == written.points(0.0104, 0, "en") == f"1{NB}percentage point"
    assert written.points(0.012, 1, "nb") == f"1,2{NB}prosentpoeng"


def test_kroner_carry_their_unit() -> None:
    assert written.nok(-1234, lang="nb") == f"−1{NB}234{NB}kr"
    assert written.nok(1234, lang="en") == f"NOK{NB}1,234"
    assert written.nok_million(12_340_000, lang="nb") == f"12,3{NB}mill.{NB}kr"
    assert written.nok_million(12_340_000, lang="en") == f"NOK{NB}12.3{NB}million"


def test_a_sign_is_shown_only_where_something_is_left_after_rounding() -> None:
    assert [written.signed(v, 1, "nb") for v in (1.2, -1.2, 0, 0.04)] == ["+1,2", "−1,2", "0,0", "0,0"]


def test_a_day_has_its_month_in_words() -> None:
    assert written.date(dt.date(2026, 11, 21), "nb") == "21. november 2026"
    assert written.date(dt.date(2026, 11, 21), "en") == "21 November 2026"
    assert written.date(None, "nb") == "–"


@pytest.mark.parametrize(
    ("code", "nb", "en"),
    [
        ("2024", "2024", "2024"),
        (2022, "2022", "2022"),
        ("2022-03", "mars 2022", "March 2022"),
        ("2022M12", "desember 2022", "December 2022"),
        ("2020-21", "2020–21", "2020–21"),
        ("2020-2021", "2020–2021", "2020–2021"),
        ("2024K1", "1. kvartal 2024", "1st quarter 2024"),
        ("2025-11-30", "30. november 2025", "30 November 2025"),
        ("2025-13-30", "2025-13-30", "2025-13-30"),
        ("ukjent", "ukjent", "ukjent"),
        (None, "–", "–"),
        ("", "–", "–"),
    ],
)
def test_a_period_is_read_as_what_it_is(code, nb, en) -> None:
    assert written.period(code, "nb") == nb
    assert written.period(code, "en") == en


def test_a_school_year_that_looks_like_a_month_is_a_school_year_when_said_so() -> None:
    assert written.period("2010-11", "nb") == "november 2010"
    assert written.period("2010-11", "nb", frequency="school_year") == "2010–11"
    assert written.position("2010-11", "school_year") == 2010.5
    assert [written.position(each) for each in ("2010", "2010-01", "2010-07", "2010K1")] == [2010, 2010, 2010.5, 2010]


@pytest.mark.long
@given(st.integers(1990, 2050), st.integers(1, 11))
def test_later_periods_lie_further_along_the_axis(year: int, month: int) -> None:
    assert written.position(f"{year}-{month:02}") < written.position(f"{year}-{month + 1:02}")
    assert written.position(f"{year}") <= written.position(f"{year}K1") < written.position(f"{year}K2")
    assert written.position(f"{year}-12-31") < written.position(f"{year + 1}")


@pytest.mark.long
@given(st.decimals(-(10**12), 10**12, places=4), st.integers(0, 4), st.sampled_from(LANGUAGES))
def test_a_written_number_reads_back_as_the_number_rounded(value: Decimal, decimals: int, lang: str) -> None:
    text = written.number(value, decimals, lang).replace("−", "-")
    text = text.replace(NB, "").replace(",", ".") if lang == "nb" else text.replace(",", "")
    assert abs(Decimal(text) - value) <= Decimal("0.5").scaleb(-decimals)


@pytest.mark.parametrize(
    ("p", "nb", "en"),
    [(0.0408, "0,041", "0.041"), (1.0, "1,000", "1.000"), (8e-10, "< 0,001", "< 0.001"), (0.0005, "0,001", "0.001"),
     (0.00049, "< 0,001", "< 0.001"), (None, "–", "–")],
)  # fmt: skip
def test_a_p_value_is_never_zero(p: float | None, nb: str, en: str) -> None:
    assert (written.p_value(p, "nb"), written.p_value(p, "en")) == (nb, en)


def test_no_line_ends_inside_a_span_of_numbers_and_words_are_left_alone() -> None:
    joined = written.unbroken("Kristiansand: 9,9 % (15–29 år) – lavere enn før–etter")
    assert joined == "Kristiansand: 9,9 % (15\u2060–\u206029\u00a0år) – lavere enn før–etter"
