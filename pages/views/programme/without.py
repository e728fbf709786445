"""What the figures would have been without the programme: the municipality beside its synthetic self."""

import polars as pl
import streamlit as st

from analytics import provenance, regions
from analytics.counterfactual import programme_effect
from analytics.counterfactual.placebo_tests import LEVEL
from analytics.counterfactual.programme_effect import Counterfactual
from analytics.exclusion import subject
from analytics.programme import readings
from analytics.results import NotEstimable
from data.settings import settings
from pages.components import chart_card, table_card
from pages.components.chart_card import Chart
from pages.components.citations import citation
from pages.components.data_table import TableColumn, columns_of
from pages.format import numbers
from pages.format.place_names import group_of, place
from pages.format.texts import language, text
from pages.frame import visit
from pages.frame.cache import cached_object, cached_value
from pages.frame.sight import seen
from pages.frame.source_footer import Citation
from pages.plots.time_series import BreakMark, trend


def _found() -> Counterfactual | NotEstimable:
    return _since(readings.started(seen()))


@cached_value
def _since(start: int | None) -> Counterfactual | NotEstimable:
    main = settings().main_indicator
    asked = subject.subject(main.id, regions.home(), main.age_group, main.sex)
    if asked is None or asked.stepped_up or start is None:
        return NotEstimable("counterfactual_not_for")
    return programme_effect.counterfactual(asked.view, regions.home(), start)


def show_picture() -> None:
    """Write the municipality beside its synthetic self, or why that cannot be told."""
    found = _found()
    if isinstance(found, NotEstimable):
        st.info(found.sentence(language()))
    else:
        chart_card.show(chart())


def show_rest() -> None:
    """Write the places the synthetic one is made of, and the years in which nothing began."""
    found = _found()
    if isinstance(found, NotEstimable):
        st.info(found.sentence(language()))
        return
    st.markdown(text("without.lead"))
    _donors(found)
    _in_time(found)


def chart() -> Chart:
    """Return the municipality and its synthetic self over time, with what chance alone gives from the start on."""
    return _drawn_since(readings.started(seen()))


@cached_object
def _drawn_since(start: int | None) -> Chart:
    found = _since(start)
    if isinstance(found, NotEstimable):
        raise TypeError(found)
    group, home, other = group_of(found.view), place(found.region), text("without.together")
    finding = found.finding(language())
    facts = {"start": found.effect.start, "fit": numbers.points(found.fit, 2), "p": numbers.p_value(found.effect.p)}
    columns = (TableColumn("year", text("column.period")), TableColumn("actual", home, "share"),
               TableColumn("synthetic", other, "share"), *columns_of("without", gap="points"))  # fmt: skip
    return Chart(
        finding=finding, alt=text("without.alt", place=home, finding=finding),
        picture=trend(_drawn(found, home, other), home, breaks=_breaks(found), narrow=visit.narrow(), banded=(other,)),
        table=found.frame.with_columns(pl.col("year").cast(pl.String)).sort("year", descending=True), columns=columns,
        sources=_sources(found), stem="without", note=found.reservations(language()), group=group,
        more=(text("without.method", **facts), text("without.cause")),
        command=f"python -m analytics counterfactual --region {found.region} --indicator {found.view.indicator} "
        f"--start {found.effect.start} --lang {language()}",
    )  # fmt: skip


def _drawn(found: Counterfactual, home: str, other: str) -> pl.DataFrame:
    """Return both lines as the picture takes them; from the start on the synthetic one with its reach of chance."""
    limit, marked = found.effect.limit, [str(year) for year in found.preliminary]
    rows = found.frame.select(pl.col("year").cast(pl.String).alias("period"), "actual", "synthetic")
    after = pl.col("period") >= str(found.effect.start)
    own = rows.select(pl.lit(home).alias("series"), "period", value="actual")
    made = rows.select(pl.lit(other).alias("series"), "period", value="synthetic")
    reach = {"low": pl.when(after).then(pl.col("value") - limit), "high": pl.when(after).then(pl.col("value") + limit)}
    status = pl.when(pl.col("period").is_in(marked)).then(pl.lit("preliminary")).otherwise(pl.lit("final"))
    lines = [own.with_columns(pl.lit(None, pl.Float64).alias(name) for name in reach), made.with_columns(**reach)]
    return pl.concat(lines).with_columns(status=status)


def _breaks(found: Counterfactual) -> list[BreakMark]:
    inside = [each.at for each in provenance.indicators()[found.view.indicator].breaks]
    return [BreakMark(at, text("exclusion.break")) for at in inside if str(found.years[0]) < at <= str(found.years[-1])]


def _sources(found: Counterfactual) -> tuple[Citation, ...]:
    return tuple(citation(edition, found.view.indicator) for edition in found.editions)


def _donors(found: Counterfactual) -> None:
    rows = pl.DataFrame([{"name": place(code), "weight": weight} for code, weight in found.donors])
    columns = (TableColumn("name", text("column.region")), *columns_of("without", weight="share_whole"))
    table_card.show(rows, columns, text("without.donors"), _sources(found), "without-donors")


def _in_time(found: Counterfactual) -> None:
    """Write what the same calculation says of starts in which nothing began, the real one last."""
    bold = sum(each.p <= LEVEL for each in found.in_time)
    st.markdown(text("without.in_time_lead", number=len(found.in_time), bold=bold))
    rows = pl.DataFrame(
        [
            {"years": f"{each.start}–{each.last}", "gap": each.gap, "limit": each.limit, "p": each.p}
            for each in (*found.in_time, found.effect)
        ]
    )
    columns = columns_of("without", years="text", gap="points", limit="points", p="p")
    table_card.show(rows, columns, text("without.in_time"), _sources(found), "without-in-time")
