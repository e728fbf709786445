"""Are those born later better off at the same age? Two cohorts at one age, tested, in words that name every break."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from analytics.cohorts.tables import AGE_GROUPS, STEP, CohortTable
from analytics.cohorts.wording import say
from analytics.results import NotEstimable
from analytics.statistics.differences import DifferenceTest, difference_test
from data.catalogue import indicators, region_names
from data.format.numbers import DECIMALS, number, percent
from data.period import Period


@dataclass(frozen=True)
class SameAge:
    """Two cohorts at the same age in one region: the later born, the earlier born, and the test of their shares.

    `later` and `earlier` hold cohort, year, count, population, share and status of the cell. `breaks` are the years in
    which a new series began between the two: with any, no difference is claimed, since it may come from the break.
    `overlapping`: the cohorts share birth years (compared less than five years apart). `left_out`: municipalities that
    are not in a county's sum.
    """

    indicator: str
    region_code: str
    sex: str
    age_group: str
    later: dict[str, object]
    earlier: dict[str, object]
    test: DifferenceTest
    breaks: tuple[int, ...]
    overlapping: bool
    left_out: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        """What may be said: the test's verdict, or `across_break` where a new series began between the two."""
        return "across_break" if self.breaks else self.test.verdict

    def sentence(self, lang: str = "en") -> str:
        """Return the comparison in words, with the preliminary status and every break named."""
        parts = [self._main(lang), *self._cautions(lang)]
        return " ".join(part for part in parts if part)

    def finding(self, lang: str = "en") -> str:
        """Return the comparison in words with breaks and preliminary figures named in short."""
        short = [say(lang, "same_age.short_break", year=year) for year in self.breaks]
        if any(cell["status"] == "preliminary" for cell in (self.later, self.earlier)):
            short.append(say(lang, "same_age.short_preliminary"))
        if self.overlapping:
            short.append(say(lang, "same_age.short_overlapping"))
        short += self._few(lang)
        return " ".join([self._main(lang), *short])

    def _main(self, lang: str) -> str:
        facts = {
            "region": self._place(lang),
            "age": self.age_group.replace("-", "–"),
            "sex": say(lang, f"sex.{self.sex}"),
        }
        for side, cell in (("later", self.later), ("earlier", self.earlier)):
            facts |= {f"{side}_born": str(cell["cohort"]).replace("-", "–"), f"{side}_year": str(cell["year"])}
            facts[f"{side}_share"] = percent(_known(cell, "share"), DECIMALS["share"], lang)
        return say(lang, f"same_age.{self.verdict}", **facts)

    def _place(self, lang: str) -> str:
        name = region_names().get(self.region_code, self.region_code)
        return say(lang, "without", region=name, count=len(self.left_out)) if self.left_out else name

    def _few(self, lang: str) -> list[str]:
        if not any(cell["small"] for cell in (self.later, self.earlier)):
            return []
        counts = [number(_known(cell, "count"), DECIMALS["count"], lang) for cell in (self.later, self.earlier)]
        return [say(lang, "same_age.small", later=counts[0], earlier=counts[1])]

    def _cautions(self, lang: str) -> list[str]:
        reasons = {Period.of(point.at).year: point.reason[lang] for point in indicators()[self.indicator].breaks}
        said = [say(lang, "same_age.break", year=year, reason=reasons[year]) for year in self.breaks]
        preliminary = [cell["year"] for cell in (self.later, self.earlier) if cell["status"] == "preliminary"]
        said += [say(lang, "same_age.preliminary", year=year) for year in preliminary]
        if self.overlapping:
            said.append(say(lang, "same_age.overlapping"))
        return said + self._few(lang)


def _known(cell: Mapping[str, object], name: str) -> float | None:
    value = cell[name]
    return value if isinstance(value, int | float) else None


def same_age(
    table: CohortTable, age_group: str, later_year: int | None = None, years_apart: int = STEP
) -> SameAge | NotEstimable:
    """Return the comparison of the cohort that has the age in `later_year` with the one `years_apart` earlier.

    NotEstimable: a year is not in the table, or a number is hidden, missing or only a lower bound.
    """
    cells = table.frame.filter(pl.col("age_group") == age_group)
    years = cells.filter(pl.col("share").is_not_null())["year"]
    if later_year is None and years.is_empty():
        return NotEstimable("cohort_year_unknown", (("age", age_group), ("years", "–")))
    later_year = later_year if later_year is not None else int(years.max())  # type: ignore[arg-type]
    wanted = (later_year, later_year - years_apart)
    found = [cells.filter((pl.col("year") == year) & pl.col("share").is_not_null()) for year in wanted]
    unknown = [year for year, rows in zip(wanted, found, strict=True) if rows.is_empty()]
    if unknown:
        return NotEstimable("cohort_year_unknown", (("age", age_group), ("years", ", ".join(map(str, unknown)))))
    later, earlier = (rows.row(0, named=True) for rows in found)
    test = difference_test(later["count"], later["population"], earlier["count"], earlier["population"])
    crossed = tuple(year for year in table.breaks if earlier["year"] < year <= later["year"])
    place = (table.indicator, table.region_code, table.sex, age_group)
    overlapping = earlier["born_last"] >= later["born_first"]
    return SameAge(*place, later, earlier, test, crossed, overlapping, table.left_out)


def same_age_comparisons(table: CohortTable) -> tuple[SameAge | NotEstimable, ...]:
    """Return, for each age, the newest cohort against the one five years earlier."""
    return tuple(same_age(table, age_group) for age_group in AGE_GROUPS)


def within_series(table: CohortTable, age_group: str) -> SameAge | NotEstimable:
    """Return the newest cohort against the first of the same series, no break between them, at most five years apart.

    table: yearly. Less than five years apart the two cohorts share birth years (`overlapping`). NotEstimable: the
    series holds one known year.
    """
    years = table.frame.filter((pl.col("age_group") == age_group) & pl.col("share").is_not_null())["year"].to_list()
    start = max((at for at in table.breaks if years and at <= max(years)), default=min(years, default=0))
    known = [year for year in years if max(start, max(years) - STEP) <= year < max(years)]
    if not known:
        return NotEstimable("cohort_year_unknown", (("age", age_group), ("years", str(start or "–"))))
    return same_age(table, age_group, max(years), max(years) - min(known))
