"""What the reader must be told before the picture: a place that stands in for another, figures of another edition."""

from dataclasses import dataclass

import polars as pl
import streamlit as st

from analytics import provenance, regions
from analytics.exclusion import subject
from analytics.exclusion.subject import Subject
from pages.components import rates
from pages.components.citations import citation
from pages.format.numbers import number, percent, period
from pages.format.place_names import group_of, place
from pages.format.texts import language, listed, text
from pages.frame.cache import cached_value
from pages.frame.shell import cite

edition_of = cached_value(provenance.edition)
pending = cached_value(provenance.pending)

_MOST_NAMED = 5


def build_due() -> None:
    """Write that a delivery was put in, changed or taken away since the figures were loaded, where one was."""
    if names := pending():
        at = period(provenance.built_at()[:10])
        st.info(text("notice.build_due", names=", ".join(names[:_MOST_NAMED]), number=number(len(names)), at=at))


def before(found: Subject) -> None:
    """Write what must be known before the picture: that another place stands in for the one asked for."""
    if found.stepped_up:
        st.info(stepped_up(found))


def after(found: Subject, at: str) -> None:
    """Write what belongs to the figures: the note of the edition, and what another edition says of the same time."""
    for notice in (edition_of(found.view.edition).note(language()), other_figures(found, at)):
        if notice:
            st.caption(notice)


def stepped_up(found: Subject) -> str:
    """Return why another place than the one asked for is shown."""
    if not found.stepped_up:
        return ""
    what = provenance.indicators()[found.view.indicator].label[language()]
    asked, shown = place(found.asked), place(found.region)
    return text("notice.stepped_up", what=what, group=group_of(found.view), asked=asked, shown=shown)


def other_figures(found: Subject, at: str) -> str:
    """Return what another edition says of the same time, for the place, its county and the nation; never compared."""
    rows = _told_near(found, at)
    if not rows:
        return ""
    others = [citation(name, found.view.indicator) for name in sorted({each.edition for each in rows})]
    cite(*others)
    figures = [f"{place(each.place)} {percent(each.value)}" for each in rows]
    status = text(f"status.{rows[0].status}")
    facts = {"group": group_of(found.view), "period": rates.period(found, at), "status": status}
    names = listed(list(dict.fromkeys(each.edition for each in others)))
    used = period(edition_of(found.view.edition).published)
    return text("notice.other_figures", **facts, figures=", ".join(figures), edition=names, used=used)


@dataclass(frozen=True)
class ToldElsewhere:
    """What another edition says of a place at the same time: a share, its status and the edition."""

    place: str
    value: float
    status: str
    edition: str


@cached_value
def _told_near(found: Subject, at: str) -> tuple[ToldElsewhere, ...]:
    """Return what other editions say of the place, its county and the nation, in that order."""
    near = [code for code in (found.region, regions.county_of(found.region), regions.NATION) if code is not None]
    rows = subject.other_editions(found, at).filter(pl.col("region_code").is_in(near))
    told = {row[0]: ToldElsewhere(*row) for row in rows.select("region_code", "value", "status", "edition").iter_rows()}
    return tuple(told[code] for code in dict.fromkeys(near) if code in told)
