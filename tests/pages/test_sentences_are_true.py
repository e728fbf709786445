"""The truth test: every sentence about every municipality in every year, read back and checked against the numbers.

The numbers come from the delivery's own rows and the test from formulas written here, apart from those of the project.
"""

import math
import re
from collections.abc import Iterator
from functools import cache

import polars as pl
import pytest

from analytics import regions as places
from analytics.exclusion import comparisons, rounded_shares
from analytics.exclusion.comparisons import Beside, Comparison, beside, gap_in_persons
from analytics.exclusion.rates import View, as_rate, cross_section
from analytics.results import NotEstimable
from analytics.statistics import differences
from data import paths
from data.catalogue import indicators
from data.i18n import speaking
from pages.format import sentences
from pages.format.place_names import group_of
from tests.ground import opened
from tests.pages.own_arithmetic import newcombe, supported

pytestmark = pytest.mark.long
VIEW = View("neet_register", "15-29", "both", "ssb-13556-2025-11")
YEARS = [str(year) for year in range(2008, 2025)]
AROUND_BREAKS = ("2008", "2014", "2015", "2020", "2021", "2024")
"""The ends of the series and both sides of its breaks; the years between are among the slow."""
BREAKS = (2015, 2021)
WORDS = {
    "nb": {
        "klart høyere": (1, 2), "noe høyere": (1, 1), "ingen sikker": (0, 0), "noe lavere": (-1, 1),
        "klart lavere": (-1, 2), "en klar økning": (1, 2), "en viss økning": (1, 1), "en viss nedgang": (-1, 1),
        "en klar nedgang": (-1, 2),
    },
    "en": {
        "clearly higher": (1, 2), "somewhat higher": (1, 1), "no certain": (0, 0), "somewhat lower": (-1, 1),
        "clearly lower": (-1, 2), "a clear increase": (1, 2), "some increase": (1, 1), "some decrease": (-1, 1),
        "a clear decrease": (-1, 2),
    },
}  # fmt: skip
UNKNOWN = {"nb": ("kan ikke", "kan vi ikke"), "en": ("cannot", "nothing can be said")}
PRELIMINARY = {"nb": "foreløpige tall", "en": "preliminary figures"}
GAP = {
    "nb": ("færre personer", "flere personer", "ikke sikker"),
    "en": ("fewer persons", "more persons", "not certain"),
}
BREAK = {"nb": "mellom {} og {}", "en": "between {} and {}"}

Cell = tuple[int | None, int, str, int]


@cache
def delivered() -> dict[tuple[str, str], Cell]:
    """Return count, population, status and unknown parts of every region and year, from the delivery itself."""
    file = paths.DATA / "raw" / "ssb" / "2025-11" / "neet_register.csv"
    rows = pl.read_csv(file, infer_schema=False).filter(age_group="15-29", sex="both")
    return {
        (row["region_code"], row["period"]): (
            None if row["count"] is None or row["count"] == "" else int(row["count"]), int(row["population"] or 0),
            row["status"], int(row["parts_missing"] or 0),
        )
        for row in rows.iter_rows(named=True)
    }  # fmt: skip


def claimed(sentence: str, lang: str) -> tuple[int, int] | None:
    """Return the direction and strength a sentence claims, None where it says that nothing can be said."""
    found = [claim for words, claim in WORDS[lang].items() if words in sentence]
    assert len(found) <= 1, sentence
    if not found:
        assert any(words in sentence for words in UNKNOWN[lang]), sentence
        return None
    return found[0]


def percent(share: float, lang: str) -> str:
    written = f"{math.floor(share * 1000 + 0.5 + 1e-9) / 10:.1f}"
    return written.replace(".", ",") + " %" if lang == "nb" else written + "%"


def plain(sentence: str) -> str:
    return re.sub(r"[\u00a0\u202f\u2009]", " ", sentence)


def others_numbers(found: Comparison, home: str, year: str) -> tuple[int, int] | None:
    """Return the other side's count and population from the delivery, None where they are not known."""
    cells = delivered()
    if found.kind == "past":
        count, people, _, parts = cells[home, found.period]
        return None if count is None or parts else (count, people)
    if found.kind.startswith("rest_of"):
        whole, mine = cells.get((found.other, year)), cells[home, year]
        whole = whole or summed(found.other, year)
        if whole is None or whole[0] is None or mine[0] is None or whole[3] or mine[3]:
            return None
        return whole[0] - mine[0], whole[1] - mine[1]
    if found.kind == "similar":
        assert found.count is not None
        assert found.population is not None
        return found.count, found.population
    count, people, _, parts = cells[found.other, year]
    return None if count is None or parts else (count, people)


def summed(county: str, year: str) -> Cell | None:
    """Return a county as the sum of its municipalities of today, None where one has no row."""
    table = places.current_regions().filter(pl.col("county") == county, pl.col("level") == "municipality")
    parts = [delivered().get((code, year)) for code in table["code"]]
    if any(part is None for part in parts):
        return None
    known = [part for part in parts if part is not None]
    unknown = sum(part[0] is None or part[3] > 0 for part in known)
    return sum(part[0] or 0 for part in known), sum(part[1] for part in known), known[0][2], unknown


