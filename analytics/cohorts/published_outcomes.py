"""What became of them by published studies: shares with intervals where persons are known, and the finding in words.

Each study stands under its own place and definition. None is about a municipality; some hold the reader's county.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from analytics.errors import StatisticsInputError
from analytics.results import NotEstimable
from analytics.statistics import wilson_limits
from data import i18n
from data.age_group import AgeGroup
from data.catalogue import region_names
from data.curated.outcomes.read import KEY as GROUP
from data.curated.outcomes.read import studies
from data.curated.outcomes.study import OutcomeStudy, destinations
from data.format.dates import period
from data.format.numbers import percent
from data.region import NATION, Region
from data.warehouse.connection import query


@dataclass(frozen=True)
class PublishedOutcomes:
    """The groups of a study, in its order, each with a row for every destination.

    frame: `GROUP`, destination, side, persons, count, share (0–1), low, high; what is not published is null.
    own: the codes of the reader's county, of today or what it was made of, that the study has; empty: none.
    """

    study: OutcomeStudy
    own: tuple[str, ...]
    frame: pl.DataFrame

    @property
    def named(self) -> pl.DataFrame:
        """The rows of the group that the finding is about: the first of the reader's county, else of the study."""
        rows = self.frame.filter(pl.col("region_code").is_in(self.own)) if self.own else self.frame
        return rows.partition_by(*GROUP, maintain_order=True)[0]

    def finding(self, lang: str = "en") -> str:
        """Return in a sentence, without a full stop, where those of the named group were later."""
        study, named = self.study, self.named
        said = study.sentence[lang]
        if study.beside and self.own:
            said += study.beside[lang]
        return said.format_map({**self._shares(named, lang), **self._words(named.row(0, named=True), lang)})

    def place(self, code: str | None, lang: str = "en") -> str:
        """Return the name of a row's region, or of the study's place where its rows name none."""
        if code is None:
            return self.study.place[lang]
        return i18n.say("analytics", lang, "outcomes.nation") if code == NATION else region_names()[code]

    def label(self, destination: str, lang: str = "en") -> str:
        """Return what a destination is called."""
        return destinations()[destination].label[lang]

    def _shares(self, named: pl.DataFrame, lang: str) -> dict[str, str]:
        """Return the shares a sentence may name: the group's sides and destinations, the last group's, the whole's."""
        same = self.frame.filter(pl.col("region_code").eq_missing(named["region_code"][0]))
        last = same.partition_by(*GROUP, maintain_order=True)[-1]
        whole = self.frame.partition_by(*GROUP, maintain_order=True)[0]
        found = dict(named.select("destination", "share").iter_rows()) | _sides(named)
        found |= {"last": _sides(last)["inside"], "whole": _sides(whole)["inside"]}
        return {name: percent(share, self.study.decimals, lang) for name, share in found.items()}

    def _words(self, row: Mapping[str, str], lang: str) -> dict[str, str]:
        same = self.frame.filter(pl.col("region_code").eq_missing(row["region_code"]))
        group = self.study.subgroups.get(same["subgroup"][-1] or "", {})
        return {
            "place": self.place(row["region_code"], lang),
            "ages": ages(row["age_group"], lang),
            "period": period(row["period"], lang),
            "later": period(row["later"], lang),
            "last_group": group.get(lang, ""),
        }


def outcome_studies() -> tuple[OutcomeStudy, ...]:
    """Return every published study."""
    return tuple(studies().values())


def published_outcomes(study: str, region: str = NATION, level: float = 0.95) -> PublishedOutcomes | NotEstimable:
    """Return a study's groups, its finding told for the county of `region` where the study has it.

    NotEstimable: the study is shown for one county at a time, and has none for this region.
    """
    if study not in studies():
        raise StatisticsInputError("study", repr(study), "known_study")
    facts, rows = studies()[study], query("outcome_rows", study=study)
    own = tuple(code for code in _counties(region) if code in rows["region_code"])
    if facts.own_county_only:
        rows = rows.filter(pl.col("region_code").is_in(own))
        if rows.is_empty():
            return NotEstimable("no_outcomes")
    sides = {name: each.side for name, each in destinations().items()}
    frame = rows.with_columns(side=pl.col("destination").replace_strict(sides, return_dtype=pl.String))
    return PublishedOutcomes(facts, own, _with_limits(frame, level).select(*GROUP, "destination", "side", *_NUMBERS))


def ages(code: str, lang: str) -> str:
    """Return an age group in words: `20–24 år`, `under 25`, `all ages`."""
    group = AgeGroup.of(code)
    kind = "all" if code == "all" else "under" if code.startswith("under-") else "span" if "-" in code else "one"
    high = (group.high or 0) + (kind == "under")
    return i18n.say("analytics", lang, f"outcomes.age.{kind}", low=group.low, high=high)


_NUMBERS = ("persons", "count", "share", "low", "high")


def _with_limits(frame: pl.DataFrame, level: float) -> pl.DataFrame:
    """Return the rows with Wilson's limits where the persons are known; a published share stands for its count."""
    low, high = wilson_limits(frame["share"] * frame["persons"], frame["persons"], level)
    return frame.with_columns(low=pl.Series(low), high=pl.Series(high)).with_columns(
        pl.col("low", "high").fill_nan(None)
    )


def _sides(group: pl.DataFrame) -> dict[str, float]:
    sums = group.group_by("side").agg(pl.col("share").sum())
    return dict.fromkeys(("inside", "outside", "other"), 0.0) | dict(sums.iter_rows())


def _counties(region: str) -> tuple[str, ...]:
    """Return the county of a region and those it was made of; none for the nation."""
    found = Region.of(region)
    county = found if found.level == "county" else Region.of(found.county) if found.county else None
    return (county.code, *county.predecessors) if county else ()
