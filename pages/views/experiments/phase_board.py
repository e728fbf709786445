"""The board: every experiment of one's own as a card under its phase."""

from html import escape

import streamlit as st

from analytics.experiments.portfolio.registry import PHASES
from analytics.experiments.portfolio.results import Reported
from pages.components import html
from pages.format.numbers import period
from pages.format.texts import language, text
from pages.frame.url import widgets
from pages.views.experiments import dossier, wording

_SIGNS = {"better": "✓", "worse": "✗", "no_important_difference": "≈"}


def show(kept: tuple[Reported, ...], registered: int) -> None:
    """Write a column of cards for each phase that has any, out of all registered."""
    own = [each for each in kept if not each.experiment.published]
    if own:
        st.header(text("experiments.board.title"), anchor="phases")
        some = text("experiments.board.some", shown=len(kept), all=registered)
        st.markdown(text("experiments.board.lead") if len(kept) == registered else some)
        for phase in (*PHASES, ""):
            _phase(phase, [each for each in own if each.experiment.phase == phase])


def _phase(phase: str, members: list[Reported]) -> None:
    if members:
        name = text(f"experiments.phase.{phase or 'none'}")
        st.subheader(text("experiments.board.phase", phase=name, count=len(members)), anchor=False)
        st.html(cards(members))


def cards(members: list[Reported]) -> str:
    """Return a list of cards: name, verdict, effect, grade, cost, and the mark of examples and publications."""
    return f'<ul class="innenfor-cards">{"".join(_card(each) for each in members)}</ul>'


def _card(each: Reported) -> str:
    address = widgets.address("experiments", experiment=each.key)
    effect = (text("experiments.card.effect"), wording.effect(each))
    items = html.terms(pair for pair in (effect, *facts(each)) if pair[1])
    area = text(f"experiments.area.a{each.experiment.area}")
    title = f'<a href="{escape(address)}" target="_self">{escape(each.experiment.title[language()])}</a>'
    return (
        f'<li class="{each.verdict}"><p class="mark">{escape(mark(each))}{escape(area)}</p>'
        f'<p class="name">{title}</p>'
        f'<p class="verdict">{sign(each)}{escape(wording.verdict(each))}</p><dl>{items}</dl></li>'
    )


def sign(each: Reported) -> str:
    """Return the verdict's sign as HTML, for those who see the page."""
    return f'<span aria-hidden="true">{_SIGNS.get(each.verdict, "?")}</span> '


def facts(each: Reported) -> list[tuple[str, str]]:
    """Return grade, cost and registration, of a publication the reservation and the source, each with its name."""
    if each.experiment.published:
        known = {"transfer": dossier.transfer(each), "source": each.experiment.source}
    else:
        known = {"grade": wording.grade(each), "cost": wording.cost(each), "record": standing(each)}
    return [(text(f"experiments.card.{name}"), words) for name, words in known.items() if words]


def mark(each: Reported) -> str:
    """Return `Eksempel · ` or `Publisert · `, nothing for an experiment of one's own."""
    kind = "example" if each.experiment.example else "published" if each.experiment.published else ""
    return text(f"experiments.mark.{kind}") + " · " if kind else ""


def standing(each: Reported) -> str:
    """Return how the registration stands, with its date."""
    if each.experiment.published:
        return text("experiments.standing.elsewhere")
    return text(f"experiments.standing.{each.standing}", date=period(each.registered))
