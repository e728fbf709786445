"""One share is written once: every way to a reader gives the same digits, in both languages."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.format import dates, numbers
from data.format.locales import listed, separators
from data.i18n import LANGUAGES

NB = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


@pytest.mark.long
@given(st.integers(0, 2000), st.integers(1, 2000), st.sampled_from(LANGUAGES))
def test_a_share_of_a_count_is_rounded_as_the_fraction_is_half_away_from_zero(count: int, more: int, lang: str) -> None:
    population = count + more
    tenths = Fraction(1000 * count, population)
    wanted = Decimal(int(tenths + Fraction(1, 2))) / 10
    written = numbers.percent(count / population, 1, lang).rstrip(f"%{NB}").replace(",", ".")
    assert Decimal(written) == wanted


def test_a_share_that_ends_in_five_is_rounded_up_although_its_hundredfold_lies_below() -> None:
    assert numbers.percent(0.0625, 1, "nb") == f"6,3{NB}%"
    assert [numbers.percent(share, 1, "en") for share in (0.0625, 0.0725, 0.1235, 0.2885)] == [
        "6.3%",
        "7.3%",
        "12.4%",
        "28.9%",
    ]


@pytest.mark.long
@given(st.floats(-1e300, 1e300), st.integers(-3, 6), st.sampled_from(LANGUAGES))
def test_any_number_a_file_can_hold_is_written_and_reads_back(value: float, decimals: int, lang: str) -> None:
    decimal, group = separators(lang)
    text = numbers.number(value, decimals, lang).replace(group, "").replace(decimal, ".").replace(MINUS, "-")
    assert abs(Fraction(text) - Fraction(str(value))) <= Fraction(1, 2) * Fraction(10) ** -decimals
    assert text not in ("-0", "-0.0", "-0.00")


@pytest.mark.long
@given(st.floats(0, 1), st.integers(0, 3), st.sampled_from(LANGUAGES))
def test_per_cent_points_and_bare_numbers_share_their_digits(share: float, decimals: int, lang: str) -> None:
    bare = numbers.per_hundred(share, decimals, lang)
    assert numbers.percent(share, decimals, lang).startswith(bare)
    assert numbers.points(share, decimals, lang).startswith(bare + NB)
    assert numbers.percent_interval(share, share, decimals, lang).startswith(f"{bare}–{bare}")
    assert numbers.per_hundred(share, decimals, lang, sign=True).lstrip("+") == bare
    assert Decimal(str(numbers.rounded_percent(share, decimals))) == Decimal(str(share)).scaleb(2).quantize(
        Decimal(1).scaleb(-decimals), ROUND_HALF_UP
    )


@pytest.mark.parametrize(
    ("value", "nb", "en"),
    [(1_234_567_890, f"1{NB}234,6", "1,234.6"), (-5_000_000, f"{MINUS}5,0", f"{MINUS}5.0"), (49_999, "0,0", "0.0")],
)
def test_millions_are_written_as_each_language_writes_them(value: float, nb: str, en: str) -> None:
    assert (numbers.millions(value, 1, "nb"), numbers.millions(value, 1, "en")) == (nb, en)
    assert numbers.is_no_million(value) == (nb == "0,0")


def test_amounts_about_right_end_in_three_zeros() -> None:
    assert numbers.nok(186_500, numbers.DECIMALS["nok_about"], "nb") == f"187{NB}000{NB}kr"
    assert numbers.nok(499, numbers.DECIMALS["nok_about"], "en") == f"NOK{NB}0"


@pytest.mark.parametrize(
    ("value", "written"),
    [(4.0, "4"), (3.5, "3,5"), (0.125, "0,125"), (12.34, "12,3"), (1200.4, f"1{NB}200"), (0.0, "0")],
)
def test_a_number_of_unknown_size_has_fewer_decimals_the_larger_it_is(value: float, written: str) -> None:
    assert numbers.sized(value, "nb") == written


def test_a_row_of_words_ends_with_and() -> None:
    assert listed(["a", "b", "c"], "nb") == "a, b og c"
    assert [listed(["a", "b", "c"][:n], "en") for n in range(4)] == ["", "a", "a and b", "a, b and c"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_day_and_period_has_its_year(lang: str) -> None:
    assert "2026" in dates.date(dt.date(2026, 3, 1), lang)
    assert all("2026" in dates.period(code, lang) for code in ("2026", "2026-03", "2026K2", "2026-27", "2026-03-31"))
    assert "0000" in dates.period("0000-03", lang)
    assert dates.period("1993-2008", lang) == "1993–2008"
