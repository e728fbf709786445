"""Names of places and of groups of people in the reader's language."""

import re
from dataclasses import dataclass

import polars as pl

from analytics import provenance, regions
from analytics.exclusion.rates import View
from pages.format.texts import language, text

_SPAN = re.compile(r"(\d+)-(\d+)")
_UNDER = re.compile(r"under-(\d+)")
_OVER = re.compile(r"(\d+)\+")


@dataclass(frozen=True)
class PopulationGroup:
    """The people some numbers are about: the one home of what they are called in titles, sentences and files.

    age_group: empty where people of several ages are told apart by another column, or followed from birth.
    indicator: names those who are counted, where it counts others than residents (pupils, the labour force).
    """

    age_group: str
    sex: str
    indicator: str = ""

    def __str__(self) -> str:
        """Return the group in words: `kvinner 20–24 år`, `innbyggere 15–29 år`, `elever i alle aldre`."""
        if not self.age_group:
            return self._who()
        key = "group.all_ages" if self.age_group == "all" else "group.aged"
        return text(key, who=self._who(), ages=age(self.age_group))

    def file_stem(self, stem: str) -> str:
        """Return the name of a file about the group: `trend-20-24-female`."""
        return "-".join(filter(None, (stem, self.age_group.replace("+", "-plus"), self.sex)))

    def on_rows(self, table: pl.DataFrame) -> pl.DataFrame:
        """Return a table with the group's age and sex as columns, where its rows do not tell of their own."""
        told = {"age_group": self.age_group, "sex": self.sex}
        return table.with_columns(
            pl.lit(code).alias(name) for name, code in told.items() if code and name not in table.columns
        )

    def _who(self) -> str:
        own = provenance.indicators()[self.indicator].people if self.indicator else {}
        return own[self.sex][language()] if self.sex in own else text(f"group.{self.sex}")


def group_of(view: View) -> PopulationGroup:
    """Return the group a view of an indicator is about."""
    return PopulationGroup(view.age_group, view.sex, view.indicator)


def place(code: str) -> str:
    """Return a region's name; the nation's name is a word of the language, the others are names."""
    return text("place.nation") if code == regions.NATION else regions.name_of(code)


def age(age_group: str) -> str:
    """Return an age group in words: `15-29`, `under-30`, `67+` or `all`; another stays as its publisher wrote it."""
    if found := _SPAN.fullmatch(age_group):
        return text("age.span", low=found[1], high=found[2])
    if found := _UNDER.fullmatch(age_group):
        return text("age.under", age=found[1])
    if found := _OVER.fullmatch(age_group):
        return text("age.over", age=found[1])
    return text("age.all") if age_group == "all" else age_group


def named(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """Return rows of regions with the name of each in `column`."""
    names = {code: place(code) for code in frame["region_code"].unique()}
    return frame.with_columns(pl.col("region_code").replace_strict(names, return_dtype=pl.String).alias(column))
