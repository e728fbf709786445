"""What the measures of the programme were modelled to give, beside what the plan has measured."""

import polars as pl
import streamlit as st

from analytics.programme import readings
from benefits.realisation import plan
from benefits.realisation.plan import Compared
from pages.components import table_card
from pages.components.citations import own_source, plan_edition
from pages.components.data_table import columns_of
from pages.format.html import link
from pages.format.texts import language, text
from pages.frame.cache import cached_value
from pages.frame.sight import seen
from pages.frame.url import widgets
from pages.views.gains.programme.portfolio_reading import ProgrammeCase

_statuses = cached_value(plan.statuses)
_compared = cached_value(plan.compared)


def show(case: ProgrammeCase) -> None:
    """Write persons modelled, planned and realised by gain of the plan, or that nothing is measured yet."""
    st.subheader(text("gains.programme.realised"), anchor=False)
    found = plan.plan_in_use(seen()).plan
    rows = [] if found is None else _measured(_compared(_statuses(found, plan.today(), readings.started(seen()))), case)
    if found is None or not rows:
        st.markdown(text("gains.programme.not_measured"))
    else:
        st.markdown(text("gains.programme.realised_lead"))
        sources = (own_source(text("gains.programme.plan"), plan_edition(found.file, found.event)),)
        table_card.show(
            pl.DataFrame([_row(each) for each in rows]),
            columns_of("gains.column", gain="prose", scenario="prose", modelled="rate", realised="count"),
            text("gains.programme.realised"), sources, "gains-realised",
            example=found.example or any(each.example for each in rows),
        )  # fmt: skip
    st.html(link(widgets.address("programme", part="modelled"), text("gains.programme.see_plan")))


def _measured(rows: tuple[Compared, ...], case: ProgrammeCase) -> list[Compared]:
    """Return the gains of the programme's measures for which both numbers are known."""
    known = [each for each in rows if each.modelled_now is not None and each.realised_persons is not None]
    return [each for each in known if each.scenario in case.portfolio.scenarios]


def _row(each: Compared) -> dict[str, object]:
    """Return persons of a gain; a share that falls means that fewer are outside, so the sign stays as measured."""
    return {
        "gain": each.gain.row.gain[language()],
        "scenario": each.title[language()],
        "modelled": each.modelled_now,
        "realised": each.realised_persons,
    }
