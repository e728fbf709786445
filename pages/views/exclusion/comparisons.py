"""Pictures of one place beside others: differences, the standardised rate, and the profile of all indicators."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from analytics import provenance, regions
from analytics.exclusion import comparisons, standardised_rate
from analytics.exclusion.comparisons import Beside, Comparison
from analytics.exclusion.indicator_profile import profile
from analytics.exclusion.similar_municipalities import RULES
from analytics.results import NotEstimable
from pages.components import rates
from pages.components.chart_card import Chart
from pages.components.citations import citation
from pages.components.data_table import TableColumn, columns_of
from pages.format import sentences
from pages.format.place_names import PopulationGroup, group_of, place
from pages.format.texts import listed, text
from pages.frame import visit
from pages.frame.cache import cached_value
from pages.plots import spine_chart, standardised_rates
from pages.plots.differences import differences
from pages.views.exclusion.selection import ExclusionSelection

beside_of = cached_value(comparisons.beside)
standardised_of = cached_value(standardised_rate.standardised)
profile_of = cached_value(profile)


def compare_chart(choice: ExclusionSelection) -> Chart | NotEstimable:
    """Return the subject minus each comparator, with the test's verdict in words."""
    found = choice.subject
    made = beside_of(found.view, found.region, choice.period, RULES[choice.rule])
    if isinstance(made, NotEstimable):
        return made
    if all(each.kind == "past" for each in made.comparisons):
        return NotEstimable("no_comparator", (("region", place(found.region)),))
    table = _differences(made)
    group = group_of(found.view)
    call = f'beside(view, "{found.region}", "{choice.period}", RULES["{choice.rule}"])'
    return rates.chart(
        found,
        "compare",
        text("exclusion.compare_note"),
        _gap(made, group),
        finding=_compare_finding(made, group),
        period=choice.period,
        picture=differences(table, narrow=visit.narrow()),
        table=table.with_columns(
            pl.col("verdict").map_elements(lambda code: text(f"pictures.verdict.{code}"), pl.String)
        ),
        columns=(
            *columns_of("column", name=("other", "text"), value=("share", "share")),
            *columns_of("column", difference="points", low="points", high="points", verdict="text"),
        ),
        code=rates.reproduction_code(
            found,
            f"compare --period {choice.period} --rule {choice.rule}",
            "analytics.exclusion.comparisons",
            call,
            ("analytics.exclusion.similar_municipalities", "RULES"),
        ),
    )


def standardised_chart(choice: ExclusionSelection) -> Chart | NotEstimable:
    """Return the subject's rate as it is and with the nation's age and sex."""
    found, home = choice.subject, place(choice.subject.region)
    made = standardised_of(found.view, found.region, choice.period)
    if isinstance(made, NotEstimable):
        return made
    shown = {"crude": made.crude, "adjusted": made.standardised}
    table = pl.DataFrame(
        [
            {"name": text(f"pictures.{key}"), "value": rate.estimate, "low": rate.low, "high": rate.high}
            for key, rate in shown.items()
        ]
    )
    return rates.chart(
        found,
        "standardised",
        text("exclusion.standardised_note"),
        finding=standardised_rates.why(made, home, group_of(found.view)),
        picture=standardised_rates.standardised(made, home, place(made.standard), narrow=visit.narrow()),
        table=table,
        period=choice.period,
        columns=(*columns_of("column", name=("measure", "prose")), *rates.figures()[:3]),
        code=rates.reproduction_code(
            found,
            f"standardised --period {choice.period}",
            "analytics.exclusion.standardised_rate",
            f'standardised(view, "{found.region}", "{choice.period}")',
        ),
    )


def profile_chart(choice: ExclusionSelection) -> Chart | NotEstimable:
    """Return every indicator of the subject's place against the spread of its like."""
    region, home = choice.subject.asked, place(choice.subject.asked)
    rows = profile_of(region)
    if isinstance(rows, NotEstimable):
        return rows
    level = regions.level_of(region)
    heading = text("exclusion.profile_finding", place=home, level=text(f"level.{level}"))
    told = rows.filter(pl.col("count").is_not_null() | pl.col("value").is_not_null())
    cited = told.select("edition", "indicator").unique(maintain_order=True).iter_rows()
    return Chart(
        finding=heading,
        alt=text("exclusion.profile_alt", finding=heading),
        picture=spine_chart.profile(rows, home, level=level, narrow=visit.narrow()),
        table=_profile_table(rows, level),
        columns=(
            *columns_of("column", name=("measure", "prose"), value=("share", "share")),
            *columns_of("column", least="share", median="share", most="share"),
            TableColumn("nation", text("place.nation"), "share"), *columns_of("column", verdict="prose"),
        ),
        sources=tuple(citation(edition, indicator) for edition, indicator in cited),
        stem="profile", place=home,
        note=text("exclusion.profile_note"),
        more=_elsewhere(rows, level),
        command=f"python -m analytics profile --region {region}",
        python=f'from analytics.exclusion.indicator_profile import profile\nprofile("{region}")',
    )  # fmt: skip


def _differences(made: Beside) -> pl.DataFrame:
    shown = [_row(each) for each in made.comparisons if each.kind != "past"]
    return pl.DataFrame(shown, schema_overrides=dict.fromkeys(("difference", "low", "high", "value"), pl.Float64))


def _row(each: Comparison) -> dict[str, object]:
    known = None if isinstance(each.difference, NotEstimable) else each.difference
    return {
        "name": sentences.other_name(each), "value": each.value, "difference": known and known.estimate,
        "low": known and known.low, "high": known and known.high, "verdict": each.verdict,
    }  # fmt: skip


def _compare_finding(made: Beside, group: PopulationGroup) -> str:
    """Return the verdict against the rest of the nation, else against the first comparator."""
    leading = made.one("rest_of_nation") or next(each for each in made.comparisons if each.kind != "past")
    frequency = provenance.indicators()[made.view.indicator].frequency
    return sentences.comparison(leading, made.home, group, frequency)


def _gap(made: Beside, group: PopulationGroup) -> str:
    nation = made.one("rest_of_nation")
    if nation is None:
        return ""
    return sentences.gap(comparisons.gap_in_persons(made.home, nation), sentences.other_name(nation), group)


def _elsewhere(rows: pl.DataFrame, level: str) -> tuple[str, ...]:
    """Return which indicators nobody publishes of such places, in a sentence."""
    names = [spine_chart.row_name(row) for row in rows.filter(spine_chart.elsewhere()).iter_rows(named=True)]
    told = {"names": listed(names), "level": text(f"level.{level}")}
    return (text("exclusion.profile_elsewhere", **told),) if names else ()


def _profile_table(rows: pl.DataFrame, level: str) -> pl.DataFrame:
    names = [spine_chart.row_name(row) for row in rows.iter_rows(named=True)]
    verdicts = [_profile_verdict(row, level) for row in rows.iter_rows(named=True)]
    return rows.with_columns(pl.Series("name", names), pl.Series("verdict", verdicts))


def _profile_verdict(row: Mapping[str, Any], level: str) -> str:
    return spine_chart.reason_words(row, level) if row["reason"] else text(f"pictures.verdict.{row['verdict']}")
