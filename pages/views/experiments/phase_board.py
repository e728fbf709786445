"""The board: every experiment of one's own as a card under its phase."""

import streamlit as st

from analytics.experiments.portfolio.registry import PHASES
from analytics.experiments.portfolio.results import Reported
from pages.format.html import Html, anchor, tag, terms
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


def cards(members: list[Reported]) -> Html:
    """Return a list of cards: name, verdict, effect, grade, cost, and the mark of examples and publications."""
    return tag("ul", *(_card(each) for each in members), class_="innenfor-cards")


def _card(each: Reported) -> Html:
    address = widgets.address("experiments", experiment=each.key)
    effect = (text("experiments.card.effect"), wording.effect(each))
    items = terms(pair for pair in (effect, *facts(each)) if pair[1])
    area = text(f"experiments.area.a{each.experiment.area}")
    title = anchor(address, each.experiment.title[language()])
    return tag(
        "li",
        tag("p", mark(each) + area, class_="mark"),
        tag("p", title, class_="name"),
        tag("p", *sign(each), wording.verdict(each), class_="verdict"),
        tag("dl", items),
        class_=each.verdict,
    )


def sign(each: Reported) -> tuple[str, ...]:
    """Return the verdict's sign as parts of HTML, for those who see the page."""
    return (tag("span", _SIGNS.get(each.verdict, "?"), aria_hidden="true"), " ")


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
