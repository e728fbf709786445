"""What the reader has chosen on the gains page: a scenario, an experiment's effect, edits, and a picture."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import streamlit as st

from benefits.scenario.edits import edited
from benefits.scenario.model import Scenario, shipped
from benefits.valuation.appraisal import Appraisal
from pages.components import further, sentence_bar
from pages.components.further import STORY
from pages.components.sentence_bar import SentenceBar
from pages.format.texts import labels, language, text
from pages.frame import expander, shell
from pages.frame.url import state, widgets
from pages.frame.url.parameters import UrlParameter
from pages.server import index_html
from pages.views.gains import experiment_choice, queries, scenario_file, sliders
from pages.views.gains.programme import portfolio_reading

PICTURES = (
    "payers", "flows", "plan", "uncertainty", "tornado", "break_even", "sharing", "tax_krone", "compare", "unpriced",
    "trust", "parameters",
)  # fmt: skip
FURTHER = ("flows", "plan", "break_even", "unpriced", "compare", "payers", "uncertainty")
VIEWS = ("gains", "programme", "cost")
GRANTS = ("with", "without")
COUNTING = ("taxes", "benefits")
FIRST = "ips_job_support"


@dataclass(frozen=True)
class GainsSelection:
    """The gains page as its link describes it.

    name: the scenario's code; base: as it was shipped or uploaded; scenario: the edited copy the numbers come from.
    edits: what was edited, in the model's units. experiment: the key whose effect is used, or empty.
    other: the scenario put beside it. region and counting belong to the cost of exclusion, which has no scenario.
    place: where the answer stands, above what can be changed. bar: the sentence that titles it.
    """

    view: str
    name: str = ""
    base: Scenario | None = None
    scenario: Scenario | None = None
    edits: dict[str, float] = field(default_factory=dict)
    experiment: str = ""
    other: str = ""
    region: str = ""
    counting: str = "taxes"
    place: AbstractContextManager[object] | None = field(default=None, compare=False, repr=False)
    bar: SentenceBar | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Case:
    """A chosen scenario with its appraisal: what every picture of the gains is drawn from."""

    choice: GainsSelection
    scenario: Scenario
    appraisal: Appraisal

    @property
    def example(self) -> bool:
        """Whether the numbers are an example's, to be marked everywhere."""
        return self.appraisal.example


def choose() -> GainsSelection:
    """Check the link, draw the widgets and return the choice."""
    own = scenario_file.arrive()
    base = _base(own)
    experiments = experiment_choice.keys()
    fed = state.get("experiment") or ""
    st.html(index_html.STATIC / "gains.css")
    views = labels("gains.view", VIEWS)
    with st.container(horizontal=True, vertical_alignment="center", key="innenfor-titled"):
        shell.open_page(*_parameters(base, own, experiments, effect=fed in ("", "none")))
        view = widgets.one_of("view", views, VIEWS[0], text("gains.view.label"), buttons=True, quiet=True)
    if view == "programme":
        return GainsSelection("programme")
    return _cost() if view == "cost" else _gains(own, experiments)


def case(choice: GainsSelection) -> Case:
    """Return the chosen scenario with its appraisal."""
    assert choice.scenario is not None  # noqa: S101 - the view of the gains has one
    return Case(choice, choice.scenario, queries.appraisal(choice.scenario.as_toml(), choice.experiment))


def names(own: Scenario | None) -> dict[str, str]:
    """Return the scenarios by code with their titles, the reader's own first."""
    titles = {name: title[language()] for name, title in queries.shipped_titles().items()}
    mine = {} if own is None else {scenario_file.OWN: text("gains.own", title=own.title[language()])}
    return mine | titles


def _cost() -> GainsSelection:
    bar = sentence_bar.draw()
    with bar.change("counting"):
        choices = labels("gains.counting", COUNTING)
        counting = widgets.one_of("counting", choices, COUNTING[0], text("gains.counting.label"))
    return GainsSelection("cost", region=bar.chosen, counting=counting, bar=bar)


def _scenario_chosen(titles: dict[str, str]) -> tuple[str, str]:
    resets = (*sliders.EDITS, "other")
    label = "gains.choose_rest" if experiment_choice.feeds(widgets.asked("experiment")) else "gains.choose"
    name = widgets.one_of("scenario", titles, FIRST, text(label), quiet=True, resets=resets)
    return name, titles[name]


def _gains(own: Scenario | None, experiments: tuple[str, ...]) -> GainsSelection:
    bar = sentence_bar.draw(partial(_scenario_chosen, names(own)))
    base, place = scenario_file.scenario(bar.chosen, own), st.container()
    with expander.choices(text("gains.edit"), "edit", expanded=_touched()):
        st.caption(text("gains.edit_lead"))
        experiment = experiment_choice.choose(experiments)
        skipped = ("effect",) if experiment else ()
        edits = sliders.draw(base, bar.chosen, skipped)
    scenario = experiment_choice.applied(edited(base, edits), experiment)
    with st.expander(text("gains.file"), key="fold-gains-file", on_change="rerun"):  # stays open when its file comes
        scenario_file.show(scenario, own)
    choice: dict[str, Any] = {"base": base, "scenario": scenario, "edits": edits, "experiment": experiment}
    return GainsSelection("gains", name=bar.chosen, place=place, bar=bar, **choice)


def picture() -> str:
    """Return the picture chosen in the list at the foot of the page, which is drawn after it."""
    return widgets.asked("picture") or STORY


def choose_picture() -> None:
    """Draw the list of pictures."""
    further.choose("gains", FURTHER)


def other(choice: GainsSelection) -> str:
    """Draw the choice of the scenario to put beside, and return its code."""
    titles = {name: title for name, title in names(None).items() if name != choice.name or choice.edits}
    return widgets.one_of("other", titles, list(titles)[-1], text("gains.other"))


def _touched() -> bool:
    return any(name in state.every() for name in (*sliders.EDITS, "experiment"))


def _base(own: Scenario | None) -> Scenario:
    """Return the scenario the link asks for, the first where it asks for none or for one that is not there."""
    asked = state.get("scenario") or FIRST
    known = asked in shipped() or (asked == scenario_file.OWN and own is not None)
    return scenario_file.scenario(asked if known else FIRST, own)


def _parameters(
    base: Scenario, own: Scenario | None, experiments: tuple[str, ...], *, effect: bool
) -> tuple[UrlParameter, ...]:
    """Return what the link may ask for; an experiment's effect takes the place of a typed one."""
    spans = tuple(span for span in sliders.spans(base) if effect or span.name != "effect")
    return (
        UrlParameter("view", VIEWS),
        UrlParameter("scenario", tuple(names(own))),
        UrlParameter("picture", (STORY, *PICTURES)),
        UrlParameter("other", shipped()),
        UrlParameter("experiment", (experiment_choice.NONE, *experiments)),
        widgets.region_parameter(),
        UrlParameter("counting", COUNTING),
        UrlParameter("grants", GRANTS),
        UrlParameter("portfolio", portfolio_reading.names()),
        *spans,
    )