def check_comparison(found: Comparison, side: Beside, sentence: str, lang: str) -> None:
    home, year = side.home.region, side.home.period
    mine, other = delivered()[home, year], others_numbers(found, home, year)
    claim = claimed(sentence, lang)
    between = [at for at in BREAKS if int(found.period) < at <= int(year)]
    if claim is not None:
        assert other is not None, sentence
        assert mine[0] is not None, sentence
        assert claim == supported((mine[0], mine[1]), other), sentence
        assert not between, sentence
        assert found.kind == "past" or year in sentence, sentence
    elif other is not None and mine[0] is not None and not mine[3]:
        assert between, sentence
    if found.kind == "past":
        assert found.period in sentence, sentence
        assert year in sentence, sentence
        assert all(BREAK[lang].format(at - 1, at) in sentence for at in between if other is not None), sentence
    if other is not None and found.value is not None:
        assert percent(other[0] / other[1], lang) in sentence, sentence
    assert (PRELIMINARY[lang] in sentence) is (year == "2024"), sentence


def check_gap(found: Comparison, side: Beside, lang: str) -> None:
    gap = gap_in_persons(side.home, found)
    sentence = plain(sentences.gap(gap, sentences.other_name(found), group_of(VIEW)))
    other = others_numbers(found, side.home.region, side.home.period)
    count, people, _, _ = delivered()[side.home.region, side.home.period]
    said = [words in sentence for words in GAP[lang]]
    if isinstance(gap.persons, NotEstimable):
        assert not any(said), sentence
        return
    assert other is not None
    assert count is not None
    direction, strength = supported((count, people), other)
    expected = [direction > 0, direction < 0, direction == 0] if strength else [False, False, True]
    assert said == expected, sentence
    low, high = newcombe((count, people), other, 0.95)
    persons = count - people * other[0] / other[1]
    assert math.isclose(gap.persons.estimate, persons, abs_tol=1e-6)
    assert math.isclose(gap.persons.low, low * people, abs_tol=1e-6)
    assert math.isclose(gap.persons.high, high * people, abs_tol=1e-6)
    if strength and abs(persons) < 1000:
        said_persons = re.search(r"(\d+) (?:færre|flere|fewer|more)", sentence)
        assert said_persons is not None, sentence
        assert abs(int(said_persons[1]) - abs(persons)) <= 0.5 + 1e-6, sentence


def check_level(side: Beside, lang: str) -> None:
    sentence = plain(sentences.level(group_of(VIEW), side.home))
    count, people, status, parts = delivered()[side.home.region, side.home.period]
    assert count is not None
    group = " " if lang == "nb" else ","
    assert f"{count:,}".replace(",", group) in sentence, sentence
    assert f"{people:,}".replace(",", group) in sentence, sentence
    assert side.home.period in sentence, sentence
    if not parts:
        assert percent(count / people, lang) in sentence, sentence
    assert (PRELIMINARY[lang] in sentence) is (status == "preliminary" or side.home.period == "2024"), sentence


def sides(year: str) -> Iterator[Beside | NotEstimable]:
    """Yield every municipality in a year beside the others and its past: the whole past of the last year."""
    for code in municipalities():
        if (code, year) in delivered():
            yield beside(VIEW, code, year)


def whole_of(level: str) -> pl.DataFrame:
    """Return all years of every region of a level."""
    return pl.concat([cross_section(VIEW, year, level) for year in YEARS])


def told_of(side: Beside) -> list[Comparison]:
    """Return the comparisons to read: all of the last year, of earlier years the past that the first screen names."""
    if side.home.period == YEARS[-1]:
        return list(side.comparisons)
    named = sentences.earlier(side)
    return [each for each in side.comparisons if each.kind != "past" or each == named]


def municipalities() -> list[str]:
    return places.current_regions().filter(pl.col("level") == "municipality")["code"].to_list()


@pytest.fixture(autouse=True)
def _ground(monkeypatch: pytest.MonkeyPatch) -> None:
    opened(monkeypatch)


@pytest.fixture
def once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the warehouse each question once: the sentences of 357 places share their cross sections."""
    for module, name in ((comparisons, "cross_section"), (rounded_shares, "half_units")):
        monkeypatch.setattr(module, name, cache(getattr(module, name)))
    whole = comparisons.series(VIEW, tuple(municipalities())).partition_by("region_code", as_dict=True)

    def own_series(view: View, regions: tuple[str, ...]) -> pl.DataFrame:
        return whole[regions]

    monkeypatch.setattr(differences, "_implied_p", lambda *_: 0.5)  # no sentence says p, and no verdict rests on it
    monkeypatch.setattr(comparisons, "series", own_series)
    everyone = pl.concat([whole_of(level) for level in places.LEVELS])
    known = {(row["region_code"], row["period"]): as_rate(row) for row in everyone.iter_rows(named=True)}
    monkeypatch.setattr(comparisons, "rate_at", lambda _frame, region, period: known.get((region, period)))
    structure = cache(comparisons.similar_municipalities.__globals__["_structure"])
    monkeypatch.setitem(comparisons.similar_municipalities.__globals__, "_structure", structure)


@pytest.mark.usefixtures("once")
@pytest.mark.parametrize(
    "year", [year if year in AROUND_BREAKS else pytest.param(year, marks=pytest.mark.slow) for year in YEARS]
)
def test_every_sentence_about_every_municipality_is_true(year: str) -> None:
    assert tuple(int(point.at) for point in indicators()["neet_register"].breaks) == BREAKS
    told = 0
    for side in sides(year):
        if isinstance(side, NotEstimable):
            assert all(side.sentence(lang) for lang in ("nb", "en"))
            continue
        for lang in ("nb", "en")[: 2 if int(year) % 3 == 2 else 1]:  # 2024 and every third year in both languages
            with speaking(lang):
                check_level(side, lang)
                for found in told_of(side):
                    sentence = plain(sentences.comparison(found, side.home, group_of(VIEW)))
                    check_comparison(found, side, sentence, lang)
                    check_gap(found, side, lang)
                    told += 1
    assert told > 350
